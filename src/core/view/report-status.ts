import type { Ready, Report, ReportLine, ReportProblem } from "../generated/report.ts";

/** Where a list stands, without what is silenced: the numbers that people see. */
export interface ReportStatus {
  /** Short lines and unresolved entries. */
  readonly short: number;
  readonly toBuild: number;
  readonly critical: number;
  readonly low: number;
  readonly out: number;
  /** Entries with a day that are not there in time. */
  readonly late: number;
  /** Nothing is short, low, out or late. What must be built or is critical is no shortage. */
  readonly covered: boolean;
  readonly isSilenced: (kind: SilencedKind, part: number | string) => boolean;
}

export type SilencedKind = Report["silenced"][number]["kind"];

/** Entries of the list behind which no part could be found. */
export function unresolvedOf(report: Report): readonly ReportProblem[] {
  return report.problems.filter((problem) => problem.entry !== null && problem.quantity !== null);
}

/** The lines but for those whose shortage is silenced: what is to order, and what is on its way, is said of these. */
export function unsilencedLines({
  report,
  reportStatus,
}: {
  readonly report: Report;
  readonly reportStatus: ReportStatus;
}): readonly ReportLine[] {
  return report.lines.filter((line) => !reportStatus.isSilenced("short", line.pk));
}

/** Counts what a report says, less what is silenced. */
export function summarize(report: Report): ReportStatus {
  const silenced = new Set(report.silenced.map((row) => key(row.kind, row.part)));
  const isSilenced = (kind: SilencedKind, part: number | string) => silenced.size > 0 && silenced.has(key(kind, part));
  const lines = (kind: SilencedKind, options: (line: Report["lines"][number]) => boolean) =>
    report.lines.filter((line) => options(line) && !isSilenced(kind, line.pk)).length;
  const watched = (kind: "low" | "out") =>
    (report.watched ?? []).filter((row) => row.kind === kind && !isSilenced(kind, row.pk)).length;
  const unresolved = unresolvedOf(report).filter((problem) => !isSilenced("unresolved", problem.words)).length;
  const short = lines("short", (line) => line.short) + unresolved;
  const low = watched("low");
  const out = watched("out");
  const late = (report.ready ?? []).filter((row) => isLate(row) && !isSilenced("late", row.words)).length;
  return {
    short,
    toBuild: lines("build", (line) => line.to_build > 0),
    critical: lines("critical", (line) => line.critical > 0),
    low,
    out,
    late,
    covered: short + low + out + late === 0,
    isSilenced,
  };
}

/** There is a day, and it is too late. Of what has no day nobody can say so. */
export function isLate({ in_time, date }: Pick<Ready, "in_time" | "date">): boolean {
  return in_time === false && date !== null;
}

function key(kind: SilencedKind, part: number | string): string {
  return JSON.stringify([kind, part]);
}
