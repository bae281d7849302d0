import { rounded } from "../calculation/quantity.ts";
import type { Report, Silenced } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import { defined } from "../records.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { referenceWords } from "../text/reference-words.ts";
import { type ResultKind, resultRows, rowKey, type SignificantResult } from "./significant.ts";

/** The difference between what a channel was last notified and the present significant result. */
export interface Change {
  /** first: nothing about this monitor was delivered on this channel yet. reminder: nothing changed, but something is still short. */
  readonly kind: "first" | "changed" | "unchanged" | "reminder";
  /** Sorted: new, worsened, improved, resolved; each by size, then name. */
  readonly rows: readonly ChangeRow[];
  /** The monitor's parts, watch rules or policy were edited since. */
  readonly listEdited: boolean;
  /** Rows that were delivered before and are now silenced or dismissed: neither there nor resolved. */
  readonly nowSilenced?: readonly Silenced[];
  /** Instants (RFC 3339) of messages that people may have got or not, and that may have said otherwise. */
  readonly corrects?: readonly string[];
  /** Instant (RFC 3339) of a check of which people may have got the same message in another mail. */
  readonly saidAt?: string;
}

export interface ChangeRow {
  /** corrected: how it stands now; what was said of it before is not known for certain. */
  readonly sort: "new" | "worsened" | "corrected" | "improved" | "resolved";
  readonly kind: ResultKind;
  /** pk, or an unresolved entry's own words. */
  readonly part: number | string;
  readonly name: string;
  /** Quantity as last notified; null if it was not there. */
  readonly before: number | null;
  /** Quantity now; null if it is gone. */
  readonly now: number | null;
}

export interface Comparison {
  /** What the channel was last notified; undefined: nothing yet. */
  readonly previous: { readonly significant: SignificantResult; readonly list_digest: string } | undefined;
  readonly next: SignificantResult;
  /** The report that `next` was taken from: it knows the parts' names and what is silenced. */
  readonly report: Report;
  /** The report as last notified, for the names of parts that are gone. */
  readonly previousReport?: Report | undefined;
  readonly listDigest: string;
  readonly significance: Monitor["significance"];
}

/**
 * What changed since the last delivery on a channel. `rows` has every difference, for the readers; `kind` is `changed` only
 * if one of them is worth a notification. What does not count changes nothing: as nobody is notified, the next check still compares
 * with the same delivered result, so small changes add up.
 */
export function compareResults(comparison: Comparison): Change {
  const { previous, next, report, significance } = comparison;
  if (previous === undefined) return { kind: "first", rows: [], listEdited: false };
  const rows = differences(comparison, previous.significant);
  const before = rowsByKey(previous.significant);
  const after = rowsByKey(next);
  const quiet = report.silenced.filter((row) => before.has(rowKey(row)) && !after.has(rowKey(row)));
  const kinds = countedKinds(significance);
  const counts =
    rows.some((row) => countsForNotification(row, significance)) || quiet.some((row) => kinds.has(row.kind));
  return {
    kind: counts ? "changed" : "unchanged",
    rows,
    listEdited: previous.list_digest !== comparison.listDigest,
    ...(quiet.length > 0 ? { nowSilenced: quiet } : {}),
  };
}

/** Whether a difference is worth a notification: of a kind that counts, of a sort that is not ignored, and not too small. */
export function countsForNotification(row: ChangeRow, significance: Monitor["significance"]): boolean {
  if (!countedKinds(significance).has(row.kind)) return false;
  if (row.sort !== "corrected" && significance.ignore?.includes(row.sort) === true) return false;
  if (row.before === null || row.now === null || significance.min_change === undefined) return true;
  return reaches(row.before, row.now, significance.min_change);
}

const SORTS = ["corrected", "new", "worsened", "improved", "resolved"] as const;
const KINDS = ["short", "unresolved", "out", "low", "late", "order_now", "undated", "critical", "build"] as const;
/** Kinds that are notified only on request. */
const QUIET: readonly ResultKind[] = ["build", "undated"];

function countedKinds(significance: Monitor["significance"]): ReadonlySet<ResultKind> {
  return new Set(significance.kinds ?? KINDS.filter((kind) => !QUIET.includes(kind)));
}

interface KeyedRow {
  readonly kind: ResultKind;
  readonly part: number | string;
  readonly quantity: number;
}

