import { join } from "node:path";
import { workflowsOf } from "../src/app/workflows.ts";
import { formatProblem } from "../src/core/problem.ts";
import { readMonitors } from "../src/monitors/read.ts";
import { put, root } from "./generated.ts";

const FOLDER = "template";

/** Writes the workflows of the repository that people begin with. Throws if its settings or lists have a problem. */
export async function writeRepositoryTemplate(): Promise<void> {
  const read = await readMonitors({ root: join(root, FOLDER), now: new Date() });
  const { files, problems } = workflowsOf(read);
  const all = [...read.problems, ...problems].map(formatProblem);
  if (all.length > 0) throw new Error(`${FOLDER}: ${all.join("\n")}`);
  for (const [path, text] of files) await put(`${FOLDER}/${path}`, text);
}
