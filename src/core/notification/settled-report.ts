// The report as people are shown it while something waits to settle (docs/state.md). Pure.

import { byUrgency } from "../calculation/report-line.ts";
import type { Report, ReportLine, ReportProblem, Unsettled, Watched } from "../generated/report.ts";
import { defined } from "../records.ts";
import type { Settling } from "./settling.ts";
import { type ResultKind, resultRows, rowKey, type SignificantResult } from "./significant.ts";

/** What a row stands with until it has settled: the values of its kind and part; none: it is not there yet. */
type Standing = readonly (number | string)[];

interface Held {
  /** The values of what waits; undefined: it has settled. */
  readonly of: (kind: ResultKind, part: number | string) => Standing | undefined;
  readonly rows: readonly { readonly kind: ResultKind; readonly part: number | string; readonly values: Standing }[];
  readonly previous: Report | undefined;
}

/**
 * A report in which everything that has not settled stands as last settled: its tables, its numbers, and what is derived from it
 * (alerts, episode) agree with the hash. Stock stays what the check has found. What is covered by now and only not settled is
 * missing still, but nothing of it is to order. `unsettled` says what waits, and what this check has found.
 */
export function settledReport(input: {
  /** As this very check found it, with what is silenced. */
  readonly facts: Report;
  readonly present: SignificantResult;
  readonly settling: Settling;
  /** Checks before new, and before resolved. */
  readonly appear: number;
  readonly recover: number;
  /** As last notified: it knows the parts that are no lines any more. */
  readonly previousReport: Report | undefined;
}): Report {
  const { facts, settling, previousReport: previous } = input;
  if (settling.waiting.length === 0) return facts;
  const rows = settling.waiting.map(({ kind, part }) => ({
    kind,
    part,
    values: valuesOf(settling.settled, { kind, part }),
  }));
  const byKey = new Map(rows.map((row) => [rowKey(row), row.values]));
  const held: Held = { of: (kind, part) => byKey.get(rowKey({ kind, part })), rows, previous };
  const lines = [...facts.lines, ...linesThatAreGone(facts, held)]
    .map((line) => settledLine(line, held))
    .sort(byUrgency);
  const problems = settledProblems(facts, held);
  const watched = settledWatched(facts, held);
  const { cost: _unsettled, ...rest } = facts;
  const waitsToBeShort = (pk: number) => held.of("short", pk)?.length === 0;
  const waitsForShort = rows.some(({ kind }) => kind === "short");
  const report: Report = {
    ...(waitsForShort ? rest : facts),
    lines,
    problems,
    ...(watched.length === 0 && facts.watched === undefined ? {} : { watched }),
    ...(facts.ready === undefined ? {} : { ready: facts.ready.map((row) => settledReady(row, held)) }),
    ...(facts.alternatives === undefined
      ? {}
      : { alternatives: facts.alternatives.filter((row) => !waitsToBeShort(row.for)) }),
    ...(facts.data_quality === undefined
      ? {}
      : { data_quality: facts.data_quality.filter((row) => !OF_SHORT.includes(row.kind) || !waitsToBeShort(row.pk)) }),
  };
  return { ...report, summary: settledSummary(facts, { report, settling }), unsettled: unsettledOf(input, held) };
}

function valuesOf(settled: SignificantResult, row: Pick<ResultRowKey, "kind" | "part">): Standing {
  return (settled[row.kind] ?? []).filter(([part]) => part === row.part).map(([, value]) => value);
}

interface ResultRowKey {
  readonly kind: ResultKind;
  readonly part: number | string;
}

function settledLine(line: ReportLine, held: Held): ReportLine {
  const quantity = (kind: ResultKind) => {
    const values = held.of(kind, line.pk);
    return values === undefined ? undefined : Number(values[0] ?? 0);
  };
  const [short, build, critical, now] = [
    quantity("short"),
    quantity("build"),
    quantity("critical"),
    quantity("order_now"),
  ];
  return {
    ...(short === undefined ? line : short === 0 ? withoutMissing(line) : { ...line, short: true, missing: short }),
    ...(build === undefined ? {} : { to_build: build, missing: build }),
    ...defined({ critical }),
    ...(now === undefined ? {} : { order_now: now > 0 }),
  };
}

/** As a line of which there is enough. */
function withoutMissing({ offer: _offer, arrivals: _arrivals, order_by: _by, order_now: _now, ...line }: ReportLine) {
  return { ...line, short: false, missing: 0, owed: 0, to_order: 0, order_quantity: 0, outlook: null };
}

/** Remarks that are made on what is short alone. */
const OF_SHORT: readonly string[] = ["no_supplier_part", "not_obtainable"];

const OF_LINES: readonly ResultKind[] = ["short", "build", "critical", "order_now"];

