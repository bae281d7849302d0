import { formatProblem, type Problem } from "../core/problem.ts";
import { markdownText } from "../core/view/markdown.ts";
import type { PullRequestEvent } from "../github/event.ts";
import type { ActionContext } from "./context.ts";

/** So many problems make one part of the summary: were it one for all, all would be left out where they do not fit. */
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

export interface Stale {
  /** A patch per path. */
  readonly diffs: ReadonlyMap<string, string>;
  /** What the files are to be; null: not there. */
  readonly texts: ReadonlyMap<string, string | null>;
  /** What somebody with a clone has to type. */
  readonly command: string;
}

/** Stale workflows: the command for those with a clone; the patch, and the whole files for those who have only a browser. */
export function staleSummary(
  { diffs, texts, command }: Stale,
  where: { readonly context: ActionContext; readonly pullRequest: PullRequestEvent | undefined },
): readonly string[] {
  if (diffs.size === 0) return ["## Partwatch: workflows", "The workflows are what the monitors say."];
  const names = [...diffs.keys()].map((path) => `\`${path}\``).join(", ");
  return [
    "## Partwatch: the workflows are stale",
    `${names} no longer ${diffs.size === 1 ? "says" : "say"} what the monitors say. In a clone of this branch, run this and commit the result:`,
    fenced("sh", `${command}\n`),
    "Or save this as a file and `git apply` it:",
    fenced("diff", [...diffs.values()].join("")),
    "With a browser alone:",
    ...[...texts].map(([path, text]) =>
      browserStep({ path, text, isNew: diffs.get(path)?.includes("\nnew file mode ") === true, ...where }),
    ),
  ];
}

function browserStep({
  path,
  text,
  isNew,
  context,
  pullRequest,
}: {
  readonly path: string;
  readonly text: string | null;
  readonly isNew: boolean;
  readonly context: ActionContext;
  readonly pullRequest: PullRequestEvent | undefined;
}): string {
  const { headRepository, headBranch } = pullRequest ?? {};
  const link = (action: "edit" | "delete" | "new") => {
    if (headRepository === undefined || headBranch === undefined) return `\`${path}\``;
    const at = `${context.serverUrl}/${encodePath(headRepository)}/${action}/${encodePath(headBranch)}`;
    return `[${path}](${action === "new" ? `${at}?filename=${encodeURIComponent(path)}` : `${at}/${encodePath(path)}`})`;
  };
  if (text === null) return `Delete ${link("delete")}.`;
  const what = isNew ? `Create ${link("new")} with this:` : `Replace everything in ${link("edit")} by this:`;
  return `${what}\n\n<details><summary>${path}</summary>\n\n${fenced("yaml", text)}\n\n</details>`;
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** A block of code that nothing in it can end. */
function fenced(language: string, text: string): string {
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}${language}\n${text}${text.endsWith("\n") ? "" : "\n"}${fence}`;
}
