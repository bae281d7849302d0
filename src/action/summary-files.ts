import { code } from "../core/preview/describe.ts";
import { formatProblem, type Problem } from "../core/problem.ts";
import { escaped } from "../core/text/foreign-text.ts";
import { markdownText } from "../core/view/markdown.ts";
import type { CloneSteps } from "./running.ts";
import type { StaleFile } from "./stale-file.ts";

/** So many problems make one part of the summary: in a single part, all would be left out if they did not fit. */
const AT_ONCE = 100;

/** Problems of files, all of them: annotations are limited, this is not. */
export function problemsSummary(problems: readonly Problem[], monitors: number): readonly string[] {
  const count = `${monitors === 1 ? "1 monitor is" : `${monitors} monitors are`} valid.`;
  return ["## Partwatch: monitors and settings", count, ...problemList(problems)];
}

/** One item per problem. */
export function problemList(problems: readonly Problem[]): readonly string[] {
  const items = problems.map((problem) => `- ${markdownText(formatProblem(problem))}`);
  return Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, part) =>
    items.slice(part * AT_ONCE, (part + 1) * AT_ONCE).join("\n"),
  );
}

/** Stale workflows: the whole files for those who have a browser; commands and a patch for those with a clone. */
export function staleSummary({
  files,
  diffs,
  steps,
}: {
  readonly files: readonly StaleFile[];
  /** A patch per path. */
  readonly diffs: ReadonlyMap<string, string>;
  readonly steps: CloneSteps;
}): readonly string[] {
  if (files.length === 0) return ["## Partwatch: workflows", "Workflows are up to date."];
  const names = files.map(({ path }) => code(path)).join(", ");
  const { prepare, generate } = steps;
  return [
    "## Partwatch: the workflows are stale",
    `${names} no longer ${files.length === 1 ? "says" : "say"} what the monitors say. With a browser alone:`,
    ...files.map(browserStep),
    `Or, with Node 24, at the top of a clone of this branch${prepare.length === 0 ? "" : " (the first line once)"}; commit the result:`,
    fenced("sh", `${[...prepare, generate].join("\n")}\n`),
    "Or save this as a file and `git apply` it:",
    fenced("diff", [...diffs.values()].join("")),
  ];
}

/** The same as plain text, for a log. */
export function staleText({
  files,
  steps: { prepare, generate },
}: {
  readonly files: readonly StaleFile[];
  readonly steps: CloneSteps;
}): string {
  const browser = files.map(({ path, text, action, url }) => {
    const place = url === undefined ? path : `${path} (${url})`;
    if (text === null) return `Delete ${place}.`;
    return `${action === "new" ? `Create ${place} with this:` : `Replace everything in ${place} by this:`}\n\n${text}`;
  });
  const clone = [
    "Or, with Node 24, at the top of a clone of this branch; commit the result:",
    "",
    ...prepare,
    generate,
  ];
  return [...browser, clone.join("\n")].join("\n\n");
}

function browserStep({ path, text, action, url }: StaleFile): string {
  const link = url === undefined ? code(path) : `[${markdownText(path)}](${url})`;
  if (text === null) return `Delete ${link}.`;
  const what = action === "new" ? `Create ${link} with this:` : `Replace everything in ${link} by this:`;
  return `${what}\n\n<details><summary>${markdownText(path)}</summary>\n\n${fenced("yaml", text)}\n\n</details>`;
}

/** A code block that its content can neither end nor turn around. */
function fenced(language: string, foreign: string): string {
  const text = escaped(foreign);
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}${language}\n${text}${text.endsWith("\n") ? "" : "\n"}${fence}`;
}