/** Parts that the list does not need any more, and that stand until this has settled. */
function linesThatAreGone({ lines }: Report, { rows, previous }: Held): readonly ReportLine[] {
  const gone = rows.flatMap(({ kind, part, values }) =>
    OF_LINES.includes(kind) && values.length > 0 && !lines.some(({ pk }) => pk === part) ? [part] : [],
  );
  return [...new Set(gone)].flatMap((part) => {
    const known = previous?.lines.find(({ pk }) => pk === part);
    return known === undefined ? [] : [{ ...withoutMissing(known), to_build: 0, critical: 0 }];
  });
}

/** An entry that names no part only since a check is a problem, but nothing that is missing. */
function settledProblems({ problems }: Report, { of, rows, previous }: Held): ReportProblem[] {
  const stands = rows.flatMap(({ kind, part, values }) =>
    kind === "unresolved" && values.length > 0
      ? (previous?.problems ?? []).filter(
          ({ entry, quantity, words }) => entry !== null && quantity !== null && words === part,
        )
      : [],
  );
  const known = problems.map((problem) =>
    problem.entry !== null && of("unresolved", problem.words)?.length === 0 ? { ...problem, quantity: null } : problem,
  );
  return [...known, ...stands];
}

function settledWatched({ watched = [] }: Report, { of, rows, previous }: Held): Watched[] {
  const stands = rows.flatMap(({ kind, part, values }): readonly Watched[] => {
    if ((kind !== "low" && kind !== "out") || values.length === 0) return [];
    const known = (previous?.watched ?? []).filter((row) => row.pk === part && row.kind === kind);
    const [now] = watched.filter((row) => row.pk === part);
    return known.length > 0 || now === undefined ? known : [{ ...now, kind, lacking: Number(values[0]) }];
  });
  return [...watched.filter(({ kind, pk }) => of(kind, pk) === undefined), ...stands];
}

type ReadyRow = NonNullable<Report["ready"]>[number];

function settledReady(row: ReadyRow, { of }: Held): ReadyRow {
  const stands = [of("late", row.words), of("undated", row.words)].find((values) => values !== undefined);
  if (stands === undefined || row.needed_by === null) return row;
  return { ...row, in_time: stands.length === 0 };
}

function settledSummary(
  facts: Report,
  { report, settling }: { readonly report: Report; readonly settling: Settling },
): Report["summary"] {
  const { lines, problems, watched = [] } = report;
  const unresolved = problems.filter(({ entry, quantity }) => entry !== null && quantity !== null).length;
  const { parts_requested: requested, parts_available: available } = facts.summary;
  const found = available + entriesShort(facts) - entriesShort(report);
  return {
    ...facts.summary,
    parts_available: Math.min(requested, Math.max(0, found)),
    coverage: settling.coverage ?? facts.summary.coverage,
    lines: lines.length,
    short: lines.filter(({ short }) => short).length + unresolved,
    to_build: lines.filter(({ to_build }) => to_build > 0).length,
    critical: lines.filter((line) => line.critical > 0).length,
    unresolved,
    low: watched.filter(({ kind }) => kind === "low").length,
    out: watched.filter(({ kind }) => kind === "out").length,
  };
}

/** Entries behind which a part is short, or that name none. */
function entriesShort({ lines, problems }: Report): number {
  const behind = lines.flatMap(({ short, why }) => (short ? why.map(({ entry }) => entry) : []));
  const unresolved = problems.flatMap(({ entry, quantity }) => (entry === null || quantity === null ? [] : [entry]));
  return new Set([...behind, ...unresolved]).size;
}

function unsettledOf(
  { facts, settling, appear, recover }: Parameters<typeof settledReport>[0],
  { rows, previous }: Held,
): Unsettled[] {
  const now = Map.groupBy(resultRows(facts), rowKey);
  const names = new Map(
    [...(previous === undefined ? [] : [previous]), facts].flatMap((report) =>
      [...report.lines, ...(report.watched ?? [])].map(({ pk, name }) => [pk, name]),
    ),
  );
  return settling.waiting.map(({ kind, part, checks }, index) => {
    const values = rows[index]?.values ?? [];
    const found = now.get(rowKey({ kind, part }));
    return {
      kind,
      part,
      name: found?.[0]?.name ?? (typeof part === "number" ? (names.get(part) ?? `#${part}`) : part),
      before: values.length === 0 ? null : sum(values.map((value) => (typeof value === "number" ? value : 1))),
      now: values.length > 0 || found === undefined ? null : sum(found.map(({ quantity }) => quantity)),
      checks,
      of: values.length === 0 ? appear : recover,
    };
  });
}

function sum(quantities: readonly number[]): number {
  return quantities.reduce((total, quantity) => total + Math.round(quantity * 1e5), 0) / 1e5;
}
