import { field } from "../core/records.ts";
import { idProblem } from "../core/settings/monitor-id.ts";
import { parsePartArgument } from "../core/settings/part-argument.ts";
import { parsePartList } from "../core/settings/part-list.ts";
import { printable } from "../core/text/printable.ts";
import { oldCron } from "./legacy-cron.ts";
import type { Path } from "./yaml.ts";

/** A list of an older program, translated but not yet validated. */
export interface OldList {
  /** Its path in the old file. */
  readonly path: Path;
  /** By field names of a monitor's file. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** What was left out or changed, in sentences. */
  readonly notes: readonly string[];
  /** The old file's field for one of ours with another name. */
  readonly sources: Readonly<Record<string, string>>;
  /** By index of our parts, the index there. */
  readonly entries: readonly number[];
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Old names of fields; the first that exists counts. */
const NAMES = {
  name: ["name", "title"],
  cron_schedule: ["cron_schedule", "cron", "schedule"],
  timezone: ["timezone", "tz"],
  parts: ["parts", "items"],
  recipients: ["recipients", "emails"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Fields with the same meaning in both. */
const SAME = ["description", "tags", "language"] as const;

/** Translates one list. `key` is its key, if lists were kept by id or name. */
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
  const recipients = first("recipients");
  const timezone = first("timezone");
  const schedule = scheduleOf(first("cron_schedule"), take("interval_minutes"));
  const condition = conditionOf(take("notify_condition"));
  const isHashed = (take("last_hash") ?? null) !== null;
  const same = Object.fromEntries(SAME.map((name) => [name, take(name) ?? undefined]));
  const fields = {
    id: id.id,
    name: textOf(first("name") ?? (key !== undefined && !UUID.test(key) ? key : undefined)),
    active: activeOf(take("active")),
    cron_schedule: schedule.cron,
    timezone,
    parts: parts.entries,
    recipients: recipientsOf(recipients),
    notify_condition: condition.condition,
    ...same,
  };
  const unknown = [...all].filter(([, left]) => left !== null).map(([name]) => printable(name, 60));
  const notes = [
    ...id.notes,
    ...schedule.notes,
    ...condition.notes,
    ...parts.notes,
    ...(timezone === undefined && schedule.cron !== undefined
      ? ["no timezone is named: the cron is read in the zone of partwatch.yaml, UTC by default."]
      : []),
    ...(isHashed ? ["last_hash is left out: the first check notifies, and later checks compare with that."] : []),
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

/** A cron, or an interval that a cron can express. */
function scheduleOf(cron: unknown, interval: unknown): { readonly cron?: unknown; readonly notes: readonly string[] } {
  const minutes = Number(interval ?? Number.NaN);
  if (typeof cron === "string") {
    const { text, notes } = oldCron(cron);
    const unused = Number.isFinite(minutes) ? [`interval_minutes ${minutes} is left out: the cron decides.`] : [];
    return { cron: text, notes: [...notes, ...unused] };
  }
  if (cron !== undefined) return { cron, notes: [] };
  const text = cronEvery(minutes);
  if (text !== undefined) return { cron: text, notes: [`checked every ${minutes} minutes: as a cron, ${text}.`] };
  if (Number.isFinite(minutes)) return { notes: [`interval_minutes ${minutes} is left out: no cron can express it.`] };
  return { notes: [] };
}

/** Not at minute 0, when GitHub starts latest. */
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
    notes: [`notify_condition ${JSON.stringify(printable(String(value), 60))} is not known here; on_change is used.`],
  };
}

function activeOf(value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (value === 1 || /^(true|yes|1)$/i.test(String(value))) return true;
  return value === 0 || /^(false|no|0)$/i.test(String(value)) ? false : value;
}

/** A list, or addresses separated by commas. Each once. */
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
    : typeof value === "string"
      ? rowsIn(value)
      : typeof value === "object" && value !== null
        ? Object.entries(value).map(([name, quantity]) => ({ name, quantity }))
        : [];
  const read = rows.map((row, index) => ({ index, ...entryOf(row) }));
  // If nothing is left, the entries say why.
  const isZero = (one: OldEntry) => field(one.entry, "quantity") === 0 && !read.every(isNothing);
  const kept = read.filter((one) => !isZero(one));
  const zero = read.filter(isZero);
  const isMap = rows.length > 0 && !Array.isArray(value);
  const numbered = kept.flatMap(({ index }) => numberAsText(rows[index]));
  const ambiguous = kept.filter(({ isEither }) => isEither || isMap).map(({ entry }) => String(field(entry, "name")));
  const unread = new Set(kept.flatMap(({ index }) => unreadIn(rows[index])));
  return {
    entries: kept.map(({ entry }) => entry),
    indexes: kept.map(({ index }) => index),
    notes: [
      ...zero.map(({ entry, index }) => `part ${index + 1} (${wordsOf(entry)}) is left out: its quantity is 0.`),
      ...(ambiguous.length > 0
        ? [`taken as names: ${printable(ambiguous.join(", "), 300)}. Where one is an IPN, write ipn instead of name.`]
        : []),
      ...(numbered.length > 0 ? [`${numbered.join(", ")}: taken as the part's pk in InvenTree.`] : []),
      ...(unread.size > 0 ? [`${[...unread].join(", ")} of parts: not known here; left out.`] : []),
    ],
  };
}

function isNothing({ entry }: OldEntry): boolean {
  return field(entry, "quantity") === 0;
}

/** `Board:5, Chip:3` */
function rowsIn(text: string): readonly unknown[] {
  const { entries, wrong } = parsePartList([text]);
  return wrong.length === 0 ? entries : [text];
}

/** Old names for a part's reference; the first that exists counts. */
const PART_FIELDS: readonly string[] = [
  ...["name", "part_name", "name_or_ipn", "ipn", "IPN", "part_id", "pk"],
  ...["version", "revision", "quantity", "qty"],
];

/** Fields with the same meaning; only the first that exists is read. */
const SAME_THING = [
  ["name", "part_name", "name_or_ipn"],
  ["ipn", "IPN"],
  ["part_id", "pk"],
  ["version", "revision"],
  ["quantity", "qty"],
] as const;

function unreadIn(row: unknown): readonly string[] {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return [];
  const said = Object.entries(row).filter(([, value]) => (value ?? "") !== "");
  const seconds = SAME_THING.flatMap((names) => names.filter((name) => said.some(([one]) => one === name)).slice(1));
  const left = said.filter(([name]) => !PART_FIELDS.includes(name) || seconds.some((second) => second === name));
  return left.map(([name]) => printable(name, 60));
}

/** A pk that was kept as a text. */
function numberAsText(row: unknown): readonly string[] {
  const part = field(row, "part_id") ?? field(row, "pk");
  return typeof part === "string" && PK.test(part) ? [`part_id "${part}"`] : [];
}

const PK = /^[1-9]\d{0,9}$/;

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
  if (Array.isArray(row) && row.length === 2) return entryOf({ name: row[0], quantity: row[1] });
  const fields = new Map<string, unknown>(Object.entries(row));
  const either = textOf(fields.get("name_or_ipn"));
  const part = fields.get("part_id") ?? fields.get("pk");
  const quantity = numberOf(fields.get("quantity") ?? fields.get("qty"));
  const entry = {
    name: textOf(
      fields.get("name") ??
        fields.get("part_name") ??
        either ??
        (typeof part === "string" && !PK.test(part) ? part : undefined),
    ),
    ipn: textOf(fields.get("ipn") ?? fields.get("IPN")),
    pk: typeof part === "number" ? part : typeof part === "string" && PK.test(part) ? Number(part) : undefined,
    version: textOf(fields.get("version") ?? fields.get("revision")),
    quantity,
  };
  const said = Object.entries(entry).filter(([, one]) => one !== undefined && one !== null && one !== "");
  return {
    entry: Object.fromEntries(said),
    isEither: !fields.has("name") && (either !== undefined || (typeof part === "string" && !PK.test(part))),
  };
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
