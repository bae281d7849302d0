import { type AnnotationProperties, error, warning } from "@actions/core";
import type { Problem } from "../core/problem.ts";

/** GitHub shows no more of each sort in a step. */
const MOST = 10;

/** Puts problems at the very lines of their files. What GitHub would not show is counted in the last one. */
export function annotate(problems: readonly Problem[]): void {
  for (const severity of ["error", "warning"] as const) {
    const these = problems.filter((problem) => (problem.severity ?? "error") === severity);
    const shown = these.length > MOST ? these.slice(0, MOST - 1) : these;
    const say = severity === "error" ? error : warning;
    for (const problem of shown) say(textOf(problem), propertiesOf(problem));
    const rest = these.length - shown.length;
    if (rest > 0) say(`And ${rest} more; the step summary and the log have all of them.`);
  }
}

function textOf({ path, message }: Problem): string {
  return path === undefined || path === "" ? message : `${path}: ${message}`;
}

function propertiesOf({ file, line, column }: Problem): AnnotationProperties {
  if (file === undefined) return {};
  return {
    title: "Partwatch",
    file,
    ...(line === undefined ? {} : { startLine: line }),
    ...(column === undefined ? {} : { startColumn: column }),
  };
}
