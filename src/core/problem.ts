/** Something that the user can fix: where it is, what is wrong, and what to do. */
export interface Problem {
  /** The file as the user knows it, relative to the repository's root; absent for settings. */
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  /** Path inside the file (`parts[2].quantity`) or the name of a setting (`EMAIL_SMTP_PORT`). */
  readonly path?: string;
  /** What is wrong, and the fix, in one or two sentences without a final line break. */
  readonly message: string;
  /** Warnings do not stop anything. Default: error. */
  readonly severity?: "error" | "warning";
}

/** Whether a problem stops the command; a warning does not. */
export function isError({ severity }: Pick<Problem, "severity">): boolean {
  return severity !== "warning";
}

/** One line for people: `monitors/a.yaml:7:16 cron_schedule: minute must be 0-59.` */
export function formatProblem(problem: Problem): string {
  return problem.severity === "warning" ? `warning: ${problemText(problem)}` : problemText(problem);
}

/** The same without the word warning, if the context shows it: in a log, a finding. */
export function problemText(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((x) => x !== undefined).join(":");
  const where = [place, problem.path].filter((x) => x !== undefined && x !== "").join(" ");
  return where === "" ? problem.message : `${where}: ${problem.message}`;
}
