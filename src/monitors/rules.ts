import type { Problem } from "../core/problem.ts";
import { field } from "../core/records.ts";
import { parseCron } from "../core/schedule/cron.ts";
import { durationInWords } from "../core/schedule/duration.ts";
import { gapBelow } from "../core/schedule/interval.ts";
import { localDate } from "../core/schedule/local-date.ts";
import { zoneProblem } from "../core/schedule/zone.ts";
import { addressProblem, isAllowed } from "../core/settings/address.ts";
import type { Config } from "../core/settings/config.ts";
import { unknownInstance } from "../core/settings/instances.ts";
import { idProblem } from "../core/settings/monitor-id.ts";
import { SAFE_JOINER } from "../core/text/foreign-text.ts";
import { printable } from "../core/text/printable.ts";
import { channelBreaches, needsNoRecipients, type RuleViolation } from "./channel-rules.ts";
import { pathText, type YamlDocument } from "./yaml.ts";

/** Of a list, or of all without one, in the digest. */
export const NO_DIGEST =
  'is digest, but partwatch.yaml does not say when the digest is sent; add there, say, digest: "10 7 * * 1".';

export interface RuleInput {
  readonly document: YamlDocument;
  readonly config: Config;
  /** Start of the 366 days for which occurrences are computed. */
  readonly now: Date;
}

/**
 * Rules for a monitor that a schema cannot express. Fields of a wrong type are skipped, because the schema reports them; the
 * rest of the file is checked all the same.
 */
export function monitorBreaches(input: RuleInput): Problem[] {
  const { document } = input;
  // A file without fields cannot break a rule.
  if (typeof document.value !== "object" || document.value === null || Array.isArray(document.value)) return [];
  const breaches = [
    ...idBreaches(document),
    ...textBreaches(document),
    ...cronBreaches(input),
    ...recipientBreaches(input),
    ...digestBreaches(input),
    ...channelBreaches(field(document.value, "channels"), input.config.monitorDefaults.channels),
    ...listBreaches(input),
  ];
  return breaches.map((breach) => problemAt(document, breach));
}

/** The same for a list that is not a monitor: zone, instance, how many entries, and their quantities. */
export function listProblems(input: RuleInput): Problem[] {
  return listBreaches(input).map((breach) => problemAt(input.document, breach));
}

/** A violation at the position of its value. */
export function problemAt(document: YamlDocument, { path, message, severity }: RuleViolation): Problem {
  const problem = { file: document.file, ...document.placeOf(path), path: pathText(path), message: printable(message) };
  return severity === undefined ? problem : { ...problem, severity };
}

/** The problems of a list of mail addresses, entry by entry, each at its own path. */
export function addressBreaches(
  name: string,
  addresses: readonly unknown[],
  allowed: readonly string[],
): RuleViolation[] {
  const seen = new Set<string>();
  return addresses.flatMap((address, index) => {
    if (typeof address !== "string" || address === "") return [];
    const again = seen.has(address.toLowerCase());
    const exact = addresses.indexOf(address) !== index;
    seen.add(address.toLowerCase());
    const problem = addressProblem(address);
    if (problem !== undefined) return [{ path: [name, index], message: problem }];
    // The schema has reported it already if both are spelt alike.
    if (again && !exact) return [{ path: [name, index], message: "appears twice in the list; keep one of them." }];
    if (isAllowed(address, allowed)) return [];
    const message = `${address} is not allowed: allowed_recipients in partwatch.yaml names ${allowed.join(", ")}.`;
    return [{ path: [name, index], message }];
  });
}

function idBreaches(document: YamlDocument): RuleViolation[] {
  const id = field(document.value, "id");
  if (typeof id !== "string") return [];
  const problem = idProblem(id);
  // Its shape is checked by the schema.
  return problem === undefined || !problem.includes("state branch")
    ? []
    : [{ path: ["id"], message: `"${id}" ${problem}` }];
}

/** A name becomes the subject of mails: one line of visible text. */
function textBreaches(document: YamlDocument): RuleViolation[] {
  const name = field(document.value, "name");
  if (typeof name !== "string" || name === "") return [];
  if (name.trim() === "") return [{ path: ["name"], message: "is empty; write what people call this list." }];
  // Its length is checked by the schema.
  const shown = name.replace(SAFE_JOINER, "");
  if (shown === printable(shown, name.length)) return [];
  return [{ path: ["name"], message: "must be one line without control characters and invisible marks." }];
}

