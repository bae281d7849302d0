// A list's file as a form, and back: fields that the form does not know, or values in another shape, stay as they are.

import { field, own } from "../records.ts";
import { referenceWords } from "../text/reference-words.ts";
import { saysSame } from "./same.ts";

/** Fields of one line of text. */
export const TEXT_FIELDS = [
  "name",
  "description",
  "cron_schedule",
  "timezone",
  "needed_by",
  "remind_after",
  "notify_condition",
  "language",
  "instance",
] as const;
/** Fields of several words, separated by commas. */
export const WORD_FIELDS = ["lists", "tags", "recipients"] as const;
/** Fields of several rows, with their columns. */
export const ROW_FIELDS = {
  parts: ["part", "version", "quantity", "needed_by"],
  watch: ["part", "minimum"],
  silences: ["part", "until", "reason"],
} as const;

export type TextField = (typeof TEXT_FIELDS)[number];
export type WordField = (typeof WORD_FIELDS)[number];
export type RowField = keyof typeof ROW_FIELDS;

export interface FormRow {
  /** Index of its entry in the file; null: a new one. */
  readonly was: number | null;
  /** By column, as typed. */
  readonly cells: Readonly<Record<string, string>>;
}

export interface ListForm {
  readonly texts: Readonly<Record<TextField | WordField, string>>;
  readonly active: boolean;
  readonly rows: Readonly<Record<RowField, readonly FormRow[]>>;
}

export type MonitorFields = Readonly<Record<string, unknown>>;

/** A form from these values; in single-line fields line breaks become blanks, because a browser would drop them. */
export function listForm({
  text,
  active,
  rows,
}: {
  readonly text: (name: TextField | WordField) => string;
  readonly active: boolean;
  readonly rows: (name: RowField) => readonly FormRow[];
}): ListForm {
  const line = (name: TextField | WordField) => oneLine(text(name));
  const flat = (name: RowField) => rows(name).map(({ was, cells }) => ({ was, cells: mapped(cells, oneLine) }));
  return {
    texts: {
      name: line("name"),
      description: text("description").replaceAll("\r\n", "\n"),
      cron_schedule: line("cron_schedule"),
      timezone: line("timezone"),
      needed_by: line("needed_by"),
      remind_after: line("remind_after"),
      notify_condition: line("notify_condition"),
      language: line("language"),
      instance: line("instance"),
      lists: line("lists"),
      tags: line("tags"),
      recipients: line("recipients"),
    },
    active,
    rows: { parts: flat("parts"), watch: flat("watch"), silences: flat("silences") },
  };
}

/** The form for these fields of a file. */
export function formOf(fields: MonitorFields): ListForm {
  return listForm({
    text: (name) => {
      const value = field(fields, name);
      return Array.isArray(value) ? value.map(textOf).join(", ") : textOf(value);
    },
    active: field(fields, "active") !== false,
    rows: (name) => rowsOf(fields, name),
  });
}

/** Whether it is the form of a plan: it has lists instead of parts. */
export function isPlanForm({ texts }: ListForm): boolean {
  return texts.lists.trim() !== "";
}

/** Fields of the file that the form does not show. */
export function unknownFields(fields: MonitorFields): readonly string[] {
  const known: readonly string[] = [...TEXT_FIELDS, ...WORD_FIELDS, ...Object.keys(ROW_FIELDS), "active"];
  return Object.keys(fields).filter((name) => !known.includes(name));
}

/** An entry as in the file, with its index there; null: a new one. */
export interface OwnEntry {
  readonly was: number | null;
  readonly entry: unknown;
}

/** The entries from the form: unchanged cells keep the file's entry, an empty row removes it. */
export function editedEntries(form: ListForm, { name, fields }: InFile): readonly OwnEntry[] {
  const old = listIn(fields, name);
  const before = formOf(fields).rows[name];
  const taken = new Set<number>();
  return form.rows[name].flatMap(({ was: said, cells: typed }): OwnEntry[] => {
    // An entry of the file becomes one entry, whatever was sent.
    const was = said !== null && said < old.length && !taken.has(said) ? said : null;
    if (was !== null) taken.add(was);
    const cells = mapped(typed, trim);
    const shown = was === null ? undefined : mapped(before[was]?.cells ?? {}, trim);
    if (was !== null && saysSame(cells, shown)) return [{ was, entry: old[was] }];
    if (Object.values(cells).every((cell) => cell === "")) return [];
    return [{ was, entry: entryOf(cells, { name, entry: was === null ? undefined : old[was], cells: shown }) }];
  });
}

