import { printable } from "../core/printable.ts";
import { field } from "../core/records.ts";
import { idProblem } from "../core/settings/monitor-id.ts";
import { parsePartArgument } from "../core/settings/part-argument.ts";
import type { Path } from "./yaml.ts";

/** A list of an older program in the words of this one. Nothing of it is validated yet. */
export interface OldList {
  /** Where it stands in the old file. */
  readonly path: Path;
  /** By the names of a monitor's file. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** What was left out or changed, in sentences. */
  readonly notes: readonly string[];
  /** The field of the old file for one of ours that was called otherwise. */
  readonly sources: Readonly<Record<string, string>>;
  /** By index of our parts, the index there. */
  readonly entries: readonly number[];
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What fields were called; the first that is there counts. */
const NAMES = {
  name: ["name", "title"],
  cron_schedule: ["cron_schedule", "cron", "schedule"],
  timezone: ["timezone", "tz"],
  parts: ["parts", "items"],
  recipients: ["recipients", "emails"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Fields that mean here what they meant there. */
const SAME = ["description", "tags", "language"] as const;

/** Translates one list. `key` is the field that it was the value of, where lists were kept by id or name. */
export function oldList({
  value,
  path,
  key,
}: {
  readonly value: object;
  readonly path: Path;
  readonly key: string | undefined;
}): OldList {
  const all = new Map<string, unknown>(Object.entries(value));
  const take = (name: string): unknown => {
    const found = all.get(name);
    all.delete(name);
    return found === "" ? null : found;
  };
  const sources: Record<string, string> = {};
  const first = (name: keyof typeof NAMES): unknown => {
    const source = NAMES[name].find((one) => (all.get(one) ?? "") !== "");
    if (source !== undefined) sources[name] = source;
    return source === undefined ? undefined : take(source);
  };
  const id = idOf(take("id"), key);
  const parts = partsOf(first("parts"));
  const schedule = scheduleOf(first("cron_schedule"), take("interval_minutes"));
  const condition = conditionOf(take("notify_condition"));
  const isHashed = (take("last_hash") ?? null) !== null;
  const same = Object.fromEntries(SAME.map((name) => [name, take(name) ?? undefined]));
  const fields = {
    id: id.id,
    name: textOf(first("name") ?? (key !== undefined && !UUID.test(key) ? key : undefined)),
    active: activeOf(take("active")),
    cron_schedule: schedule.cron,
    timezone: first("timezone"),
    parts: parts.entries,
    recipients: recipientsOf(first("recipients")),
    notify_condition: condition.condition,
    ...same,
  };
  const unknown = [...all].filter(([, left]) => left !== null).map(([name]) => printable(name, 60));
  const notes = [
    ...id.notes,
    ...schedule.notes,
    ...condition.notes,
    ...parts.notes,
    ...(isHashed ? ["last_hash is left out: the first check tells, and then knows what was told."] : []),
    ...(unknown.length > 0 ? [`${unknown.join(", ")}: not known here; left out.`] : []),
  ];
  return { path, fields, notes, sources, entries: parts.indexes };
}

function idOf(own: unknown, key: string | undefined): { readonly id?: string; readonly notes: readonly string[] } {
  const text = own === undefined || own === null ? key : String(own);
  if (text === undefined || (own === undefined && !UUID.test(text))) return { notes: [] };
  if (idProblem(text) === undefined) return { id: text, notes: [] };
  return {
    notes: [`id ${JSON.stringify(printable(text, 80))} is left out: it can be no id here; the file's name is one.`],
  };
}

/** A cron, or an interval that a cron can say. */
function scheduleOf(cron: unknown, interval: unknown): { readonly cron?: unknown; readonly notes: readonly string[] } {
  if (cron !== undefined) return { cron: typeof cron === "string" ? cron.trim() : cron, notes: [] };
  const minutes = Number(interval ?? Number.NaN);
  const text = cronEvery(minutes);
  if (text !== undefined) return { cron: text, notes: [`checked every ${minutes} minutes: as a cron, ${text}.`] };
  if (Number.isFinite(minutes)) return { notes: [`interval_minutes ${minutes} is left out: no cron can say it.`] };
  return { notes: [] };
}

/** Off minute 0, at which GitHub starts latest of all. */
function cronEvery(minutes: number): string | undefined {
  if (!Number.isInteger(minutes) || minutes < 1) return undefined;
  if (minutes < 60) return 60 % minutes === 0 ? `*/${minutes} * * * *` : undefined;
  const hours = minutes / 60;
  if (hours === 1) return "10 * * * *";
  if (hours === 24) return "10 7 * * *";
  return Number.isInteger(hours) && 24 % hours === 0 ? `10 */${hours} * * *` : undefined;
}

function conditionOf(value: unknown): { readonly condition?: string; readonly notes: readonly string[] } {
  if (value === undefined || value === null) return { notes: [] };
  const text = String(value)
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  if (text === "always" || text === "on_change") return { condition: text, notes: [] };
  if (text === "onchange" || text === "change") return { condition: "on_change", notes: [] };
  return {
    notes: [`notify_condition ${JSON.stringify(printable(String(value), 60))} is not known here; it tells on_change.`],
  };
}

function activeOf(value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (value === 1 || /^(true|yes|1)$/i.test(String(value))) return true;
  return value === 0 || /^(false|no|0)$/i.test(String(value)) ? false : value;
}

/** A list, or addresses with commas between them. Each once. */
function recipientsOf(value: unknown): unknown {
  const list: readonly unknown[] =
    typeof value === "string" ? value.split(/[,;\n]/) : Array.isArray(value) ? value : [];
  const texts = list
    .map((one) => (typeof one === "string" ? one.trim() : one))
    .filter((one) => one !== "" && one !== null);
  const seen = new Set<string>();
  const unique = texts.filter((one) => {
    const known = String(one).toLowerCase();
    return !seen.has(known) && seen.add(known);
  });
  return unique.length === 0 ? undefined : unique;
}

interface OldParts {
  readonly entries: readonly unknown[];
  readonly indexes: readonly number[];
  readonly notes: readonly string[];
}

function partsOf(value: unknown): OldParts {
  const rows: readonly unknown[] = Array.isArray(value)
    ? value
    : typeof value === "object" && value !== null
      ? Object.entries(value).map(([name, quantity]) => ({ name, quantity }))
      : [];
  const read = rows.map((row, index) => ({ index, ...entryOf(row) }));
  const kept = read.filter(({ entry }) => field(entry, "quantity") !== 0);
  const zero = read.filter(({ entry }) => field(entry, "quantity") === 0);
  const ambiguous = kept.filter(({ isEither }) => isEither).map(({ entry }) => String(field(entry, "name")));
  const unread = new Set(kept.flatMap(({ index }) => unreadIn(rows[index])));
  return {
    entries: kept.map(({ entry }) => entry),
    indexes: kept.map(({ index }) => index),
    notes: [
      ...zero.map(({ entry, index }) => `part ${index + 1} (${wordsOf(entry)}) is left out: its quantity is 0.`),
      ...(ambiguous.length > 0
        ? [`taken as names: ${printable(ambiguous.join(", "), 300)}. Where one is an IPN, write ipn instead of name.`]
        : []),
      ...(unread.size > 0 ? [`${[...unread].join(", ")} of parts: not known here; left out.`] : []),
    ],
  };
}

/** What parts were described by; the first that is there counts. */
const PART_FIELDS: readonly string[] = [
  ...["name", "part_name", "name_or_ipn", "ipn", "IPN", "part_id", "pk"],
  ...["version", "revision", "quantity", "qty"],
];

function unreadIn(row: unknown): readonly string[] {
  if (typeof row !== "object" || row === null) return [];
  const left = Object.entries(row).filter(([name, value]) => !PART_FIELDS.includes(name) && (value ?? "") !== "");
  return left.map(([name]) => printable(name, 60));
}

interface OldEntry {
  readonly entry: object;
  /** The old field held a name or an IPN. */
  readonly isEither: boolean;
}

function entryOf(row: unknown): OldEntry {
  if (typeof row === "string") {
    const read = parsePartArgument(row);
    return { entry: read.kind === "entry" ? read.entry : { name: row }, isEither: false };
  }
  if (typeof row !== "object" || row === null) return { entry: {}, isEither: false };
  const of = new Map<string, unknown>(Object.entries(row));
  const either = textOf(of.get("name_or_ipn"));
  const part = of.get("part_id") ?? of.get("pk");
  const quantity = numberOf(of.get("quantity") ?? of.get("qty"));
  const entry = {
    name: textOf(of.get("name") ?? of.get("part_name") ?? either ?? (typeof part === "string" ? part : undefined)),
    ipn: textOf(of.get("ipn") ?? of.get("IPN")),
    pk: typeof part === "number" ? part : undefined,
    version: textOf(of.get("version") ?? of.get("revision")),
    quantity,
  };
  const said = Object.entries(entry).filter(([, one]) => one !== undefined && one !== null && one !== "");
  return { entry: Object.fromEntries(said), isEither: either !== undefined && !of.has("name") };
}

function wordsOf(entry: object): string {
  const { name, ipn, pk } = { name: undefined, ipn: undefined, pk: undefined, ...entry };
  return printable(String(name ?? ipn ?? (pk === undefined ? "without a name" : `#${pk}`)), 80);
}

function numberOf(value: unknown): unknown {
  return typeof value === "string" && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
}

/** Numbers were names, too. */
function textOf(value: unknown): unknown {
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? value.trim() : value;
}
