import { join } from "node:path";
import { isError, type Problem } from "../../core/problem.ts";
import type { Config } from "../../core/settings/config.ts";
import { fileNameFor } from "../../core/settings/monitor-id.ts";
import type { ScheduleTarget } from "../../core/settings/workflow-settings.ts";
import { CONFIG_FILE, parseConfigText } from "../../monitors/config.ts";
import { parseMonitorText } from "../../monitors/monitor.ts";
import type { MonitorsRead } from "../../monitors/read.ts";
import { schemaTexts } from "../../monitors/schema-texts.ts";
import { createFile, isThere, replaceFile, textIfThere } from "../../system/files.ts";
import { generate } from "../generate.ts";
import { configText, type FirstMonitor, monitorText } from "./texts.ts";

export interface InitOptions {
  readonly root: string;
  readonly now: Date;
  readonly timezone: string;
  /** `owner/partwatch@<commit> # v1`. */
  readonly action: string;
  /** What starts the checks. */
  readonly target: ScheduleTarget;
  /** Why it may not be the right one, if it may not. */
  readonly doubt?: string;
  /** The files of the checkout; read anew at each call. */
  readonly read: () => Promise<MonitorsRead>;
  readonly branch: string;
  readonly first: FirstMonitor;
}

export interface Initialised {
  /** Paths of new files. */
  readonly written: readonly string[];
  /** Paths of files that existed and stay as they are. */
  readonly kept: readonly string[];
  readonly problems: readonly Problem[];
  /** false: there are monitors already, so the first one was not written. */
  readonly usedFirst: boolean;
  /** What starts the checks, according to partwatch.yaml. */
  readonly target: ScheduleTarget;
}

/**
 * Makes a repository, empty or not, ready for Partwatch: settings, a first monitor, schemas for the editor, and
 * workflows. Existing files stay as they are. Throws only if a file cannot be read or written.
 */
export async function init(options: InitOptions): Promise<Initialised> {
  const { root, now, first, read } = options;
  const present = await read();
  const hasMonitors = present.monitors.length > 0 || present.broken.length > 0;
  const hasConfig = await isThere(join(root, CONFIG_FILE));
  const lists = hasMonitors ? [] : [[`monitors/${fileNameFor(first.name)}`, monitorText(first)] as const];
  const wrong = problemsOf({ now, configFile: hasConfig ? null : configText(options), lists, config: present.config });
  const target = hasConfig ? present.config.schedule.target : options.target;
  if (wrong.length > 0) return { written: [], kept: [], problems: wrong, usedFirst: false, target };
  const wanted = new Map([
    [CONFIG_FILE, configText(options)],
    ...lists,
    ...Object.entries(schemaTexts()).map(([name, text]) => [`schemas/${name}`, text] as const),
  ]);
  const written: string[] = [];
  const kept: string[] = [];
  for (const [path, text] of wanted) {
    if (await isThere(join(root, path))) kept.push(path);
    else {
      await createFile(join(root, path), text);
      written.push(path);
    }
  }
  if (await ignoreOwn(root)) written.push(".gitignore");
  const generated = await generate({ root, check: false, ...(await read()) });
  const all = [...written, ...generated.written];
  const doubts = hasConfig ? [] : actionDoubts(options);
  return { written: all, kept, problems: [...doubts, ...generated.problems], usedFirst: !hasMonitors, target };
}

function actionDoubts({ action, doubt }: InitOptions): readonly Problem[] {
  if (doubt === undefined) return [];
  const message = `is "${action}", because ${doubt}. Make sure that your workflows can load it, or write another and run partwatch generate.`;
  return [{ file: CONFIG_FILE, path: "workflow.action", message, severity: "warning" }];
}

/** What would be wrong with the new files: nothing is written that would need fixing first. */
function problemsOf(options: {
  readonly now: Date;
  readonly configFile: string | null;
  readonly lists: readonly (readonly [file: string, text: string])[];
  readonly config: Config;
}): readonly Problem[] {
  const parsed =
    options.configFile === null ? { config: options.config, problems: [] } : parseConfigText(options.configFile);
  const lists = options.lists.flatMap(
    ([file, text]) => parseMonitorText({ file, text, config: parsed.config, now: options.now }).problems,
  );
  return [...parsed.problems, ...lists].filter(isError);
}

const IGNORED = [".env", "out/"];

/**
 * Secrets on a laptop are in `.env`, which must never be committed; previews are written to `out/`. Returns whether a
 * line had to be added.
 */
async function ignoreOwn(root: string): Promise<boolean> {
  const file = join(root, ".gitignore");
  const text = (await textIfThere(file)) ?? "";
  const present = new Set(text.split(/\r?\n/).map((line) => line.trim().replace(/^\/|\/$/g, "")));
  const missing = IGNORED.filter((name) => !present.has(name.replace(/\/$/, "")));
  if (missing.length === 0) return false;
  const before = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  await replaceFile(file, `${before}${missing.join("\n")}\n`);
  return true;
}
