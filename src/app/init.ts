import { lstat, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Problem } from "../core/problem.ts";
import type { Config } from "../core/settings/config.ts";
import { fileNameFor } from "../core/settings/monitor-id.ts";
import { CONFIG_FILE, parseConfigText } from "../monitors/config.ts";
import { parseMonitorText } from "../monitors/monitor.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import { schemaTexts } from "../monitors/schema.ts";
import { generate } from "./generate.ts";
import { configText, type FirstMonitor, monitorText } from "./init-texts.ts";

export interface InitOptions {
  readonly root: string;
  readonly now: Date;
  readonly timezone: string;
  /** `owner/partwatch@<commit> # v1`. */
  readonly action: string;
  /** Why it may not be the right one, if it may not. */
  readonly doubt?: string;
  /** What stands in the checkout, as often as it is asked. */
  readonly read: () => Promise<MonitorsRead>;
  readonly branch: string;
  readonly first: FirstMonitor;
}

export interface Initialised {
  /** Paths of new files. */
  readonly written: readonly string[];
  /** Paths of files that were there and stay as they are. */
  readonly kept: readonly string[];
  readonly problems: readonly Problem[];
  /** false: there are monitors already, so the first one was not written. */
  readonly usedFirst: boolean;
}

/**
 * Makes a repository, empty or not, one that Partwatch can run in: settings, a first monitor, schemas for the editor, and
 * workflows. What is there stays as it is. Throws only where a file cannot be read or written.
 */
export async function init(options: InitOptions): Promise<Initialised> {
  const { root, now, first, read } = options;
  const present = await read();
  const hasMonitors = present.monitors.length > 0 || present.broken.length > 0;
  const hasConfig = await exists(join(root, CONFIG_FILE));
  const lists = hasMonitors ? [] : [[`monitors/${fileNameFor(first.name)}`, monitorText(first)] as const];
  const wrong = problemsOf({ now, configFile: hasConfig ? null : configText(options), lists, config: present.config });
  if (wrong.length > 0) return { written: [], kept: [], problems: wrong, usedFirst: false };
  const wanted = new Map([
    [CONFIG_FILE, configText(options)],
    ...lists,
    ...Object.entries(schemaTexts()).map(([name, text]) => [`schemas/${name}`, text] as const),
  ]);
  const written: string[] = [];
  const kept: string[] = [];
  for (const [path, text] of wanted) {
    if (await exists(join(root, path))) kept.push(path);
    else {
      await put(join(root, path), text);
      written.push(path);
    }
  }
  if (await ignoreDotenv(root)) written.push(".gitignore");
  const generated = await generate({ root, check: false, ...(await read()) });
  const all = [...written, ...generated.written];
  const doubts = hasConfig ? [] : actionDoubts(options);
  return { written: all, kept, problems: [...doubts, ...generated.problems], usedFirst: !hasMonitors };
}

function actionDoubts({ action, doubt }: InitOptions): readonly Problem[] {
  if (doubt === undefined) return [];
  const message = `is "${action}", because ${doubt}. Make sure that your workflows can load it, or write another and run partwatch generate.`;
  return [{ file: CONFIG_FILE, path: "workflow.action", message, severity: "warning" }];
}

/** What would be wrong with the new files: nothing is written that would have to be mended first. */
function problemsOf(of: {
  readonly now: Date;
  readonly configFile: string | null;
  readonly lists: readonly (readonly [file: string, text: string])[];
  readonly config: Config;
}): readonly Problem[] {
  const parsed = of.configFile === null ? { config: of.config, problems: [] } : parseConfigText(of.configFile);
  const lists = of.lists.flatMap(
    ([file, text]) => parseMonitorText({ file, text, config: parsed.config, now: of.now }).problems,
  );
  return [...parsed.problems, ...lists].filter((problem) => problem.severity !== "warning");
}

/** Secrets on a laptop stand in `.env`, which Git must never see. Returns whether a line had to be added. */
async function ignoreDotenv(root: string): Promise<boolean> {
  const file = join(root, ".gitignore");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  if (text.split(/\r?\n/).some((line) => /^\/?\.env\s*$/.test(line))) return false;
  const before = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  await writeFile(file, `${before}.env\n`);
  return true;
}

async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: "wx" });
}

/** A link that leads nowhere is there, too. */
async function exists(file: string): Promise<boolean> {
  return await lstat(file).then(
    () => true,
    () => false,
  );
}
