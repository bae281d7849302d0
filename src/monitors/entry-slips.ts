import { field, isRecord } from "../core/records.ts";
import { meantField } from "./near-fields.ts";
import { meantNumber } from "./number-words.ts";
import { type EntryList, entryText, pairText } from "./written-entry.ts";
import type { Path } from "./yaml.ts";

/** An entry or field in a shape that was meant differently. */
export interface EntrySlip {
  readonly path: Path;
  readonly message: string;
  /** At the key instead of its value. */
  readonly atKey?: boolean;
  /** Paths of problems (missing, unknown) that only follow from it. */
  readonly explains?: readonly Path[];
}

export const ENTRY = ["pk", "ipn", "name", "version", "quantity", "needed_by"];
export const RULE = ["part", "category", "all", "minimum", "location"];

interface Entries {
  readonly name: EntryList;
  readonly value: unknown;
}

/** Entries of a list that are written in some other way. */
export function entriesSlips({ name, value }: Entries): EntrySlip[] {
  if (typeof value === "string")
    return [
      {
        path: [name],
        message: `must be a list; write ${entryText(name, firstOf(value))} below it, each in a line of its own.`,
      },
    ];
  if (Array.isArray(value))
    return value.flatMap((entry: unknown, index): EntrySlip[] => {
      const more = goesOn({ name, entry, before: value[index - 1] });
      if (more.length > 0)
        return [
          {
            path: [name, index],
            message: "goes on with the entry above it: write a blank instead of the dash.",
            explains: more.map((missing) => [name, index - 1, missing]),
          },
        ];
      const message = entrySlip(name, entry);
      return message === undefined ? [] : [{ path: [name, index], message }];
    });
  if (!isRecord(value)) return [];
  const isEntry = Object.keys(value).some((key) => (name === "parts" ? ENTRY : RULE).includes(key));
  const [first] = Object.entries(value);
  if (isEntry)
    return [
      {
        path: [name],
        message: "must be a list: put a dash and a blank before each entry, as in - name: Sensor Board.",
      },
    ];
  return first === undefined
    ? []
    : [{ path: [name], message: `must be a list: write ${pairText(name, [first[0], amountOf(first[1])])}` }];
}

/** `Board:25, Chip:3` are two entries. */
function firstOf(text: string): string {
  const all = text.split(/[,;\n]\s*/).filter((one) => one.trim() !== "");
  return all.length > 1 && all.every((one) => /:\s*\d+(?:\.\d+)?\s*$/.test(one)) ? (all[0] ?? text) : text;
}

/** A dash too many: the entry has only what the one above lacks. */
function goesOn({
  name,
  entry,
  before,
}: {
  readonly name: EntryList;
  readonly entry: unknown;
  readonly before: unknown;
}): readonly string[] {
  const amount = amountField(name);
  if (!isRecord(entry) || !isRecord(before) || field(before, amount) !== undefined) return [];
  const keys = Object.keys(entry);
  const isRest =
    keys.includes(amount) && keys.every((key) => !NAMING.includes(key) && field(before, key) === undefined);
  return isRest && Object.keys(before).some((key) => NAMING.includes(key)) ? keys : [];
}

/** Fields that name the part. */
const NAMING = ["pk", "ipn", "name", "part", "category", "all"];

function amountField(name: EntryList): "quantity" | "minimum" {
  return name === "parts" ? "quantity" : "minimum";
}

function entrySlip(name: EntryList, entry: unknown): string | undefined {
  if (typeof entry === "string" || typeof entry === "number") return `write ${entryText(name, String(entry))}`;
  const meant = Array.isArray(entry) ? listed(entry) : isRecord(entry) ? keyed(name, entry) : undefined;
  if (meant === undefined) return undefined;
  return `write ${pairText(name, [meant.word, meant.amount], meant.more)}`;
}

/** A part and its other fields. */
interface Meant {
  readonly word: string;
  readonly amount: number | undefined;
  readonly more?: Readonly<Record<string, string>>;
}

/** `[Cable, 25]` */
function listed(entry: readonly unknown[]): Meant | undefined {
  const [word, much, ...more] = entry;
  return typeof word === "string" && more.length === 0 ? { word, amount: amountOf(much) } : undefined;
}

/** `Cable: 25`, `Cable: { quantity: 25 }`, `{ Cable, 25 }`, `{ name: Cable, 25 }`, and a name above its other fields. */
function keyed(name: EntryList, entry: Readonly<Record<string, unknown>>): Meant | undefined {
  const fields = name === "parts" ? ENTRY : RULE;
  const numbers = Object.keys(entry).filter((key) => field(entry, key) === null && isDigits(key));
  const [number] = numbers;
  const others = Object.keys(entry).filter((key) => !numbers.includes(key));
  if (numbers.length > 1) return undefined;
  const word = name === "parts" ? "name" : "part";
  const [only] = others;
  const named = field(entry, word);
  if (others.length === 1 && only === word && number !== undefined && typeof named === "string")
    return { word: named, amount: Number(number) };
  const strange = others.filter((key) => meantField(key, fields) === undefined);
  const known = others.filter((key) => !strange.includes(key));
  const [key] = strange;
  if (key === undefined || strange.length > 1 || known.some((one) => !fields.includes(one) || NAMING.includes(one)))
    return undefined;
  const value = field(entry, key);
  if (isDigits(key) && typeof value === "string") return { word: value, amount: Number(key) };
  if (number !== undefined) return value === null ? { word: key, amount: Number(number) } : undefined;
  if (known.length > 0 && value !== null) return undefined;
  const inner = isRecord(value) ? value : known.length > 0 ? entry : {};
  const more = Object.entries(inner).filter(([one]) => fields.includes(one) && !NAMING.includes(one));
  if (isRecord(value) && (more.length === 0 || more.length < Object.keys(value).filter((one) => !isDigits(one)).length))
    return undefined;
  const amount = amountOf(isRecord(value) || known.length > 0 ? field(inner, amountField(name)) : value);
  const rest = more.flatMap(([one, text]) => (one === amountField(name) ? [] : [[one, String(text)] as const]));
  return { word: key, amount: withCut(amount, value), more: Object.fromEntries(rest) };
}

/** `{ quantity: 2,5 }`: the comma has cut a number. */
function withCut(amount: number | undefined, value: unknown): number | undefined {
  const [cut, ...more] = isRecord(value) ? Object.keys(value).filter((key) => field(value, key) === null) : [];
  return cut !== undefined && more.length === 0 && isDigits(cut) ? Number(`${amount}.${cut}`) : amount;
}

function isDigits(text: string): boolean {
  return /^\d+(?:\.\d+)?$/.test(text);
}

/** A number as it was meant; undefined if that is unclear. */
function amountOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (Array.isArray(value) && value.length === 1) return amountOf(value[0]);
  const number = typeof value === "string" ? (isDigits(value) ? value : meantNumber(value)?.number) : undefined;
  return number === undefined ? undefined : Number(number);
}
