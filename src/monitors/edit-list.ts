import { isDeepStrictEqual } from "node:util";
import { isMap, isNode, isScalar, type Pair, type YAMLSeq } from "yaml";
import { field } from "../core/records.ts";
import { byKey } from "../core/text/code-units.ts";
import { jsonText } from "../core/text/foreign-text.ts";
import { inline, insertLines, lineEnd, lineStart, type Splice } from "./edit-text.ts";

interface ListEditInput {
  readonly text: string;
  readonly list: YAMLSeq;
  readonly old: readonly unknown[];
  readonly wanted: readonly unknown[];
  /** The file is written as JSON. */
  readonly json: boolean;
}

interface Match {
  /** By index of the old entry: its new value; undefined: removed. */
  readonly next: readonly unknown[];
  readonly added: readonly unknown[];
}

/**
 * Turns a list into the wanted one: existing entries stay where they are, if only the quantity of a part changes only the
 * number is replaced, others are removed, and new ones are appended.
 */
export function listEdit(input: ListEditInput): FieldEdit | undefined {
  const { text, list, old, wanted, json } = input;
  const { next, added } = matched(old, wanted);
  const value = [...next.filter((entry) => entry !== undefined), ...added];
  if (isDeepStrictEqual(value, old)) return undefined;
  const moved = list.items.flatMap((item, index) => entrySplice({ item, old: old[index], next: next[index], json }));
  const additions = added.map((entry) => (json ? jsonText(entry) : likeOthers(entry, { text, list })));
  if (list.flow === true) {
    const pieces = list.items.map((item, index) => ({ ...rangeOf(item), keep: next[index] !== undefined }));
    const { from, to } = rangeOf(list);
    return { value, splices: [...moved, ...flowSplices({ text, range: [from, to], pieces, additions })] };
  }
  const dashes = dashesOf(list);
  const extents = list.items.map((item, index) => ({
    from: lineStart(text, dashes[index] ?? 0),
    to: lineEnd(text, Math.max(rangeOf(item).to, (dashes[index] ?? 0) + 1)),
  }));
  const gone = extents.flatMap((extent, index): Splice[] =>
    next[index] === undefined ? [{ ...extent, text: "" }] : [],
  );
  const end = extents.at(-1)?.to;
  const dash = dashes[0];
  if (added.length === 0 || end === undefined || dash === undefined) return { value, splices: [...moved, ...gone] };
  const indent = text.slice(lineStart(text, dash), dash);
  const entries = { text, list, dash, indent };
  const lines = added.flatMap((entry, index) => newEntry({ ...entries, entry, rendered: additions[index] ?? "" }));
  return { value, splices: [...moved, ...gone, insertLines({ text, at: end, lines })] };
}

