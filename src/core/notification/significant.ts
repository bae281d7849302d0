// The part of a report whose change matters, and its hash (docs/state.md).

import { createHash } from "node:crypto";
import { rounded } from "../calculation/quantity.ts";
import type { Ready, Report, ReportProblem, Watched } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import { isRecord } from "../records.ts";
import { byCodeUnits, byKey } from "../text/code-units.ts";

export type AlertKind = "short" | "critical" | "low" | "out" | "unresolved" | "late" | "order_now";

/** The part of a report whose change matters. Rows are sorted; quantities have at most five decimals. */
export interface SignificantResult {
  readonly short: readonly (readonly [pk: number, missing: number])[];
  readonly build: readonly (readonly [pk: number, toBuild: number])[];
  readonly critical: readonly (readonly [pk: number, lacking: number])[];
  readonly low: readonly (readonly [pk: number, lacking: number])[];
  readonly out: readonly (readonly [pk: number, lacking: number])[];
  readonly unresolved: readonly (readonly [words: string, quantity: number])[];
  /** Entries that are not there in time, in the list's words; absent where there is none. */
  readonly late?: readonly (readonly [words: string, neededBy: string])[];
  /** Entries with a date that may be missed, because it is unknown when they are ready; absent if there is none. */
  readonly undated?: readonly (readonly [words: string, neededBy: string])[];
  /** Parts that have to be ordered soon; absent where there is none. */
  readonly order_now?: readonly (readonly [pk: number, toOrder: number])[];
}

export type ResultKind = AlertKind | "build" | "undated";

/** One thing that a report says of one part. */
export interface ResultRow {
  readonly kind: ResultKind;
  /** pk, or an unresolved entry's own words. */
  readonly part: number | string;
  readonly name: string;
  readonly ipn: string | null;
  readonly quantity: number;
  /** Low and out: the minimum that counts. */
  readonly threshold?: number;
  /** Unresolved, late, undated: index of the entry in the parts list. */
  readonly entry?: number;
  /** Late, undated: the day by which it is needed. */
  readonly neededBy?: string;
}

/** Everything that a report says of parts, silenced or not, in the report's order. */
export function resultRows(report: Report): readonly ResultRow[] {
  const lines = report.lines.flatMap((line): readonly ResultRow[] => {
    const part = { part: line.pk, name: line.name, ipn: line.ipn };
    return [
      ...(line.short && line.missing > 0 ? [{ ...part, kind: "short" as const, quantity: line.missing }] : []),
      ...(line.to_build > 0 ? [{ ...part, kind: "build" as const, quantity: line.to_build }] : []),
      ...(line.critical > 0 ? [{ ...part, kind: "critical" as const, quantity: line.critical }] : []),
      ...(line.order_now === true ? [{ ...part, kind: "order_now" as const, quantity: line.to_order }] : []),
    ];
  });
  return [
    ...lines,
    ...watchedRows(report.watched ?? []),
    ...report.problems.flatMap(unresolvedRow),
    ...(report.ready ?? []).flatMap(readyRow),
  ];
}

/** What is significant of a report: what it lists as silenced is taken out. Rows are sorted, quantities rounded. */
export function significantResult(report: Report): SignificantResult {
  const silenced = new Set(report.silenced.map(rowKey));
  const rows = resultRows(report).filter((row) => !silenced.has(rowKey(row)));
  const partsOf = (kind: ResultKind) =>
    rows
      .flatMap((row): [number, number][] =>
        row.kind === kind && typeof row.part === "number" ? [[row.part, rounded(row.quantity)]] : [],
      )
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const entriesOf = (kind: ResultKind) =>
    rows
      .flatMap((row): [string, string][] =>
        row.kind === kind && row.neededBy !== undefined ? [[String(row.part), row.neededBy]] : [],
      )
      .sort((a, b) => byCodeUnits(a[0], b[0]) || byCodeUnits(a[1], b[1]));
  return {
    ...unlessEmpty({ late: entriesOf("late") }),
    ...unlessEmpty({ undated: entriesOf("undated") }),
    ...unlessEmpty({ order_now: partsOf("order_now") }),
    short: partsOf("short"),
    build: partsOf("build"),
    critical: partsOf("critical"),
    low: partsOf("low"),
    out: partsOf("out"),
    unresolved: rows
      .flatMap((row): [string, number][] =>
        row.kind === "unresolved" && typeof row.part === "string" ? [[row.part, rounded(row.quantity)]] : [],
      )
      .sort((a, b) => byCodeUnits(a[0], b[0]) || a[1] - b[1]),
  };
}

