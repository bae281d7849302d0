import { join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { field } from "../core/records.ts";
import { parseCron } from "../core/schedule/cron.ts";
import { durationInWords, durationMs } from "../core/schedule/duration.ts";
import { zoneProblem } from "../core/schedule/zone.ts";
import { allowedRecipientProblem } from "../core/settings/address.ts";
import { type Config, configFrom, DEFAULT_RUN_TIME, defaultConfig } from "../core/settings/config.ts";
import { DEFAULT_CHANNELS } from "../core/telling/channels.ts";
import { DEFAULT_TIMEOUT_MINUTES } from "../core/workflow/settings.ts";
import { channelBreaches } from "./channel-rules.ts";
import { readTextFile } from "./file.ts";
import { instancesBreaches } from "./instance-rules.ts";
import { bounded } from "./monitor.ts";
import { addressBreaches, type Breach, problemAt } from "./rules.ts";
import { isConfigFile, schemaProblems } from "./schema.ts";
import { type Path, parseYaml, type YamlDocument } from "./yaml.ts";

export const CONFIG_FILE = "partwatch.yaml";
/** Nobody's list needs more, and GitHub starts nothing more often. */
const LEAST_INTERVAL_MS = 5 * 60_000;
/** What a run needs after its time is over. */
const LAST_COMMITS_MS = 3 * 60_000;

export interface ConfigRead {
  /** Where the file is broken, its right sections: good enough to look for problems in monitors, never to run them. */
  readonly config: Config;
  readonly problems: readonly Problem[];
  readonly isBroken: boolean;
  /** SHA-256 of the file, where there is one. */
  readonly digest?: string;
  /** Absent where there is no file, or none that is YAML. */
  readonly document?: YamlDocument;
}

/** Reads partwatch.yaml in `root`; without it everything is as by default. */
export async function readConfig(root: string): Promise<ConfigRead> {
  const misnamed = await misnamedProblems(root);
  const read = await readTextFile({ path: join(root, CONFIG_FILE), file: CONFIG_FILE, within: root });
  if (read.kind === "absent") return { config: defaultConfig(), problems: misnamed, isBroken: misnamed.length > 0 };
  if (read.kind === "unusable")
    return { config: defaultConfig(), problems: [read.problem, ...misnamed], isBroken: true };
  const parsed = parseConfigText(read.text);
  const problems = [...parsed.problems, ...misnamed];
  return { ...parsed, problems, isBroken: problems.length > 0, digest: read.digest };
}

/** The text of partwatch.yaml as a configuration, with all its problems. */
export function parseConfigText(text: string): Omit<ConfigRead, "digest"> {
  const { document, problems } = parseYaml({ file: CONFIG_FILE, text });
  if (document === undefined) return { config: defaultConfig(), problems, isBroken: true };
  // A file of remarks alone changes nothing.
  if (document.value === null && problems.length === 0) return { config: defaultConfig(), problems, isBroken: false };
  const breaches = configBreaches(document.value).map((breach) => problemAt(document, breach));
  const all = bounded(CONFIG_FILE, [...problems, ...schemaProblems("config", document), ...breaches]);
  return { config: salvage(document.value, all), problems: all, isBroken: all.length > 0, document };
}

/** The sections that nothing is wrong with: one slip must not make every list look wrong. */
function salvage(value: unknown, problems: readonly Problem[]): Config {
  const wrong = new Set(problems.map(({ path }) => path?.split(/[.[]/)[0]));
  const sections = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const right: unknown = Object.fromEntries(sections.filter(([name]) => !wrong.has(name)));
  return isConfigFile(right) ? configFrom(right) : defaultConfig();
}

/** What no schema can say of partwatch.yaml. Fields of a wrong type are the schema's business. */
function configBreaches(file: unknown): Breach[] {
  const allowed = textsIn(at(file, "allowed_recipients"));
  return [
    ...breach(["timezone"], at(file, "timezone"), (zone) => {
      const problem = zoneProblem(zone);
      return problem === undefined ? undefined : `"${zone}" ${problem}`;
    }),
    ...breach(["limits", "min_interval"], at(file, "limits", "min_interval"), intervalProblem),
    ...runTimeBreaches(file),
    ...allowed.flatMap((entry, index) => breach(["allowed_recipients", index], entry, allowedRecipientProblem)),
    ...addressBreaches(
      "recipients",
      textsIn(at(file, "recipients")),
      allowed.map((entry) => entry.toLowerCase()),
    ),
    ...channelBreaches(at(file, "channels"), DEFAULT_CHANNELS),
    ...instancesBreaches({
      instances: at(file, "instances"),
      instance: at(file, "instance"),
      shards: at(file, "shards"),
    }),
    ...breach(["state", "branch"], at(file, "state", "branch"), branchProblem),
    ...breach(["schedule", "tick"], at(file, "schedule", "tick"), cronProblem),
    ...breach(["schedule", "catch_up"], at(file, "schedule", "catch_up"), (text) =>
      text === "off" ? undefined : cronProblem(text),
    ),
  ];
}

function breach(path: Path, value: unknown, problemOf: (text: string) => string | undefined): Breach[] {
  const message = typeof value === "string" && value !== "" ? problemOf(value) : undefined;
  return message === undefined ? [] : [{ path, message }];
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(field, value);
}

/** The list with an empty text for what is none, so that every entry keeps its place. */
function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map((entry) => (typeof entry === "string" ? entry : "")) : [];
}

function intervalProblem(text: string): string | undefined {
  if (!/^[1-9][0-9]{0,4}[mhdw]$/.test(text) || durationMs(text) >= LEAST_INTERVAL_MS) return undefined;
  return `${text} is too short; ${durationInWords(LEAST_INTERVAL_MS)} are the least.`;
}

/** A run that is killed while it records what it has sent leaves messages of unknown fate. */
function runTimeBreaches(file: unknown): Breach[] {
  const named = at(file, "limits", "run_time");
  const minutes = at(file, "workflow", "timeout_minutes") ?? DEFAULT_TIMEOUT_MINUTES;
  const text = typeof named === "string" && /^[1-9][0-9]{0,4}[mhdw]$/.test(named) ? named : DEFAULT_RUN_TIME;
  if (typeof minutes !== "number" || minutes * 60_000 >= durationMs(text) + LAST_COMMITS_MS) return [];
  const path = named === undefined ? ["workflow", "timeout_minutes"] : ["limits", "run_time"];
  const message = `a run takes up to ${text} and then 3 minutes to record what it has sent, but the workflow's time-out is ${minutes} minutes: raise workflow.timeout_minutes, or lower limits.run_time.`;
  return [{ path, message }];
}

/** What Git refuses in the name of a branch, beyond the letters. */
function branchProblem(branch: string): string | undefined {
  if (!/\.\.|\/\/|\/\.|[./]$|\.lock(?:\/|$)/.test(branch)) return undefined;
  return `"${branch}" is no name that Git allows for a branch.`;
}

function cronProblem(text: string): string | undefined {
  const parsed = parseCron(text);
  return parsed.kind === "cron" ? undefined : `"${text}": ${parsed.problems.join(" ")}`;
}

async function misnamedProblems(root: string): Promise<Problem[]> {
  const file = "partwatch.yml";
  const read = await readTextFile({ path: join(root, file), file, within: root });
  if (read.kind === "absent") return [];
  return [{ file, line: 1, column: 1, message: `is not read; rename it to ${CONFIG_FILE}.` }];
}
