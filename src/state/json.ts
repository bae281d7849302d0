import { isRecord } from "../core/records.ts";
import { byKey } from "../core/text/code-units.ts";
import { jsonText } from "../core/text/foreign-text.ts";

/** Longest row (an element of a list that holds only plain values) that stands on one line. */
const WIDEST = 200;

/**
 * JSON for people who read `git log -p`: two spaces, keys sorted by code units, each row of a list on one line, a final
 * line break. The same value gives the same bytes.
 */
export function prettyJson(value: unknown): string {
  return `${written(value, "")}\n`;
}

function written(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    const rows = value.map((row: unknown) => inRow(row) ?? written(row, `${indent}  `));
    return block({ open: "[", close: "]", rows, indent });
  }
  if (isRecord(value)) {
    const rows = entries(value).map(([key, inner]) => `${jsonText(key)}: ${written(inner, `${indent}  `)}`);
    return block({ open: "{", close: "}", rows, indent });
  }
  return jsonText(value ?? null);
}

function block(options: {
  readonly open: string;
  readonly close: string;
  readonly rows: readonly string[];
  readonly indent: string;
}): string {
  const { open, close, rows, indent } = options;
  if (rows.length === 0) return open + close;
  return `${open}\n${rows.map((row) => `${indent}  ${row}`).join(",\n")}\n${indent}${close}`;
}

/** A list's element on one line, if it holds plain values only and is not too long. */
function inRow(value: unknown): string | undefined {
  const text = Array.isArray(value) ? rowOfList(value) : isRecord(value) ? rowOfRecord(value) : undefined;
  return text !== undefined && text.length <= WIDEST ? text : undefined;
}

function rowOfList(values: readonly unknown[]): string | undefined {
  if (!values.every(isPlain)) return undefined;
  return `[${values.map((value) => jsonText(value)).join(", ")}]`;
}

function rowOfRecord(record: Readonly<Record<string, unknown>>): string | undefined {
  const present = entries(record);
  if (present.length === 0 || !present.every(([, value]) => isPlain(value))) return undefined;
  return `{ ${present.map(([key, value]) => `${jsonText(key)}: ${jsonText(value)}`).join(", ")} }`;
}

/** Absent values are left out, as JSON.stringify does. */
function entries(record: Readonly<Record<string, unknown>>): [string, unknown][] {
  const present = Object.entries(record).filter(([, value]) => value !== undefined);
  return present.sort(byKey);
}

function isPlain(value: unknown): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