/** What lists without dates never have stands in no result without it: their hashes stay what they are. */
function unlessEmpty<Fields extends Partial<SignificantResult>>(fields: Fields): Partial<Fields> {
  return Object.values(fields).every((rows) => rows.length === 0) ? {} : fields;
}

/** SHA-256 of the canonical JSON, hex. */
export function hashOf(significant: SignificantResult): string {
  return sha256(canonicalJson(significant));
}

/** Digest of what the list asks for: it moves when somebody edits parts, watch rules or policy. SHA-256, hex. */
export function listDigest(monitor: Pick<Monitor, "parts" | "watch" | "policy">): string {
  return sha256(canonicalJson({ parts: monitor.parts, watch: monitor.watch, policy: monitor.policy }));
}

/**
 * Whether something is short: bought parts or unresolved entries of which something is missing, watched parts below their
 * minimum, entries that are not there in time. What is to be built or only critical is enough for now.
 */
export function somethingShort(significant: SignificantResult): boolean {
  const { short, unresolved, low, out, late = [] } = significant;
  return [short, unresolved, low, out, late].some((rows) => rows.length > 0);
}

/** Whether rows of that kind only say that something is so, and not how much of it. */
export function hasNoQuantity(kind: ResultKind): boolean {
  return kind === "late" || kind === "undated";
}

/** What distinguishes one row from another: its kind and part. */
export function rowKey(row: Pick<ResultRow, "kind" | "part">): string {
  return JSON.stringify([row.kind, row.part]);
}

/** JSON without white space, keys in the order of their code units (as RFC 8785 has it); absent values are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isRecord(inner) ? sortedByKey(inner) : inner));
}

/** Several rules may watch a part in one place: the greatest lack counts. Each place is a row of its own. */
function watchedRows(watched: readonly Watched[]): readonly ResultRow[] {
  const rows = new Map<string, ResultRow>();
  for (const part of watched) {
    const key = JSON.stringify([part.kind, part.pk, part.location]);
    const known = rows.get(key);
    if (known !== undefined && known.quantity >= part.lacking) continue;
    rows.set(key, {
      kind: part.kind,
      part: part.pk,
      name: part.name,
      ipn: part.ipn,
      quantity: part.lacking,
      threshold: part.minimum,
    });
  }
  return [...rows.values()];
}

/** Every entry that the calculation had to leave out: not found, ambiguous, or beyond what can be counted. */
function unresolvedRow(problem: ReportProblem): readonly ResultRow[] {
  if (problem.entry === null || problem.quantity === null) return [];
  const { words, quantity, entry } = problem;
  return [{ kind: "unresolved", part: words, name: words, ipn: null, quantity, entry }];
}

/** An entry whose date is missed or uncertain; one that matches no part is reported already. */
function readyRow({ entry, words, state, in_time, needed_by, waits_for }: Ready): readonly ResultRow[] {
  if (in_time !== false || needed_by === null) return [];
  if (waits_for.some(({ because }) => because === "unresolved")) return [];
  const kind = state === "unknown" ? "undated" : "late";
  return [{ kind, part: words, name: words, ipn: null, quantity: 1, entry, neededBy: needed_by }];
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function sortedByKey(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(byKey));
}
