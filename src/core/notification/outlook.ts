// Makes what outlook/<instance>.json says of lists, from the snapshot that their checks were made from: nothing more is asked of
// InvenTree for it.
import { stocksAhead } from "../calculation/ahead/stock-ahead.ts";
import { basketOf } from "../calculation/buying/basket.ts";
import { calculate } from "../calculation/calculate.ts";
import { partOf } from "../calculation/part-index.ts";
import type { Snapshot } from "../calculation/snapshot.ts";
import {
  countsRequired,
  narrowsStock,
  type SnapshotRequest,
  snapshotRequest,
} from "../calculation/snapshot-request.ts";
import type { HowMany, Report, ReportLine } from "../generated/report.ts";
import type { ListEntry } from "../monitor.ts";
import { own } from "../records.ts";
import { localDate } from "../schedule/local-date.ts";
import type { Config } from "../settings/config.ts";
import { byCodeUnits } from "../text/code-units.ts";
import type { ListOutlook, OutlookBasket, OutlookFile, OutlookMade, PartOutlook } from "./ahead-files.ts";
import { type CheckedList, isCounted, isOfDay } from "./merge-ahead.ts";

/** Entries of all lists together: each takes a turn of its own when their needs are counted by day. */
const MOST_ENTRIES = 300;
const MOST_PARTS = 60;
/** Days of one part's stock, and movements of a day or without one. */
const MOST_DAYS = 40;
const MOST_MOVEMENTS = 8;
/** Of a list: entries, what each waits for, and assemblies. */
const MOST_READY = 60;
const MOST_WAITS = 5;
const MOST_ASSEMBLIES = 20;

type Defaults = Config["monitorDefaults"];

export interface OutlookInput {
  /** Of one instance, all of one snapshot. */
  readonly lists: readonly CheckedList[];
  readonly snapshot: Snapshot;
  /** What is known already: of one day nothing is made twice. */
  readonly current: OutlookFile | undefined;
  /** Of partwatch.yaml: what lists have to order together is counted by them. */
  readonly defaults: Defaults;
  readonly now: Date;
}

/** What is new about the outlook; undefined: nothing is. */
export function outlookMade(input: OutlookInput): OutlookMade | undefined {
  const { current, now } = input;
  const lists = Object.fromEntries(
    input.lists
      .filter(({ monitor }) => !isOfDay(own(current?.lists, monitor.id)?.read_at, now))
      .flatMap(({ monitor, report }) => {
        const ahead = listOutlook(report, now);
        return ahead === undefined ? [] : [[monitor.id, ahead] as const];
      }),
  );
  const together = togetherOf(input);
  if (together === undefined) return Object.keys(lists).length === 0 ? undefined : { lists, stock: {} };
  return { lists, ...together };
}

/** By when its entries are ready; undefined: nobody has asked. */
function listOutlook(report: Report, now: Date): ListOutlook | undefined {
  const { ready = [], how_many = {} } = report;
  if (ready.length === 0 && Object.keys(how_many).length === 0) return undefined;
  const late = ready.filter(({ in_time, state }) => in_time === false || state === "unknown");
  const shown = [...late, ...ready.filter((one) => !late.includes(one))].slice(0, MOST_READY);
  const numbers = Object.entries(how_many)
    .flatMap(([pk, number]) => (number === undefined ? [] : [[pk, number] as const]))
    .slice(0, MOST_ASSEMBLIES);
  const entries = shown
    .sort((a, b) => a.entry - b.entry)
    .map((one) => ({ ...one, waits_for: one.waits_for.slice(0, MOST_WAITS) }));
  const named = [
    ...entries.flatMap(({ waits_for }) => waits_for.map(({ part }) => part)),
    ...numbers.flatMap(([pk, { steps, without_day }]) => [
      Number(pk),
      ...steps.flatMap(({ limited_by }) => limited_by),
      ...without_day.map(({ part }) => part),
    ]),
  ];
  const names = new Map(report.lines.map(({ pk, name }) => [pk, name]));
  const nameOf = (pk: number) => names.get(pk) ?? own(report.names, String(pk));
  return {
    read_at: now.toISOString(),
    ready: entries,
    how_many: Object.fromEntries(numbers.map(([pk, number]) => [pk, shortened(number)])),
    names: Object.fromEntries(
      [...new Set(named)].flatMap((pk) => {
        const name = typeof pk === "number" ? nameOf(pk) : undefined;
        return name === undefined ? [] : [[String(pk), name]];
      }),
    ),
  };
}

