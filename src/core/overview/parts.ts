import { rounded } from "../calculation/quantity.ts";
import type { Outlook, ReportLine, Watched } from "../generated/report.ts";
import type { Alert, StateFiles } from "../notification/state.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { summarize } from "../view/report-status.ts";
import { type PartAhead, partAhead } from "./ahead.ts";
import type { ListAlert } from "./alerts.ts";
import type { ListRow } from "./lists.ts";

/** Where a part stands over all lists, the most urgent first. */
export const STOCK_STATUS = [
  "nothing_ordered",
  "on_its_way",
  "to_build",
  "below_minimum",
  "silenced",
  "enough",
] as const;

export type StockStatus = (typeof STOCK_STATUS)[number];

/** A part of a server, over all lists that ask for it. */
export interface PartRow {
  readonly instance: string;
  readonly pk: number;
  readonly name: string;
  readonly ipn: string | null;
  readonly version: string | null;
  readonly units: string;
  /** The worst that a list says of it. */
  readonly status: StockStatus;
  readonly uses: readonly PartUse[];
  /** What plans say of it. Their entries are those of lists: they are added to nothing. */
  readonly plans: readonly PartUse[];
  /** Each list counted alone, and added up. */
  readonly required: number;
  readonly missing: number;
  readonly toOrder: number;
  readonly toBuild: number;
  /** The most that a list may take, and what is on order; null: it is only watched. */
  readonly available: number | null;
  readonly onOrder: number | null;
  /** What all lists together lack of a part that each alone has enough of; 0: nothing. */
  readonly lackingTogether: number;
  /** When open orders cover what the list misses that waits longest; null: nothing is missing. */
  readonly outlook: Outlook | null;
  /** How its stock develops; null: nobody has looked. */
  readonly ahead: PartAhead | null;
  /** The figures of one of the lists are old. */
  readonly isStale: boolean;
}

/** What one list wants of a part. */
export interface PartUse {
  readonly list: ListRow;
  /** Absent: it is only watched. */
  readonly line?: ReportLine;
  readonly watched?: Watched;
  readonly status: StockStatus;
  /** Open ones, and those that are dismissed. */
  readonly alerts: readonly Alert[];
}

/** The parts of active lists as last notified; the most urgent first. */
export function partRows(
  lists: readonly ListRow[],
  { alerts, ...asked }: { readonly alerts: readonly ListAlert[]; readonly state: StateFiles; readonly now: Date },
): readonly PartRow[] {
  const open = Map.groupBy(
    alerts.filter(({ alert }) => alert.state !== "resolved"),
    ({ list, alert }) => `${list.id} ${alert.part}`,
  );
  const uses = new Map<string, PartUse[]>();
  const add = (pk: number, use: Omit<PartUse, "alerts">) => {
    const key = `${use.list.instance} ${pk}`;
    const found = (open.get(`${use.list.id} ${pk}`) ?? []).map(({ alert }) => alert);
    const known = uses.get(key);
    if (known === undefined) uses.set(key, [{ ...use, alerts: found }]);
    else known.push({ ...use, alerts: found });
  };
  for (const list of lists) {
    if (list.report === null || list.status === "inactive") continue;
    const { isSilenced } = summarize(list.report);
    for (const line of list.report.lines) {
      const status = isSilenced("short", line.pk) ? "silenced" : statusOf(line);
      add(line.pk, { list, line, status });
    }
    for (const watched of list.report.watched ?? []) {
      const status = isSilenced(watched.kind, watched.pk) ? "silenced" : "below_minimum";
      add(watched.pk, { list, watched, status });
    }
  }
  return [...uses.values()].flatMap((all) => rowOf(all, asked)).sort(byUrgency);
}

