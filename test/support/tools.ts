import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/** Tools of other languages that tests use where they are installed; .ci/install-tools says which versions. */
type Tool = "actionlint" | "zizmor" | "act";

/**
 * Where the tool is: in the folder that PARTWATCH_TOOLS names (or its bin/), else on PATH. Where it is nowhere the tests
 * that need it are skipped (needs.ts); with the tool's name in PARTWATCH_TOOLS_REQUIRED (CI), that is an error.
 */
export function findTool(tool: Tool): string | undefined {
  const { PARTWATCH_TOOLS: own, PATH = "", PARTWATCH_TOOLS_REQUIRED: required = "" } = process.env;
  const folders = [...(own === undefined ? [] : [own, join(own, "bin")]), ...PATH.split(delimiter)];
  const found = folders.map((folder) => join(folder, tool)).find(isExecutable);
  if (found !== undefined) return found;
  if (required.split(",").includes(tool)) throw new Error(`${tool} is required here and is not installed`);
  return undefined;
}

interface ToolRun {
  readonly code: number;
  /** What it wrote to both outputs. */
  readonly output: string;
}

/** Runs a tool to its end. Never throws for its exit code. */
export async function runTool(path: string, args: readonly string[], cwd: string): Promise<ToolRun> {
  try {
    const { stdout, stderr } = await promisify(execFile)(path, args, { cwd });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    if (!(error instanceof Error) || !("stdout" in error) || !("stderr" in error) || !("code" in error)) throw error;
    if (typeof error.code !== "number") throw error;
    return { code: error.code, output: `${error.stdout}${error.stderr}` };
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
