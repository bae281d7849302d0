import { printable } from "../core/printable.ts";
import type { Problem } from "../core/problem.ts";
import { field } from "../core/records.ts";
import { parseCron } from "../core/schedule/cron.ts";
import { durationInWords } from "../core/schedule/duration.ts";
import { gapBelow } from "../core/schedule/interval.ts";
import { zoneProblem } from "../core/schedule/zone.ts";
import { addressProblem, isAllowed } from "../core/settings/address.ts";
import type { Config } from "../core/settings/config.ts";
import { unknownInstance } from "../core/settings/instances.ts";
import { idProblem } from "../core/settings/monitor-id.ts";
import { channelBreaches, needsNoRecipients } from "./channel-rules.ts";
import { type Path, pathText, type YamlDocument } from "./yaml.ts";

/** A field that breaks a rule which no schema can express. */
export interface Breach {
  readonly path: Path;
  readonly message: string;
}

export interface RuleQuestion {
  readonly document: YamlDocument;
  readonly config: Config;
  /** Start of the 366 days whose occurrences are looked at. */
  readonly now: Date;
}

/**
 * What a schema cannot say of a monitor. Fields of a wrong type are passed over: the schema has said so, and the rest of
 * the file is looked at all the same.
 */
export function monitorBreaches(question: RuleQuestion): Problem[] {
  const { document } = question;
  // A file without fields has nothing in it that could break a rule.
  if (typeof document.value !== "object" || document.value === null || Array.isArray(document.value)) return [];
  const breaches = [
    ...idBreaches(document),
    ...textBreaches(document),
    ...cronBreaches(question),
    ...recipientBreaches(question),
    ...channelBreaches(field(document.value, "channels"), question.config.monitorDefaults.channels),
    ...listBreaches(question),
  ];
  return breaches.map((breach) => problemAt(document, breach));
}

/** What a schema cannot say of a list that is no monitor yet: zone, instance, how many entries, and their quantities. */
export function listProblems(question: RuleQuestion): Problem[] {
  return listBreaches(question).map((breach) => problemAt(question.document, breach));
}

/** A breach at the place of its value. */
export function problemAt(document: YamlDocument, { path, message }: Breach): Problem {
  return { file: document.file, ...document.placeOf(path), path: pathText(path), message: printable(message) };
}

/** What is wrong with a list of mail addresses, entry by entry, each at its own path. */
export function addressBreaches(name: string, addresses: readonly unknown[], allowed: readonly string[]): Breach[] {
  const seen = new Set<string>();
  return addresses.flatMap((address, index) => {
    if (typeof address !== "string" || address === "") return [];
    const again = seen.has(address.toLowerCase());
    const exact = addresses.indexOf(address) !== index;
    seen.add(address.toLowerCase());
    const problem = addressProblem(address);
    if (problem !== undefined) return [{ path: [name, index], message: problem }];
    // The schema has already said so where both are spelt alike.
    if (again && !exact) return [{ path: [name, index], message: "stands twice in the list; keep one of them." }];
    if (isAllowed(address, allowed)) return [];
    const message = `${address} may not be told: allowed_recipients in partwatch.yaml names ${allowed.join(", ")}.`;
    return [{ path: [name, index], message }];
  });
}

function idBreaches(document: YamlDocument): Breach[] {
  const id = field(document.value, "id");
  if (typeof id !== "string") return [];
  const problem = idProblem(id);
  // Its shape is the schema's business.
  return problem === undefined || !problem.includes("state branch")
    ? []
    : [{ path: ["id"], message: `"${id}" ${problem}` }];
}

/** A name becomes the subject of mails: one line of visible text. */
function textBreaches(document: YamlDocument): Breach[] {
  const name = field(document.value, "name");
  if (typeof name !== "string" || name === "") return [];
  if (name.trim() === "") return [{ path: ["name"], message: "is empty; write what people call this list." }];
  // How long it may be is the schema's business.
  if (name === printable(name, name.length)) return [];
  return [{ path: ["name"], message: "must be one line without control characters and invisible marks." }];
}