/** One row per kind and part: several rows of a part (an entry twice, a part in two places) add up. */
function rowsByKey(significant: SignificantResult): ReadonlyMap<string, KeyedRow> {
  const rows = new Map<string, KeyedRow>();
  for (const kind of KINDS) {
    for (const [part, value] of significant[kind] ?? []) {
      const key = rowKey({ kind, part });
      // Of a late entry only its date matters, and a moved date is not a change of its own.
      const quantity = typeof value === "number" ? value : 1;
      rows.set(key, { kind, part, quantity: rounded((rows.get(key)?.quantity ?? 0) + quantity) });
    }
  }
  return rows;
}

function differences(comparison: Comparison, previous: SignificantResult): readonly ChangeRow[] {
  const before = rowsByKey(previous);
  const after = rowsByKey(comparison.next);
  const silenced = new Set(comparison.report.silenced.map(rowKey));
  const name = names(comparison);
  const rows: ChangeRow[] = [];
  for (const [key, { kind, part, quantity }] of after) {
    const old = before.get(key)?.quantity ?? null;
    if (old === quantity) continue;
    const sort = old === null ? "new" : quantity > old ? "worsened" : "improved";
    rows.push({ sort, kind, part, name: name(part), before: old, now: quantity });
  }
  for (const [key, { kind, part, quantity }] of before) {
    if (after.has(key) || silenced.has(key)) continue;
    // An entry that was not in time is not resolved when its date becomes unknown.
    if (kind === "late" && after.has(rowKey({ kind: "undated", part }))) continue;
    rows.push({ sort: "resolved", kind, part, name: name(part), before: quantity, now: null });
  }
  return rows.sort(byImportance);
}

/** The order in which changes are read. */
export function byImportance(a: ChangeRow, b: ChangeRow): number {
  return (
    SORTS.indexOf(a.sort) - SORTS.indexOf(b.sort) ||
    size(b) - size(a) ||
    byCodeUnits(a.name, b.name) ||
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    byCodeUnits(String(a.part), String(b.part))
  );
}

function size(row: ChangeRow): number {
  return Math.abs((row.now ?? 0) - (row.before ?? 0));
}

/** A part that is gone from the list has its name only in the report as last notified, or nowhere. */
function names({ report, previousReport }: Comparison): (part: number | string) => string {
  const known = new Map<number | string, string>();
  for (const of of previousReport === undefined ? [report] : [previousReport, report]) {
    for (const row of [...of.lines, ...(of.watched ?? [])]) known.set(row.pk, row.name);
    for (const row of [...of.silenced, ...resultRows(of)]) known.set(row.part, row.name);
  }
  return (part) => known.get(part) ?? referenceWords(part);
}

/** Whether |now - before| is at least so many percent of before; in integers, as 5% of 20 must be exactly 1. */
function reaches(before: number, now: number, percent: string): boolean {
  const match = /^(\d+)(?:\.(\d{1,2}))?%$/.exec(percent);
  const [, whole, decimals] = match ?? [];
  if (whole === undefined) return true; // the schema has refused it: better one mail too many than one too few
  const hundredths = BigInt(whole + (decimals ?? "").padEnd(2, "0"));
  const old = units(before);
  const moved = units(now) - old;
  return (moved < 0n ? -moved : moved) * 10_000n >= hundredths * (old < 0n ? -old : old);
}

function units(quantity: number): bigint {
  return BigInt(Math.round(quantity * 1e5));
}

/** A delivered change (change.ts), in the form of the files. */
export interface RecordedChange {
  readonly kind: Change["kind"];
  readonly rows: readonly ChangeRow[];
  readonly list_edited: boolean;
  readonly now_silenced?: readonly Silenced[];
  /** Instants of the messages with unknown outcome that it corrects. */
  readonly corrects?: readonly string[];
  readonly said_at?: string;
}

/** A change in the form of the files. */
export function deliveredChange({ kind, rows, listEdited, nowSilenced, corrects, saidAt }: Change): RecordedChange {
  return {
    kind,
    rows,
    list_edited: listEdited,
    ...defined({ now_silenced: nowSilenced, corrects, said_at: saidAt }),
  };
}

/** A change from the form of the files. */
export function fromDelivered({ kind, rows, list_edited, now_silenced, corrects, said_at }: RecordedChange): Change {
  return {
    kind,
    rows,
    listEdited: list_edited,
    ...defined({ nowSilenced: now_silenced, corrects, saidAt: said_at }),
  };
}