export interface InFile {
  readonly name: RowField;
  readonly fields: MonitorFields;
}

/** The entries under that name; none if there is something else. */
export function listIn(fields: MonitorFields, name: string): readonly unknown[] {
  const value: unknown = field(fields, name);
  return Array.isArray(value) ? value : [];
}

/** The words of a field, as typed. */
export function wordsIn(text: string): readonly string[] {
  return text
    .split(/[,;\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** A single value as the form shows it; "" for anything else. */
export function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function rowsOf(fields: MonitorFields, name: RowField): readonly FormRow[] {
  const entries: unknown = field(fields, name);
  if (!Array.isArray(entries)) return [];
  return entries.map((entry: unknown, was) => ({
    was,
    cells: Object.fromEntries(ROW_FIELDS[name].map((column) => [column, cellOf(entry, { name, column })])),
  }));
}

function cellOf(entry: unknown, { name, column }: { readonly name: RowField; readonly column: string }): string {
  if (column !== "part") return textOf(field(entry, column));
  if (name !== "parts") return referenceOf(field(entry, "part"));
  const [pk, ipn] = [field(entry, "pk"), field(entry, "ipn")];
  if (pk !== undefined) return `#${textOf(pk)}`;
  return ipn === undefined ? textOf(field(entry, "name")) : `ipn=${textOf(ipn)}`;
}

function referenceOf(part: unknown): string {
  return typeof part === "number" || typeof part === "string" ? referenceWords(part) : "";
}

function mapped(
  cells: Readonly<Record<string, string>>,
  change: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, change(cell)]));
}

function trim(text: string): string {
  return text.trim();
}

function oneLine(text: string): string {
  return text.replace(/[^\S\r\n]*[\r\n]+\s*/g, " ");
}

interface Former {
  readonly name: RowField;
  readonly entry: unknown;
  readonly cells: Readonly<Record<string, string>> | undefined;
}

/** Keys that the form does not know stay. */
function entryOf(cells: Readonly<Record<string, string>>, { name, entry, cells: before }: Former): MonitorFields {
  const kept = new Map<string, unknown>(typeof entry === "object" && entry !== null ? Object.entries(entry) : []);
  const { part = "" } = cells;
  if (part !== (own(before, "part") ?? "")) {
    for (const key of PART_NAMES) kept.delete(key);
    const named = name === "parts" ? namedPart(part) : part === "" ? {} : { part: referenceIn(part) };
    for (const [key, value] of Object.entries(named)) kept.set(key, value);
  }
  const others = Object.entries(cells).filter(([column]) => column !== "part");
  for (const [column, text] of others) {
    if (text === (own(before, column) ?? "")) continue;
    if (text === "") kept.delete(column);
    else kept.set(column, column === "quantity" || column === "minimum" ? numberIn(text) : text);
  }
  return partFirst(kept);
}

/** What names a part, in the order at the beginning of an entry. */
export const PART_NAMES = ["pk", "ipn", "name", "part"] as const;

/** An entry with these fields, beginning with what names the part. */
export function partFirst(entry: Iterable<readonly [string, unknown]>): MonitorFields {
  const order: readonly string[] = [...PART_NAMES, "version"];
  const rank = (key: string) => (order.indexOf(key) < 0 ? order.length : order.indexOf(key));
  return Object.fromEntries([...entry].toSorted(([a], [b]) => rank(a) - rank(b)));
}

function namedPart(text: string): MonitorFields {
  if (/^ipn=./i.test(text)) return { ipn: text.slice("ipn=".length).trim() };
  if (/^#[1-9]\d{0,14}$/.test(text)) return { pk: Number(text.slice(1)) };
  return text === "" ? {} : { name: text };
}

function referenceIn(text: string): number | string {
  if (/^#[1-9]\d{0,14}$/.test(text)) return Number(text.slice(1));
  return /^ipn=./i.test(text) ? text.slice("ipn=".length).trim() : text;
}

/** What is not a number stays as typed: the rules of the file report it. */
function numberIn(text: string): number | string {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
