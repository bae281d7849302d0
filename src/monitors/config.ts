import { join } from "node:path";
import { DEFAULT_CHANNELS } from "../core/channels.ts";
import type { Problem } from "../core/problem.ts";
import { inside } from "../core/records.ts";
import { parseCron } from "../core/schedule/cron.ts";
import { durationInWords, durationMs } from "../core/schedule/duration.ts";
import { zoneProblem } from "../core/schedule/zone.ts";
import { allowedRecipientProblem } from "../core/settings/address.ts";
import { type Config, configFrom, DEFAULT_RUN_TIME, defaultConfig } from "../core/settings/config.ts";
import { DEFAULT_TIMEOUT_MINUTES } from "../core/settings/workflow-settings.ts";
import { channelBreaches, type RuleViolation } from "./channel-rules.ts";
import { readTextFile } from "./file.ts";
import { heartbeatBreaches } from "./heartbeat-rules.ts";
import { type ReadResult, withIndentAdvice } from "./indent-advice.ts";
import { instancesBreaches } from "./instance-rules.ts";
import { bounded } from "./monitor.ts";
import { addressBreaches, NO_DIGEST, problemAt } from "./rules.ts";
import { isConfigFile, schemaProblems } from "./schema.ts";
import { withShapeSlips } from "./shape-slips.ts";
import { type Path, parseYaml, type YamlDocument } from "./yaml.ts";

export const CONFIG_FILE = "partwatch.yaml";
/** No list needs to be checked more often, and GitHub starts nothing more often. */
const LEAST_INTERVAL_MS = 5 * 60_000;
/** What a run needs after its time limit. */
const LAST_COMMITS_MS = 3 * 60_000;

export interface ConfigRead {
  /** If the file is broken, its valid sections: good enough to look for problems in monitors, never to run them. */
  readonly config: Config;
  readonly problems: readonly Problem[];
  readonly isBroken: boolean;
  /** SHA-256 of the file, if there is one. */
  readonly digest?: string;
  /** Absent if there is no file, or it is not YAML. */
  readonly document?: YamlDocument;
}

/** Reads partwatch.yaml in `root`; without it all defaults apply. */
export async function readConfig(root: string): Promise<ConfigRead> {
  const misnamed = await misnamedProblems(root);
  const read = await readTextFile({ path: join(root, CONFIG_FILE), file: CONFIG_FILE, within: root });
  if (read.kind === "absent") return { config: defaultConfig(), problems: misnamed, isBroken: misnamed.length > 0 };
  if (read.kind === "unusable")
    return { config: defaultConfig(), problems: [read.problem, ...misnamed], isBroken: true };
  const parsed = parseConfigText(read.text);
  const problems = [...parsed.problems, ...misnamed];
  return { ...parsed, problems, isBroken: parsed.isBroken || misnamed.length > 0, digest: read.digest };
}

/** The text of partwatch.yaml as a configuration, with all its problems. */
export function parseConfigText(text: string): Omit<ConfigRead, "digest"> {
  const judged = judgeConfig(text);
  const { document } = judged.parsed;
  const all = bounded(CONFIG_FILE, withIndentAdvice({ file: CONFIG_FILE, text, judged, judge: judgeConfig }));
  if (document === undefined) return { config: defaultConfig(), problems: all, isBroken: true };
  const errors = judged.problems.filter(({ severity }) => severity !== "warning");
  return { config: salvage(document.value, errors), problems: all, isBroken: errors.length > 0, document };
}

function judgeConfig(text: string): ReadResult {
  const parsed = parseYaml({ file: CONFIG_FILE, text });
  const { document, problems } = parsed;
  // A file of comments alone changes nothing.
  if (document === undefined || (document.value === null && problems.length === 0)) return { parsed, problems };
  const breaches = configBreaches(document.value).map((breach) => problemAt(document, breach));
  const found = withShapeSlips(document, [...schemaProblems("config", document), ...breaches]);
  return { parsed, problems: [...problems, ...found] };
}

