import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { type AnnotationProperties, error, warning } from "@actions/core";
import type { Problem } from "../core/problem.ts";
import { defined } from "../core/records.ts";
import { escaped } from "../core/text/foreign-text.ts";

/** GitHub shows no more of each sort in a step. */
const MOST = 10;

/**
 * Annotates problems at the lines of their files; call it once per step. `folder`: what the files' paths are relative to, below the
 * checkout. `memory`: a file that the steps of a job share, so that each problem is annotated by the first that finds it and
 * by no other. What GitHub would not show is counted in the last one.
 */
export function annotate(
  problems: readonly Problem[],
  {
    folder = "",
    memory,
    most = MOST,
  }: {
    readonly folder?: string;
    readonly memory?: string | undefined;
    /** How many of each sort are shown; on other forges they are lines of the log, without a limit. */
    readonly most?: number;
  } = {},
): void {
  const fresh = withoutKnown(problems, { folder, memory });
  for (const severity of ["error", "warning"] as const) {
    const these = fresh.filter((problem) => (problem.severity ?? "error") === severity);
    const shown = these.length > most ? these.slice(0, most - 1) : these;
    const notify = severity === "error" ? error : warning;
    for (const problem of shown) notify(textOf(problem), propertiesOf(problem, folder));
    const rest = these.length - shown.length;
    if (rest > 0) notify(`And ${rest} more; the step summary and the log have all of them.`, { title: TITLE });
  }
}

function withoutKnown(
  problems: readonly Problem[],
  { folder, memory }: { readonly folder: string; readonly memory: string | undefined },
): readonly Problem[] {
  const before = memory !== undefined && existsSync(memory) ? readFileSync(memory, "utf8").split("\n") : [];
  const known = new Set(before);
  const fresh = problems.filter((problem) => {
    const key = JSON.stringify([textOf(problem), propertiesOf(problem, folder)]);
    return !known.has(key) && known.add(key);
  });
  const added = [...known].slice(new Set(before).size);
  if (memory !== undefined && added.length > 0) appendFileSync(memory, added.map((key) => `${key}\n`).join(""));
  return fresh;
}

const TITLE = "Partwatch";

function textOf({ path, message }: Problem): string {
  return escaped(path === undefined || path === "" ? message : `${path}: ${message}`);
}

function propertiesOf({ file, line, column }: Problem, folder: string): AnnotationProperties {
  if (file === undefined) return { title: TITLE };
  return {
    title: TITLE,
    file: escaped(folder === "" ? file : `${folder}/${file}`),
    ...defined({ startLine: line, startColumn: column }),
  };
}
