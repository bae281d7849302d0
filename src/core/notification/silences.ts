// Parts of which nobody is notified for a while: silenced in the monitor's file, or their alert dismissed (docs/state.md).

import { rounded } from "../calculation/quantity.ts";
import type { Snapshot, StockLocation } from "../calculation/snapshot.ts";
import type { Silence } from "../generated/monitor.ts";
import type { Report, ReportProblem, Silenced } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import { localDate } from "../schedule/local-date.ts";
import { referenceWords } from "../text/reference-words.ts";
import { type ResultRow, resultRows, rowKey } from "./significant.ts";
import type { Alert } from "./state.ts";

/**
 * The report with `silenced` filled: rows that its significant result leaves out, each with reason and end. A silence ends
 * after its last day in the monitor's zone. A category that the server does not have becomes a problem of the report.
 * `alerts` are those after this check (nextAlerts), so that a dismissal that has ended counts no more.
 */
export function applySilences(check: {
  readonly report: Report;
  readonly monitor: Pick<Monitor, "silences" | "parts" | "timezone" | "language">;
  readonly alerts: readonly Alert[];
  readonly snapshot: Pick<Snapshot, "parts" | "categories">;
  readonly now: Date;
}): Report {
  const { report, monitor } = check;
  const today = localDate(check.now, monitor.timezone);
  const active = monitor.silences.filter((silence) => today <= silence.until);
  const dismissed = new Map(
    check.alerts.filter((alert) => alert.state === "dismissed").map((alert) => [rowKey(alert), alert]),
  );
  const silenced = resultRows(report).flatMap((row): readonly Silenced[] => {
    const part = { kind: row.kind, part: row.part, name: row.name, quantity: rounded(row.quantity) };
    const silence = longest(active.filter((one) => covers(one, row, check)));
    if (silence !== undefined) return [{ ...part, reason: silence.reason, until: silence.until }];
    const alert = dismissed.get(rowKey(row));
    if (alert?.dismissed === undefined) return [];
    const on = localDate(new Date(alert.dismissed.at), monitor.timezone);
    return [{ ...part, reason: `${DISMISSED[monitor.language]} ${on}`, until: alert.dismissed.until ?? null }];
  });
  return { ...report, silenced, problems: [...report.problems, ...unknownCategories(active, check)] };
}

const DISMISSED = { en: "dismissed on", de: "zurückgestellt am" } satisfies Record<Monitor["language"], string>;

interface Known {
  readonly monitor: Pick<Monitor, "parts" | "language">;
  readonly snapshot: Pick<Snapshot, "parts" | "categories">;
}

/** Of several silences of a part, the one that lasts longest is shown. */
function longest(silences: readonly Readonly<Silence>[]): Readonly<Silence> | undefined {
  return silences.reduce<Readonly<Silence> | undefined>(
    (last, silence) => (last === undefined || silence.until > last.until ? silence : last),
    undefined,
  );
}

function covers(silence: Readonly<Silence>, row: ResultRow, known: Known): boolean {
  if (silence.part !== undefined) return isPart(silence.part, row, known);
  if (silence.category === undefined) return true;
  if (typeof row.part !== "number") return false;
  const { parts, categories } = known.snapshot;
  return lineage(parts.get(row.part)?.category ?? null, categories).some((place) => isPlace(silence.category, place));
}

/** A number is a pk; a string an IPN or exact name. An entry is known by the words it was written in. */
function isPart(reference: number | string, row: ResultRow, known: Known): boolean {
  if (row.entry === undefined) return [row.part, row.ipn, row.name].includes(reference);
  const entry = known.monitor.parts[row.entry];
  return [row.part, entry?.pk, entry?.ipn, entry?.name].includes(reference);
}

function isPlace(reference: number | string | undefined, place: StockLocation): boolean {
  return place.pk === reference || place.name === reference || place.path === reference;
}

/** A category and those above it. */
function lineage(
  pk: number | null,
  categories: ReadonlyMap<number, StockLocation> | undefined,
): readonly StockLocation[] {
  const places: StockLocation[] = [];
  for (let place = at(pk, categories); place !== undefined; place = at(place.parent, categories)) {
    if (places.includes(place)) break;
    places.push(place);
  }
  return places;
}

function at(pk: number | null, categories: ReadonlyMap<number, StockLocation> | undefined): StockLocation | undefined {
  return pk === null ? undefined : categories?.get(pk);
}

function unknownCategories(silences: readonly Readonly<Silence>[], known: Known): readonly ReportProblem[] {
  const { categories } = known.snapshot;
  if (categories === undefined) return [];
  return silences.flatMap(({ category }): readonly ReportProblem[] => {
    if (category === undefined || categories.values().some((place) => isPlace(category, place))) return [];
    const words = referenceWords(category);
    const message = `silences: the server has no category ${words}; name it as in InvenTree, by path, or by pk.`;
    return [{ kind: "unknown_category", entry: null, words, quantity: null, matches: [], message }];
  });
}
