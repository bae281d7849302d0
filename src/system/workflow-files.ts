// The files of the forge's workflows in the checkout.
import { existsSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { Problem } from "../core/problem.ts";
import { byCodeUnits } from "../core/text/code-units.ts";
import { isGenerated, WORKFLOW_FOLDERS } from "../core/workflow/workflow.ts";

/** Whether this checkout has the workflow that checks what is due. */
export function hasWorkflow(root: string): boolean {
  return WORKFLOW_FOLDERS.some((folder) => existsSync(join(root, folder, RUN_WORKFLOW)));
}

const RUN_WORKFLOW = "partwatch.yml";

export interface PresentWorkflows {
  /** Only ours; with the line ends that Git stores, whatever the checkout makes of them. */
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/**
 * The existing workflows of ours; a problem for each wanted file that somebody else has written, and for a folder
 * that is outside this repository. Throws if one cannot be read.
 */
export async function readWorkflows(root: string, wanted: readonly string[]): Promise<PresentWorkflows> {
  const texts = new Map<string, string>();
  const problems: Problem[] = [];
  for (const folder of WORKFLOW_FOLDERS) {
    const outside = await escapeProblem(root, folder);
    if (outside !== null) {
      // A link does not matter in a folder that nothing is written to.
      if (wanted.some((path) => dirname(path) === folder)) return { texts: new Map(), problems: [outside] };
      continue;
    }
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(ifMissing([]));
    const names = entries.filter(({ name }) => /\.ya?ml$/.test(name)).toSorted((a, b) => byCodeUnits(a.name, b.name));
    for (const entry of names) {
      const path = `${folder}/${entry.name}`;
      const text = entry.isFile() ? await readFile(join(root, path), "utf8") : "";
      if (isGenerated(text)) texts.set(path, text.replaceAll("\r\n", "\n"));
      else if (wanted.includes(path)) problems.push({ file: path, message: FOREIGN });
    }
  }
  return { texts, problems };
}

const FOREIGN =
  "is where Partwatch writes its workflow, but was not written by Partwatch; rename or remove it, then run partwatch generate again.";

/** Through a link, files would be written outside the repository. */
async function escapeProblem(root: string, folder: string): Promise<Problem | null> {
  for (const part of new Set([dirname(folder), folder])) {
    if (part === ".") continue;
    const stats = await lstat(join(root, part)).catch(ifMissing(null));
    if (stats === null) return null;
    // A link may be dangling, too.
    const place = await realpath(join(root, part)).catch(ifMissing(""));
    const inside = relative(await realpath(root), place);
    if (!stats.isDirectory() || inside !== part.replaceAll("/", sep)) {
      return {
        file: part,
        message: "is not a folder in this repository; create it, then run partwatch generate again.",
      };
    }
  }
  return null;
}

function ifMissing<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === "ENOENT") return value;
    throw error;
  };
}

/** Writes each file; null removes it. Throws if one cannot be written. */
export async function writeWorkflows(
  root: string,
  changes: readonly (readonly [path: string, text: string | null])[],
): Promise<void> {
  for (const [path, text] of changes) {
    if (text === null) await rm(join(root, path));
    else {
      await mkdir(join(root, dirname(path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
  }
}