/** The sections without problems: one mistake must not make every list look wrong. */
function salvage(value: unknown, problems: readonly Problem[]): Config {
  const wrong = new Set(problems.map(({ path }) => path?.split(/[.[]/)[0]));
  const sections = typeof value === "object" && value !== null ? Object.entries(value) : [];
  // A digest is configured, whatever is wrong with it.
  const digest = wrong.has("digest") ? { digest: "10 7 * * 1" } : {};
  const right: unknown = { ...Object.fromEntries(sections.filter(([name]) => !wrong.has(name))), ...digest };
  return isConfigFile(right) ? configFrom(right) : defaultConfig();
}

/** Rules for partwatch.yaml that no schema can express. Wrong types are reported by the schema. */
function configBreaches(file: unknown): RuleViolation[] {
  const allowed = textsIn(inside(file, "allowed_recipients"));
  return [
    ...breach(["timezone"], inside(file, "timezone"), (zone) => {
      const problem = zoneProblem(zone);
      return problem === undefined ? undefined : `"${zone}" ${problem}`;
    }),
    ...breach(["digest"], inside(file, "digest"), cronProblem),
    ...(inside(file, "notify_condition") === "digest" && inside(file, "digest") === undefined
      ? [{ path: ["notify_condition"], message: NO_DIGEST }]
      : []),
    ...breach(["limits", "min_interval"], inside(file, "limits", "min_interval"), intervalProblem),
    ...runTimeBreaches(file),
    ...combineBreaches(inside(file, "mail")),
    ...allowed.flatMap((entry, index) => breach(["allowed_recipients", index], entry, allowedRecipientProblem)),
    ...addressBreaches(
      "recipients",
      textsIn(inside(file, "recipients")),
      allowed.map((entry) => entry.toLowerCase()),
    ),
    ...channelBreaches(inside(file, "channels"), DEFAULT_CHANNELS),
    ...heartbeatBreaches(inside(file, "heartbeat")),
    ...instancesBreaches({
      instances: inside(file, "instances"),
      instance: inside(file, "instance"),
      shards: inside(file, "shards"),
    }),
    ...breach(["state", "branch"], inside(file, "state", "branch"), branchProblem),
    ...breach(["schedule", "tick"], inside(file, "schedule", "tick"), cronProblem),
    ...breach(["schedule", "catch_up"], inside(file, "schedule", "catch_up"), (text) =>
      text === "off" ? undefined : cronProblem(text),
    ),
  ];
}

function breach(path: Path, value: unknown, problemOf: (text: string) => string | undefined): RuleViolation[] {
  const message = typeof value === "string" && value !== "" ? problemOf(value) : undefined;
  return message === undefined ? [] : [{ path, message }];
}

/** The list with an empty text for each invalid entry, so that every entry keeps its place. */
function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map((entry) => (typeof entry === "string" ? entry : "")) : [];
}

function intervalProblem(text: string): string | undefined {
  if (!/^[1-9][0-9]{0,4}[mhdw]$/.test(text) || durationMs(text) >= LEAST_INTERVAL_MS) return undefined;
  return `${text} is too short; ${durationInWords(LEAST_INTERVAL_MS)} are the least.`;
}

/** A template is for one list. */
function combineBreaches(mail: unknown): RuleViolation[] {
  if (inside(mail, "combine") !== true || inside(mail, "template") === undefined) return [];
  const message = "does nothing beside mail.template, which is for the mail of one list; remove one of them.";
  return [{ path: ["mail", "combine"], message, severity: "warning" }];
}

/** A run that is killed while recording what it has sent leaves messages with unknown outcome. */
function runTimeBreaches(file: unknown): RuleViolation[] {
  const named = inside(file, "limits", "run_time");
  const minutes = inside(file, "workflow", "timeout_minutes") ?? DEFAULT_TIMEOUT_MINUTES;
  const text = typeof named === "string" && /^[1-9][0-9]{0,4}[mhdw]$/.test(named) ? named : DEFAULT_RUN_TIME;
  if (typeof minutes !== "number" || minutes * 60_000 >= durationMs(text) + LAST_COMMITS_MS) return [];
  const path = named === undefined ? ["workflow", "timeout_minutes"] : ["limits", "run_time"];
  const message = `a run takes up to ${text} and then 3 minutes to record what it has sent, but the workflow's time-out is ${minutes} minutes: raise workflow.timeout_minutes, or lower limits.run_time.`;
  return [{ path, message }];
}

/** What Git does not allow in the name of a branch, besides invalid characters. */
function branchProblem(branch: string): string | undefined {
  if (!/\.\.|\/\/|\/\.|[./]$|\.lock(?:\/|$)/.test(branch)) return undefined;
  return `"${branch}" is not a branch name that Git allows.`;
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