/** Whether a part has a page of its own: something is wrong with it, or several lists want it. */
export function hasPage({ status, uses, plans }: PartRow): boolean {
  const isWrong = (one: StockStatus) => one !== "enough" && one !== "to_build";
  return (
    uses.length > 1 ||
    isWrong(status) ||
    plans.some((use) => isWrong(use.status)) ||
    [...uses, ...plans].some(({ alerts }) => alerts.length > 0)
  );
}

/** When open orders cover what a list misses. Nobody orders what is made here: that no order covers it is no news. */
export function purchaseOutlook({ outlook, make }: ReportLine): Outlook | null {
  return make && outlook?.state === "not_covered" ? null : outlook;
}

function statusOf(line: ReportLine): StockStatus {
  if (line.short)
    return line.outlook === null || line.outlook.state === "not_covered" ? "nothing_ordered" : "on_its_way";
  if (line.to_build > 0) return "to_build";
  if (line.missing > 0) return "on_its_way";
  return line.critical > 0 ? "below_minimum" : "enough";
}

function rowOf(all: readonly PartUse[], asked: { readonly state: StateFiles; readonly now: Date }): PartRow[] {
  const { uses, plans } = withoutPlans(all);
  const [first] = uses;
  const named = first?.line ?? first?.watched;
  if (first === undefined || named === undefined) return [];
  const lines = uses.flatMap(({ line }) => (line === undefined ? [] : [line]));
  const sum = (figure: (line: ReportLine) => number) => rounded(lines.reduce((total, line) => total + figure(line), 0));
  const available = lines.length === 0 ? null : Math.max(...lines.map((line) => line.available));
  const required = sum((line) => line.required);
  const missing = sum((line) => line.missing);
  const { pk, name, ipn, version, units } = named;
  return [
    {
      instance: first.list.instance,
      ...{ pk, name, ipn, version, units },
      status: uses.map(({ status }) => status).sort(byStatus)[0] ?? "enough",
      uses,
      plans,
      required,
      missing,
      toOrder: sum((line) => line.to_order),
      toBuild: sum((line) => line.to_build),
      available,
      onOrder: lines.length === 0 ? null : Math.max(...lines.map((line) => line.on_order)),
      lackingTogether:
        lines.length < 2 || missing > 0 || lines.some(isHelped)
          ? 0
          : Math.max(0, rounded(required - Math.max(available ?? 0, 0))),
      outlook: lines.flatMap((line) => purchaseOutlook(line) ?? []).sort(byWait)[0] ?? null,
      ahead: partAhead({ instance: first.list.instance, pk }, asked),
      isStale: uses.some(({ list }) => list.isStale),
    },
  ];
}

/** If none of a plan's lists has been notified yet, one plan stands for them. */
function withoutPlans(all: readonly PartUse[]): Pick<PartRow, "uses" | "plans"> {
  const isPlan = ({ list, line }: PartUse) => line !== undefined && list.report?.plan !== undefined;
  const own = all.filter((use) => !isPlan(use));
  return own.length > 0 ? { uses: own, plans: all.filter(isPlan) } : { uses: all.slice(0, 1), plans: all.slice(1) };
}

/** Variants or substitutes cover it: its own stock says nothing then. */
function isHelped({ borrowed, covered_by }: ReportLine): boolean {
  return borrowed > 0 || covered_by.length > 0;
}

const WAIT: readonly Outlook["state"][] = ["not_covered", "late", "undated", "covered"];

function byWait(a: Outlook, b: Outlook): number {
  return WAIT.indexOf(a.state) - WAIT.indexOf(b.state) || byCodeUnits(b.date ?? "", a.date ?? "");
}

function byStatus(a: StockStatus, b: StockStatus): number {
  return STOCK_STATUS.indexOf(a) - STOCK_STATUS.indexOf(b);
}

function byUrgency(a: PartRow, b: PartRow): number {
  return (
    byStatus(a.status, b.status) ||
    b.uses.length - a.uses.length ||
    b.missing - a.missing ||
    byCodeUnits(a.name, b.name) ||
    a.pk - b.pk
  );
}
