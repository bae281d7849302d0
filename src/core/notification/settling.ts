// What comes and goes is reported once it has settled: new after `for` complete checks, resolved after `recover` (docs/state.md). Pure.
import { defined } from "../records.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { type ResultKind, rowKey, type SignificantResult } from "./significant.ts";

/** state/<id>.json, of lists that wait for more than one check. */
export interface Settling {
  /** The occurrence of the newest check that counted; RFC 3339. */
  readonly occurrence: string;
  /** As it stands for people: what has not settled stands as before. */
  readonly settled: SignificantResult;
  /** Of the last check that left nothing to settle, in percent. */
  readonly coverage?: number;
  /** What differs from that, and in how many checks of different occurrences in a row. */
  readonly waiting: readonly WaitingRow[];
}

export interface WaitingRow {
  readonly kind: ResultKind;
  readonly part: number | string;
  readonly checks: number;
}

export interface SettlingInput {
  readonly significant: SignificantResult;
  /** Rows that are silenced now: nobody waits for them to be resolved. */
  readonly silenced: readonly { readonly kind: ResultKind; readonly part: number | string }[];
  readonly before: Settling | undefined;
  /** As this check found it, in percent. */
  readonly coverage: number;
  /** The occurrence that this check is for; by hand the latest. */
  readonly occurrence: Date;
  /** Checks before new, and before resolved. */
  readonly appear: number;
  readonly recover: number;
}

/** After a complete check; never after a failed one. A list that waits for nothing needs none. */
export function settle(input: SettlingInput): Settling {
  const { significant: now, before, occurrence } = input;
  const isLater = before === undefined || Date.parse(before.occurrence) < occurrence.getTime();
  const at = isLater ? occurrence.toISOString() : before.occurrence;
  if (before === undefined) return { occurrence: at, settled: now, coverage: input.coverage, waiting: [] };
  const known = new Map(before.waiting.map((row) => [rowKey(row), row.checks]));
  const silenced = new Set(input.silenced.map(rowKey));
  const waiting: WaitingRow[] = [];
  /** Whether that many checks in a row have found it so. */
  const isSettled = (row: Omit<WaitingRow, "checks">, needed: number) => {
    const checks = (known.get(rowKey(row)) ?? 0) + (isLater || !known.has(rowKey(row)) ? 1 : 0);
    if (checks >= needed) return true;
    waiting.push({ ...row, checks });
    return false;
  };
  const rows = <Row extends readonly [number | string, number | string]>(
    kind: ResultKind,
    {
      present = [],
      past = [],
    }: { readonly present: readonly Row[] | undefined; readonly past: readonly Row[] | undefined },
  ): readonly Row[] => {
    const parts = new Set([...present, ...past].map(([part]) => part));
    return [...parts].flatMap((part) => {
      const found = present.filter((row) => row[0] === part);
      const stood = past.filter((row) => row[0] === part);
      if (found.length > 0 && stood.length > 0) return found;
      if (found.length > 0) return isSettled({ kind, part }, input.appear) ? found : [];
      return silenced.has(rowKey({ kind, part })) || isSettled({ kind, part }, input.recover) ? [] : stood;
    });
  };
  const past = before.settled;
  const settled = sortedResult({
    late: rows("late", { present: now.late, past: past.late }),
    undated: rows("undated", { present: now.undated, past: past.undated }),
    order_now: rows("order_now", { present: now.order_now, past: past.order_now }),
    short: rows("short", { present: now.short, past: past.short }),
    build: rows("build", { present: now.build, past: past.build }),
    critical: rows("critical", { present: now.critical, past: past.critical }),
    low: rows("low", { present: now.low, past: past.low }),
    out: rows("out", { present: now.out, past: past.out }),
    unresolved: rows("unresolved", { present: now.unresolved, past: past.unresolved }),
  });
  const coverage = waiting.length === 0 ? input.coverage : before.coverage;
  return {
    occurrence: at,
    settled,
    ...defined({ coverage }),
    waiting: waiting.sort((a, b) => byCodeUnits(rowKey(a), rowKey(b))),
  };
}

/** Of two concurrent checks, the one of the later occurrence wins; of the same one the one written last, because it was sent last. */
export function laterSettling(theirs: Settling | undefined, mine: Settling): Settling {
  if (theirs === undefined) return mine;
  return Date.parse(mine.occurrence) >= Date.parse(theirs.occurrence) ? mine : theirs;
}

function sortedResult({ late, undated, order_now, ...always }: Required<SignificantResult>): SignificantResult {
  return {
    ...(late.length === 0 ? {} : { late: [...late].sort(byRow) }),
    ...(undated.length === 0 ? {} : { undated: [...undated].sort(byRow) }),
    ...(order_now.length === 0 ? {} : { order_now: [...order_now].sort(byRow) }),
    short: [...always.short].sort(byRow),
    build: [...always.build].sort(byRow),
    critical: [...always.critical].sort(byRow),
    low: [...always.low].sort(byRow),
    out: [...always.out].sort(byRow),
    unresolved: [...always.unresolved].sort(byRow),
  };
}

type Row = readonly [number | string, number | string];

function byRow(a: Row, b: Row): number {
  return byValue(a[0], b[0]) || byValue(a[1], b[1]);
}

function byValue(a: number | string, b: number | string): number {
  return typeof a === "number" && typeof b === "number" ? a - b : byCodeUnits(String(a), String(b));
}
