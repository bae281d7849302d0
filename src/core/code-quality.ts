// Problems as GitLab shows them in the changes of a merge request.
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format

import { isError, type Problem } from "./problem.ts";

export interface CodeQualityIssue {
  readonly description: string;
  readonly check_name: string;
  /** Stays the same for the same problem, wherever it moves in its file. */
  readonly fingerprint: string;
  readonly severity: "major" | "minor";
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** The report; `folder`: what the files' paths are relative to, in the repository; empty for its top. `digest` shortens a text. */
export function codeQualityReport(
  problems: readonly Problem[],
  { folder, digest }: { readonly folder: string; readonly digest: (text: string) => string },
): readonly CodeQualityIssue[] {
  const seen = new Map<string, number>();
  return problems.map((problem) => {
    const { file = "partwatch.yaml", path = "", message, line = 1 } = problem;
    const place = folder === "" ? file : `${folder}/${file}`;
    const key = [place, path, message].join("\n");
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return {
      description: path === "" ? message : `${path}: ${message}`,
      check_name: "partwatch",
      fingerprint: digest(before === 0 ? key : `${key}\n${before}`),
      severity: isError(problem) ? "major" : "minor",
      location: { path: place, lines: { begin: line } },
    };
  });
}
