import type { Report, ReportProblem } from "../generated/report.ts";

/** Where a list stands, without what is silenced: the numbers that people are told. */
export interface Standing {
  /** Short lines and unresolved entries. */
  readonly short: number;
  readonly toBuild: number;
  readonly critical: number;
  readonly low: number;
  readonly out: number;
  /** Nothing is short, low or out. What must be built or is critical is no shortage. */
  readonly covered: boolean;
  readonly isSilenced: (kind: SilencedKind, part: number | string) => boolean;
}

export type SilencedKind = Report["silenced"][number]["kind"];

/** Entries of the list behind which no part could be found. */
export function unresolvedOf(report: Report): readonly ReportProblem[] {
  return report.problems.filter((problem) => problem.entry !== null && problem.quantity !== null);
}

/** Counts what a report says, less what is silenced. */
export function standingOf(report: Report): Standing {
  const silenced = new Set(report.silenced.map((row) => key(row.kind, row.part)));
  const isSilenced = (kind: SilencedKind, part: number | string) => silenced.has(key(kind, part));
  const lines = (kind: SilencedKind, of: (line: Report["lines"][number]) => boolean) =>
    report.lines.filter((line) => of(line) && !isSilenced(kind, line.pk)).length;
  const watched = (kind: "low" | "out") =>
    (report.watched ?? []).filter((row) => row.kind === kind && !isSilenced(kind, row.pk)).length;
  const unresolved = unresolvedOf(report).filter((problem) => !isSilenced("unresolved", problem.words)).length;
  const short = lines("short", (line) => line.short) + unresolved;
  const low = watched("low");
  const out = watched("out");
  return {
    short,
    toBuild: lines("build", (line) => line.to_build > 0),
    critical: lines("critical", (line) => line.critical > 0),
    low,
    out,
    covered: short + low + out === 0,
    isSilenced,
  };
}

function key(kind: SilencedKind, part: number | string): string {
  return JSON.stringify([kind, part]);
}