function zoneBreaches(document: YamlDocument): RuleViolation[] {
  const own = field(document.value, "timezone");
  const problem = typeof own === "string" && own !== "" ? zoneProblem(own) : undefined;
  return problem === undefined ? [] : [{ path: ["timezone"], message: `"${String(own)}" ${problem}` }];
}

/** The default is checked with partwatch.yaml. */
function digestBreaches({ document, config }: RuleInput): RuleViolation[] {
  if (field(document.value, "notify_condition") !== "digest" || config.monitorDefaults.digest !== null) return [];
  return [{ path: ["notify_condition"], message: NO_DIGEST }];
}

function cronBreaches({ document, config, now }: RuleInput): RuleViolation[] {
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

/** The first of several sentences continues the cron, the others begin in upper case. */
function sentence(problem: string, index: number): string {
  return index === 0 ? problem : `${problem.slice(0, 1).toUpperCase()}${problem.slice(1)}`;
}

/** A date in the past stays, with a warning, until somebody changes it. */
function dayBreaches({ document, config, now }: RuleInput): RuleViolation[] {
  const own = field(document.value, "timezone");
  const zone = typeof own === "string" && zoneProblem(own) === undefined ? own : config.monitorDefaults.timezone;
  const today = localDate(now, zone);
  const parts = field(document.value, "parts");
  const entries = Array.isArray(parts) ? parts.map((entry: unknown, index) => ({ path: ["parts", index], entry })) : [];
  return [{ path: [], entry: document.value }, ...entries].flatMap(({ path, entry }) => {
    const day = field(entry, "needed_by");
    if (typeof day !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(day) || day >= today) return [];
    const message = `${day} has passed: everything that is still missing is too late. Give a new day, or remove it.`;
    return [{ path: [...path, "needed_by"], message, severity: "warning" as const }];
  });
}

function listBreaches({ document, config, now }: RuleInput): RuleViolation[] {
  return [
    ...dayBreaches({ document, config, now }),
    ...zoneBreaches(document),
    ...instanceBreaches(document, config),
    ...planBreaches(document),
    ...entriesBreaches({ name: "parts", key: "quantity", entries: field(document.value, "parts"), config }),
    ...entriesBreaches({ name: "watch", key: "minimum", entries: field(document.value, "watch"), config }),
  ];
}

/** A plan has its entries, and their dates, from its lists. */
function planBreaches({ value }: YamlDocument): RuleViolation[] {
  if (field(value, "lists") === undefined) return [];
  const breaches: readonly RuleViolation[] = [
    {
      path: ["parts"],
      message: "a plan (lists) has no parts of its own; put them into a list of their own and name it in lists.",
    },
    {
      path: ["needed_by"],
      message: "a plan (lists) takes the days of its lists; put it into the lists that it names.",
    },
  ];
  return breaches.filter(({ path: [name] }) => field(value, String(name)) !== undefined);
}

interface Entries {
  readonly name: "parts" | "watch";
  readonly key: "quantity" | "minimum";
  readonly entries: unknown;
  readonly config: Config;
}

function entriesBreaches({ name, key, entries, config }: Entries): RuleViolation[] {
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

function recipientBreaches({ document, config }: RuleInput): RuleViolation[] {
  const own = field(document.value, "recipients");
  if (Array.isArray(own))
    return own.length === 0 ? nobody(document, config) : addressBreaches("recipients", own, config.allowedRecipients);
  return own === undefined && config.monitorDefaults.recipients.length === 0 ? nobody(document, config) : [];
}

/** There must be somebody to notify, unless mail is switched off on purpose. */
function nobody(document: YamlDocument, config: Config): RuleViolation[] {
  if (needsNoRecipients(field(document.value, "channels"), config.monitorDefaults.channels)) return [];
  return [
    {
      path: ["recipients"],
      message: "nobody would be notified; add addresses, as in recipients: [stock@example.com].",
    },
  ];
}

function instanceBreaches(document: YamlDocument, { instances }: Config): RuleViolation[] {
  const label = field(document.value, "instance");
  const message = typeof label === "string" && label !== "" ? unknownInstance(instances, label) : undefined;
  return message === undefined ? [] : [{ path: ["instance"], message }];
}
