// The part of a report whose change matters, and its hash (docs/state.md).
import { createHash } from "node:crypto";
import type { Report, ReportProblem, Watched } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import type { AlertKind, SignificantResult } from "./state.ts";

export type ResultKind = AlertKind | "build";

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
  /** Unresolved: index of the entry in the parts list. */
  readonly entry?: number;
}

/** Everything that a report says of parts, silenced or not, in the report's order. */
export function resultRows(report: Report): readonly ResultRow[] {
  const lines = report.lines.flatMap((line): readonly ResultRow[] => {
    const of = { part: line.pk, name: line.name, ipn: line.ipn };
    return [
      ...(line.short && line.missing > 0 ? [{ ...of, kind: "short" as const, quantity: line.missing }] : []),
      ...(line.to_build > 0 ? [{ ...of, kind: "build" as const, quantity: line.to_build }] : []),
      ...(line.critical > 0 ? [{ ...of, kind: "critical" as const, quantity: line.critical }] : []),
    ];
  });
  return [...lines, ...watchedRows(report.watched ?? []), ...report.problems.flatMap(unresolvedRow)];
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
  return {
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

/** SHA-256 of the canonical JSON, hex. */
export function hashOf(significant: SignificantResult): string {
  return sha256(canonicalJson(significant));
}

/** Digest of what the list asks for: it moves when somebody edits parts, watch rules or policy. SHA-256, hex. */
export function listDigest(monitor: Pick<Monitor, "parts" | "watch" | "policy">): string {
  return sha256(canonicalJson({ parts: monitor.parts, watch: monitor.watch, policy: monitor.policy }));
}

/**
 * Whether parts are short: bought parts or unresolved entries of which something is missing, or watched parts below their
 * minimum. What is to be built or only critical is enough for now.
 */
export function somethingShort(significant: SignificantResult): boolean {
  return [significant.short, significant.unresolved, significant.low, significant.out].some((rows) => rows.length > 0);
}

/** What tells one row from another: its kind and part. */
export function rowKey(row: Pick<ResultRow, "kind" | "part">): string {
  return JSON.stringify([row.kind, row.part]);
}

/** JSON without white space, keys in the order of their code units (as RFC 8785 has it); absent values are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isRecord(inner) ? sortedByKey(inner) : inner));
}

/** The order of code units: the same in every locale. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** At most five decimals, and no -0. */
export function rounded(quantity: number): number {
  return Math.round(quantity * 1e5) / 1e5 + 0;
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

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function sortedByKey(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => byCodeUnits(a, b)));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
