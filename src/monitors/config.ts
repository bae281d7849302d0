import { join } from "node:path";
import { allowedRecipientProblem } from "../core/address.ts";
import { type Config, configFrom, defaultConfig } from "../core/config.ts";
import { parseCron } from "../core/cron.ts";
import { durationInWords, durationMs } from "../core/duration.ts";
import type { ConfigFile } from "../core/generated/config.ts";
import type { Problem } from "../core/problem.ts";
import { zoneProblem } from "../core/zone.ts";
import { readTextFile } from "./file.ts";
import { addressBreaches, type Breach, problemAt } from "./rules.ts";
import { isConfigFile, schemaProblems } from "./schema.ts";
import { parseYaml } from "./yaml.ts";

export const CONFIG_FILE = "partwatch.yaml";
/** Nobody's list needs more, and GitHub starts nothing more often. */
const LEAST_INTERVAL_MS = 5 * 60_000;

export interface ConfigRead {
  /** The defaults where the file is broken: good enough to look for problems in monitors, never to run them. */
  readonly config: Config;
  readonly problems: readonly Problem[];
  readonly isBroken: boolean;
  /** SHA-256 of the file, where there is one. */
  readonly digest?: string;
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
export function parseConfigText(text: string): Pick<ConfigRead, "config" | "problems" | "isBroken"> {
  const { document, problems } = parseYaml({ file: CONFIG_FILE, text });
  if (document === undefined) return { config: defaultConfig(), problems, isBroken: true };
  // A file of remarks alone changes nothing.
  if (document.value === null && problems.length === 0) return { config: defaultConfig(), problems, isBroken: false };
  const all = [...problems, ...schemaProblems("config", document)];
  const value: unknown = document.value;
  if (!isConfigFile(value)) return { config: defaultConfig(), problems: all, isBroken: true };
  const breaches = [...all, ...configBreaches(value).map((breach) => problemAt(document, breach))];
  return { config: configFrom(value), problems: breaches, isBroken: breaches.length > 0 };
}

/** What no schema can say of partwatch.yaml. */
function configBreaches(file: ConfigFile): Breach[] {
  const allowed = (file.allowed_recipients ?? []).map((entry) => entry.toLowerCase());
  return [
    ...zoneBreaches(file),
    ...intervalBreaches(file),
    ...(file.allowed_recipients ?? []).flatMap((entry, index) => {
      const message = allowedRecipientProblem(entry);
      return message === undefined ? [] : [{ path: ["allowed_recipients", index], message }];
    }),
    ...addressBreaches("recipients", file.recipients ?? [], allowed),
    ...branchBreaches(file),
    ...cronBreaches("tick", file.schedule?.tick),
    ...cronBreaches("catch_up", file.schedule?.catch_up),
  ];
}

function zoneBreaches({ timezone }: ConfigFile): Breach[] {
  const problem = timezone === undefined ? undefined : zoneProblem(timezone);
  return problem === undefined ? [] : [{ path: ["timezone"], message: `"${timezone}" ${problem}` }];
}

function intervalBreaches({ limits }: ConfigFile): Breach[] {
  const text = limits?.min_interval;
  if (text === undefined || durationMs(text) >= LEAST_INTERVAL_MS) return [];
  const message = `${text} is too short; ${durationInWords(LEAST_INTERVAL_MS)} are the least.`;
  return [{ path: ["limits", "min_interval"], message }];
}

function cronBreaches(name: "tick" | "catch_up", text: string | undefined): Breach[] {
  if (text === undefined || (name === "catch_up" && text === "off")) return [];
  const parsed = parseCron(text);
  if (parsed.kind === "cron") return [];
  return [{ path: ["schedule", name], message: `"${text}": ${parsed.problems.join(" ")}` }];
}

/** What Git refuses in the name of a branch, beyond the letters. */
function branchBreaches({ state }: ConfigFile): Breach[] {
  const branch = state?.branch;
  if (branch === undefined || !/\.\.|\/\/|\/\.|[./]$|\.lock(?:\/|$)/.test(branch)) return [];
  return [{ path: ["state", "branch"], message: `"${branch}" is no name that Git allows for a branch.` }];
}

async function misnamedProblems(root: string): Promise<Problem[]> {
  const file = "partwatch.yml";
  const read = await readTextFile({ path: join(root, file), file, within: root });
  if (read.kind === "absent") return [];
  return [{ file, line: 1, column: 1, message: `is not read; rename it to ${CONFIG_FILE}.` }];
}