function shortened({ steps, without_day }: HowMany): HowMany {
  return {
    steps: steps.map((step) => ({ ...step, limited_by: step.limited_by.slice(0, MOST_WAITS) })),
    without_day: without_day.slice(0, MOST_MOVEMENTS),
  };
}

type Together = Required<Pick<OutlookMade, "basket" | "stock">>;

/** What the lists need together; undefined: it is known, there is nothing to count, or the snapshot does not suffice for it. */
function togetherOf({ lists, snapshot, current, defaults, now }: OutlookInput): Together | undefined {
  const counted = lists
    .filter(({ monitor }) => isCounted(monitor))
    .toSorted((a, b) => byCodeUnits(a.monitor.id, b.monitor.id));
  const ids = counted.map(({ monitor }) => monitor.id);
  const known = current?.basket;
  const isKnown = isOfDay(known?.read_at, now) && ids.length <= (known?.lists.length ?? 0);
  const need = snapshotRequest([...counted.map(({ monitor }) => monitor)]);
  const { policy, timezone } = defaults;
  if (ids.length === 0 || isKnown || !suffices(need, policy)) return undefined;
  const entries = counted.flatMap(({ monitor }) => monitor.parts.map((entry) => ({ id: monitor.id, entry })));
  const pooled = {
    parts: entries.map(({ entry }) => entry),
    ...{ policy, snapshot, today: localDate(now, timezone), watch: [] },
    ...{ leadTimes: defaults.lead_times, suppliers: defaults.suppliers },
  };
  const report = calculate(pooled);
  const asked = new Set(
    counted.flatMap(({ report: own }) => own.lines.flatMap((line) => (line.missing > 0 ? [line.pk] : []))),
  );
  const of = entries.map(({ id }) => id);
  const basket = basketOutlook(report, { ids: of, snapshot, asked, now });
  return { basket, stock: stockOutlook(report.lines, { ...pooled, ids, of, now }) };
}

/** Whether what was read for these lists is all that the default policy counts. */
function suffices(need: SnapshotRequest, policy: Defaults["policy"]): boolean {
  const wanted = { ...need, policies: [policy], watch: [], silences: [] };
  const { locations } = policy.stock;
  const namesAll = locations.length === 0 || need.policies.some(({ stock }) => stock.locations.length > 0);
  return (!narrowsStock(wanted) || narrowsStock(need)) && (!countsRequired(wanted) || countsRequired(need)) && namesAll;
}

function basketOutlook(
  report: Report,
  {
    ids,
    snapshot,
    asked,
    now,
  }: {
    readonly ids: readonly string[];
    readonly snapshot: Snapshot;
    /** pks of the parts of which a check has asked who supplies them. */
    readonly asked: ReadonlySet<number>;
    readonly now: Date;
  },
): OutlookBasket {
  const { lists, suppliers, without_offer } = basketOf(report, { ids, snapshot });
  return {
    read_at: now.toISOString(),
    lists,
    suppliers,
    without_offer: without_offer.map((line) => (asked.has(line.part) ? line : { ...line, reason: "not_read" })),
  };
}

interface StockInput {
  readonly parts: readonly ListEntry[];
  readonly policy: Defaults["policy"];
  readonly snapshot: Snapshot;
  readonly today: string;
  readonly ids: readonly string[];
  /** The id of each entry's list. */
  readonly of: readonly string[];
  readonly now: Date;
}

/** The stock of parts that are missing, low, or wanted by several lists; none where open builds and sales were not read. */
function stockOutlook(lines: readonly ReportLine[], input: StockInput): Readonly<Record<string, PartOutlook>> {
  const { parts, policy, snapshot, ids, of, now } = input;
  if (parts.length > MOST_ENTRIES || (policy.demand !== "none" && snapshot.demands === undefined)) return {};
  const isShared = ({ why }: ReportLine) => new Set(why.map(({ entry }) => of[entry])).size > 1;
  const shown = lines.filter((line) => line.missing > 0 || line.critical > 0 || isShared(line)).slice(0, MOST_PARTS);
  const wanted = shown.map(({ pk }) => partOf(snapshot, pk));
  const found = stocksAhead(wanted, { ...input, listOf: (entry) => of[entry] ?? "" });
  return Object.fromEntries(
    found.map(({ schema_version: _version, problems: _problems, ...stock }) => [
      String(stock.part.pk),
      {
        ...stock,
        ...{ read_at: now.toISOString(), lists: ids },
        days: stock.days
          .slice(0, MOST_DAYS)
          .map((day) => ({ ...day, movements: day.movements.slice(0, MOST_MOVEMENTS) })),
        without_day: stock.without_day.slice(0, MOST_MOVEMENTS),
      },
    ]),
  );
}
