import { Document, Scalar, YAMLSeq } from "yaml";
import { safeYaml } from "../core/text/safe-yaml.ts";

// Small changes of a text at known places: everything between them keeps its bytes.

/** Replaces the text from `from` to `to` (exclusive). */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text with all changes made; they do not overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let result = "";
  let at = 0;
  for (const splice of splices.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    result += text.slice(at, splice.from) + splice.text;
    at = splice.to;
  }
  return result + text.slice(at);
}

/** Where the line with that offset begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Where the line with that offset ends, its line break included; right there if it ended with one. */
export function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

/** The line break that the text uses. */
export function lineBreak(text: string): "\n" | "\r\n" {
  return /\r\n/.test(text) ? "\r\n" : "\n";
}

/** Inserts whole lines before the line that begins at that offset, or after the last one. */
export function insertLines({
  text,
  at,
  lines,
}: {
  readonly text: string;
  readonly at: number;
  readonly lines: readonly string[];
}): Splice {
  const end = lineBreak(text);
  const isUnended = at === text.length && text !== "" && !text.endsWith("\n");
  const block = lines.join(end);
  return { from: at, to: at, text: isUnended ? `${end}${block}` : `${block}${end}` };
}

/** How a string is quoted if there is a choice. */
export type Quotes = Scalar.Type | undefined;

/** One value on one line, valid anywhere, also inside `[…]` and `{…}`. */
export function inline(value: unknown, quotes?: Quotes): string {
  const list = new YAMLSeq();
  list.flow = true;
  const document = new Document(list, { version: "1.2" });
  list.items.push(typeof value === "string" ? quoted(value, quotes) : document.createNode(value));
  const text = safeYaml(document, { lineWidth: 0 }).trim();
  return text.slice(1, -1).trim();
}

/** A list in one line: `[a, b]`. */
export function inlineList(values: readonly unknown[]): string {
  return `[${values.map((entry) => inline(entry)).join(", ")}]`;
}

/** The value of a field of the file's top level, on the line of its key. */
export function fieldValue(value: unknown, quotes?: Quotes): string {
  const node = typeof value === "string" ? quoted(value, quotes) : value;
  const document = new Document({ k: node }, { version: "1.2" });
  return safeYaml(document, { lineWidth: 0 }).trimEnd().slice("k: ".length);
}

/** A field as lines of the file's top level, in the style of the docs: a list of addresses in one line, one part per line. */
export function fieldLines(key: string, value: unknown): readonly string[] {
  if (!Array.isArray(value) && typeof value === "object") return [`${key}: ${inline(value)}`];
  if (!Array.isArray(value)) return [`${key}: ${fieldValue(value, quotesOf(key))}`];
  if (!value.some((entry) => typeof entry === "object")) return [`${key}: ${inlineList(value)}`];
  return [`${key}:`, ...value.map((entry) => `  - ${inline(entry)}`)];
}

/** A cron is always quoted: one that begins with a star has to be. */
function quotesOf(key: string): Quotes {
  return key === "cron_schedule" ? Scalar.QUOTE_DOUBLE : undefined;
}

/** Several lines fit into one only in double quotes. */
function quoted(text: string, quotes: Quotes): Scalar<string> {
  const scalar = new Scalar(text);
  const isQuoted = quotes === Scalar.QUOTE_DOUBLE || quotes === Scalar.QUOTE_SINGLE;
  const type = text.includes("\n") ? Scalar.QUOTE_DOUBLE : isQuoted ? quotes : undefined;
  if (type !== undefined) scalar.type = type;
  return scalar;
}
