import { isDeepStrictEqual } from "node:util";
import { type Document, isNode, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap } from "yaml";
import { jsonText } from "../core/text/foreign-text.ts";
import { type FieldEdit, flowSplices, listEdit, type Piece } from "./edit-list.ts";
import {
  fieldLines,
  fieldValue,
  inlineList,
  insertLines,
  lineBreak,
  lineEnd,
  lineStart,
  type Quotes,
  type Splice,
} from "./edit-text.ts";

export interface FieldEditInput {
  readonly document: Document.Parsed;
  readonly root: YAMLMap;
  readonly text: string;
  readonly key: string;
  readonly value: unknown;
}

/** The order of fields in a file; a new one goes after those that come before it here. */
export const FIELD_ORDER: readonly string[] = [
  "id",
  "name",
  "description",
  "tags",
  "active",
  "cron_schedule",
  "timezone",
  "parts",
  "lists",
  "watch",
  "recipients",
  "notify_condition",
  "language",
];

/** How the text has to change for one field of the file's top level; undefined if it has that value already. */
export function fieldEdit(input: FieldEditInput): FieldEdit | undefined {
  const { document, root, text, key, value } = input;
  const pair = root.items.find((one) => keyOf(one) === key);
  if (pair === undefined) return value === undefined ? undefined : { splices: [added(input)], value };
  const old: unknown = isNode(pair.value) ? pair.value.toJS(document) : undefined;
  if (value === undefined) return { splices: removed(input, pair), value };
  if (isDeepStrictEqual(old, value)) return undefined;
  if (isSeq(pair.value) && Array.isArray(old) && Array.isArray(value))
    return listEdit({ text, list: pair.value, old, wanted: value, json: root.flow === true });
  return { splices: [replaced(input, pair)], value };
}

function added({ root, text, key, value }: FieldEditInput): Splice {
  if (root.flow === true) {
    const [splice] = flowSplices({
      text,
      range: rangeOf(root),
      pieces: root.items.map((pair) => pieceOf(pair, { keep: true })),
      additions: [`${jsonText(key)}: ${jsonText(value)}`],
    });
    if (splice !== undefined) return splice;
  }
  const indent = text.slice(lineStart(text, startOf(root)), startOf(root));
  const lines = fieldLines(key, value).map((line) => `${indent}${line}`);
  const rank = rankOf(key);
  const before = root.items.filter((pair) => rankOf(keyOf(pair)) < rank).at(-1);
  const at = before === undefined ? lineStart(text, startOf(root)) : extentEnd(text, before, indent.length);
  return insertLines({ text, at, lines });
}

function removed({ root, text }: FieldEditInput, pair: Pair): readonly Splice[] {
  if (root.flow === true) {
    const pieces = root.items.map((one) => pieceOf(one, { keep: one !== pair }));
    return flowSplices({ text, range: rangeOf(root), pieces, additions: [] });
  }
  return [{ from: lineStart(text, startOf(pair.key)), to: lineEnd(text, endOf(pair)), text: "" }];
}

/** Replaces a value, quoted in the same way. */
function replaced({ root, text, value }: FieldEditInput, pair: Pair): Splice {
  const quotes = quotesOf(pair.value);
  const rendered =
    root.flow === true ? jsonText(value) : Array.isArray(value) ? inlineList(value) : fieldValue(value, quotes);
  const node = isNode(pair.value) ? pair.value : undefined;
  const [from, to] = rangeOf(node);
  if (isScalar(node) && from < to && !isBlock(node)) return { from, to, text: rendered };
  // Nothing, a block of lines, or a value of another kind: from after the colon.
  const colon = text.indexOf(":", endOfNode(pair.key)) + 1;
  const end = Math.max(colon, to);
  const isWholeLine = end > colon && text[end - 1] === "\n";
  return { from: colon, to: end, text: ` ${rendered}${isWholeLine ? lineBreak(text) : ""}` };
}

function isBlock({ type }: Scalar): boolean {
  return type === Scalar.BLOCK_FOLDED || type === Scalar.BLOCK_LITERAL;
}

function quotesOf(node: unknown): Quotes {
  if (!isScalar(node)) return undefined;
  return node.type === Scalar.QUOTE_DOUBLE || node.type === Scalar.QUOTE_SINGLE ? node.type : undefined;
}

/** After a field with all its lines, including comments inside it. */
function extentEnd(text: string, pair: Pair, indent: number): number {
  let end = lineEnd(text, endOf(pair));
  for (;;) {
    const remark = /^([ \t]*)#[^\n]*(?:\n|$)/.exec(text.slice(end, end + 10_000));
    if (remark === null || (remark[1]?.length ?? 0) <= indent) return end;
    end += remark[0].length;
  }
}

function rankOf(key: string): number {
  const rank = FIELD_ORDER.indexOf(key);
  return rank < 0 ? FIELD_ORDER.length : rank;
}

function pieceOf(pair: Pair, { keep }: { readonly keep: boolean }): Piece {
  return { from: startOf(pair.key), to: endOf(pair), keep };
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : "";
}

function endOf(pair: Pair): number {
  return Math.max(endOfNode(pair.value), endOfNode(pair.key));
}

function startOf(node: unknown): number {
  return rangeOf(node)[0];
}

function endOfNode(node: unknown): number {
  return rangeOf(node)[1];
}

function rangeOf(node: unknown): readonly [start: number, end: number] {
  const range = isNode(node) ? (node satisfies Node).range : undefined;
  return range ? [range[0], range[1]] : [0, 0];
}