/** On one line, with quotes and braces like the first entry. */
function likeOthers(entry: unknown, { text, list }: Pick<ListEditInput, "text" | "list">): string {
  const [first] = list.items;
  const rendered = inline(entry, isScalar(first) ? first.type : undefined);
  const isTight = isMap(first) && first.flow === true && /^\{\S/.test(text.slice(rangeOf(first).from));
  return isTight ? rendered.replace(/^\{ (.*) \}$/s, "{$1}") : rendered;
}

/** Equal entries first, then those of the same part; each old and each new entry once. */
function matched(old: readonly unknown[], wanted: readonly unknown[]): Match {
  const next: unknown[] = old.map(() => undefined);
  const taken = new Set<number>();
  for (const isSame of [isDeepStrictEqual, isSamePart]) {
    for (const [at, entry] of wanted.entries()) {
      if (taken.has(at)) continue;
      const index = old.findIndex((other, place) => next[place] === undefined && isSame(other, entry));
      if (index < 0) continue;
      next[index] = entry;
      taken.add(at);
    }
  }
  return { next, added: wanted.filter((_entry, at) => !taken.has(at)) };
}

/** All but the quantity is the same. */
function isSamePart(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return false;
  return isDeepStrictEqual(
    new Map(Object.entries({ ...a, quantity: 0 }).sort(byKey)),
    new Map(Object.entries({ ...b, quantity: 0 }).sort(byKey)),
  );
}

/** Only the quantity if it is a number; else the whole entry. */
function entrySplice(change: {
  readonly item: unknown;
  readonly old: unknown;
  readonly next: unknown;
  readonly json: boolean;
}): Splice[] {
  const { item, old, next, json } = change;
  if (next === undefined || isDeepStrictEqual(old, next)) return [];
  const quantity = field(next, "quantity");
  const pair = isMap(item) ? item.items.find(isQuantity) : undefined;
  if (pair !== undefined && isScalar(pair.value) && rangeOf(pair.value).from < rangeOf(pair.value).to)
    return [{ ...rangeOf(pair.value), text: inline(quantity) }];
  return [{ ...rangeOf(item), text: json ? jsonText(next) : inline(next) }];
}

function isQuantity({ key }: Pair): boolean {
  return isScalar(key) && key.value === "quantity";
}

/** A new entry, written like the others: in one line, or one line per field. */
function newEntry(options: {
  readonly text: string;
  readonly list: YAMLSeq;
  readonly dash: number;
  readonly indent: string;
  readonly entry: unknown;
  readonly rendered: string;
}): string[] {
  const { text, list, dash, indent, entry, rendered } = options;
  const [first] = list.items;
  const lead = /^-( +)[^\s#]/.exec(text.slice(dash, dash + 40))?.[1] ?? " ";
  const inLines = isMap(first) && first.flow !== true;
  if (!inLines || typeof entry !== "object" || entry === null) return [`${indent}-${lead}${rendered}`];
  return Object.entries(entry).map(
    ([key, value], index) =>
      `${indent}${index === 0 ? `-${lead}` : ` ${" ".repeat(lead.length)}`}${key}: ${inline(value)}`,
  );
}

/** Where the dash of each entry stands. */
function dashesOf({ srcToken }: YAMLSeq): readonly number[] {
  if (srcToken?.type !== "block-seq") return [];
  return srcToken.items.flatMap(({ start }) => {
    const dash = start.find(({ type }) => type === "seq-item-ind");
    return dash === undefined ? [] : [dash.offset];
  });
}

function rangeOf(node: unknown): { readonly from: number; readonly to: number } {
  const range = isNode(node) ? node.range : undefined;
  return range ? { from: range[0], to: range[1] } : { from: 0, to: 0 };
}

/** A piece between commas, as in the text. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** false: to be removed. */
  readonly keep: boolean;
}

/**
 * Removes pieces from `[…]` or `{…}` and appends new ones. What is kept stays where it is; new ones are
 * separated like the old ones.
 */
export function flowSplices(input: {
  readonly text: string;
  /** From the opening bracket to after the closing one. */
  readonly range: readonly [start: number, end: number];
  readonly pieces: readonly Piece[];
  readonly additions: readonly string[];
}): readonly Splice[] {
  const { text, range, pieces, additions } = input;
  const [first] = pieces;
  const last = pieces.at(-1);
  if (first === undefined || last === undefined)
    return [{ from: range[0] + 1, to: range[1] - 1, text: additions.join(", ") }];
  const separator = separatorOf(text, range[0], pieces);
  const keptLast = pieces.findLast((piece) => piece.keep);
  if (keptLast === undefined) return [{ from: first.from, to: last.to, text: additions.join(separator) }];
  const gone = pieces.flatMap((piece, index): Splice[] => {
    const next = pieces[index + 1];
    return piece.keep || next === undefined || piece.from > keptLast.from
      ? []
      : [{ from: piece.from, to: next.from, text: "" }];
  });
  const tail = additions.map((addition) => `${separator}${addition}`).join("");
  return [...gone, { from: keptLast.to, to: last.to, text: tail }];
}

/** The text between two of them: a comma and a space, or a comma and a new line. */
function separatorOf(text: string, start: number, [first, second]: readonly Piece[]): string {
  if (first !== undefined && second !== undefined) {
    const between = text.slice(first.to, second.from);
    if (/^\s*,\s*$/.test(between)) return between;
  }
  const lead = text.slice(start + 1, first?.from ?? start + 1);
  return /^\s*\n\s*$/.test(lead) ? `,${lead}` : ", ";
}

/** The change of the text for one field, and the field's new value; undefined: removed. */
export interface FieldEdit {
  readonly splices: readonly Splice[];
  readonly value: unknown;
}