function zoneBreaches(document: YamlDocument): Breach[] {
  const own = field(document.value, "timezone");
  const problem = typeof own === "string" && own !== "" ? zoneProblem(own) : undefined;
  return problem === undefined ? [] : [{ path: ["timezone"], message: `"${String(own)}" ${problem}` }];
}

function cronBreaches({ document, config, now }: RuleQuestion): Breach[] {
  const text = field(document.value, "cron_schedule");
  if (typeof text !== "string" || text === "" || text.length > 200) return [];
  const parsed = parseCron(text);
  const path = ["cron_schedule"];
  if (parsed.kind === "invalid") return [{ path, message: `"${text}": ${parsed.problems.map(sentence).join(" ")}` }];
  const own = field(document.value, "timezone");
  const zone = typeof own === "string" && zoneProblem(own) === undefined ? own : config.monitorDefaults.timezone;
  const least = config.limits.minIntervalMs;
  const gap = gapBelow(least, { cron: parsed.cron, zone, from: now.getTime() });
  if (gap === undefined) return [];
  const apart = `two checks would be ${durationInWords(gap)} apart; at least ${durationInWords(least)} are wanted`;
  return [{ path, message: `"${text}": ${apart} (limits.min_interval in partwatch.yaml).` }];
}

/** The first of several sentences is written as the continuation of the cron, the others begin anew. */
function sentence(problem: string, index: number): string {
  return index === 0 ? problem : `${problem.slice(0, 1).toUpperCase()}${problem.slice(1)}`;
}

function listBreaches({ document, config }: RuleQuestion): Breach[] {
  return [
    ...zoneBreaches(document),
    ...instanceBreaches(document, config),
    ...entriesBreaches({ name: "parts", key: "quantity", entries: field(document.value, "parts"), config }),
    ...entriesBreaches({ name: "watch", key: "minimum", entries: field(document.value, "watch"), config }),
  ];
}

interface Entries {
  readonly name: "parts" | "watch";
  readonly key: "quantity" | "minimum";
  readonly entries: unknown;
  readonly config: Config;
}

function entriesBreaches({ name, key, entries, config }: Entries): Breach[] {
  if (!Array.isArray(entries)) return [];
  const most = config.limits.parts;
  const many = `has ${entries.length} entries, where ${most} are the most (limits.parts in partwatch.yaml).`;
  const fine = entries.flatMap((entry: unknown, index) => {
    const value = field(entry, key);
    if (typeof value !== "number" || !Number.isFinite(value) || value < 0 || value > 1e10) return [];
    if (Number(value.toFixed(5)) === value) return [];
    return [{ path: [name, index, key], message: `${value} has more than five decimals; InvenTree counts in five.` }];
  });
  return entries.length > most ? [{ path: [name], message: many }, ...fine] : fine;
}

function recipientBreaches({ document, config }: RuleQuestion): Breach[] {
  const own = field(document.value, "recipients");
  if (Array.isArray(own))
    return own.length === 0 ? nobody(document, config) : addressBreaches("recipients", own, config.allowedRecipients);
  return own === undefined && config.monitorDefaults.recipients.length === 0 ? nobody(document, config) : [];
}

/** Somebody has to be told, unless mail is switched off on purpose. */
function nobody(document: YamlDocument, config: Config): Breach[] {
  if (needsNoRecipients(field(document.value, "channels"), config.monitorDefaults.channels)) return [];
  return [
    { path: ["recipients"], message: "nobody would be told; add addresses, as in recipients: [stock@example.com]." },
  ];
}

function instanceBreaches(document: YamlDocument, { instances }: Config): Breach[] {
  const label = field(document.value, "instance");
  const message = typeof label === "string" && label !== "" ? unknownInstance(instances, label) : undefined;
  return message === undefined ? [] : [{ path: ["instance"], message }];
}
