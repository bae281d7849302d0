import { isDeepStrictEqual } from "node:util";
import { isMap, isNode, isScalar, type Pair, type YAMLSeq } from "yaml";
import { jsonText } from "../core/foreign-text.ts";
import type { FieldEdit } from "./edit-field.ts";
import { flowSplices } from "./edit-flow.ts";
import { inline } from "./edit-render.ts";
import { insertLines, lineEnd, lineStart, type Splice } from "./edit-text.ts";

interface ListQuestion {
  readonly text: string;
  readonly list: YAMLSeq;
  readonly old: readonly unknown[];
  readonly wanted: readonly unknown[];
  /** The file is written as JSON. */
  readonly json: boolean;
}

interface Match {
  /** By index of the old entry, what it is to be; undefined: it goes. */
  readonly next: readonly unknown[];
  readonly added: readonly unknown[];
}

/**
 * Turns a list into the wanted one: entries that are there stay where they are, of a part whose quantity changes only the
 * number moves, others go, and new ones are put behind the last.
 */
export function listEdit(question: ListQuestion): FieldEdit | undefined {
  const { text, list, old, wanted, json } = question;
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

/** On one line, with quotes and braces as the first entry has them. */
function likeOthers(entry: unknown, { text, list }: Pick<ListQuestion, "text" | "list">): string {
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

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** The quantity alone where it stands as a number; else the whole entry. */
function entrySplice(change: {
  readonly item: unknown;
  readonly old: unknown;
  readonly next: unknown;
  readonly json: boolean;
}): Splice[] {
  const { item, old, next, json } = change;
  if (next === undefined || isDeepStrictEqual(old, next)) return [];
  const quantity: unknown = typeof next === "object" && next !== null ? Reflect.get(next, "quantity") : undefined;
  const pair = isMap(item) ? item.items.find(isQuantity) : undefined;
  if (pair !== undefined && isScalar(pair.value) && rangeOf(pair.value).from < rangeOf(pair.value).to)
    return [{ ...rangeOf(pair.value), text: inline(quantity) }];
  return [{ ...rangeOf(item), text: json ? jsonText(next) : inline(next) }];
}

function isQuantity({ key }: Pair): boolean {
  return isScalar(key) && key.value === "quantity";
}

/** A new entry as the others are written: in one line, or one line a field. */
function newEntry(of: {
  readonly text: string;
  readonly list: YAMLSeq;
  readonly dash: number;
  readonly indent: string;
  readonly entry: unknown;
  readonly rendered: string;
}): string[] {
  const { text, list, dash, indent, entry, rendered } = of;
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
