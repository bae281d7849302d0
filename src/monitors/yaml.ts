import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import type { Problem } from "../core/problem.ts";
import { printable } from "../core/text/printable.ts";
import { DEEP, faultProblems, type SourcePosition, STAR } from "./yaml-faults.ts";

export type Path = readonly (string | number)[];

/** A file's values, with the position of each. */
export interface YamlDocument {
  readonly file: string;
  readonly value: unknown;
  /** The position of the value at that path; if it is missing, of its nearest existing parent. */
  readonly placeOf: (path: Path) => SourcePosition;
  /** The position of the key at the end of that path. */
  readonly keyPlaceOf: (path: Path) => SourcePosition;
  /** A value as it was typed: `1.10`, which is the number 1.1. */
  readonly scalarOf: (path: Path) => TypedScalar | undefined;
  /** Whether a field or an entry begins in that line. */
  readonly beginsIn: (line: number) => boolean;
  /** A key in braces without a value: `5` in `{ quantity: 2,5 }`. */
  readonly isBareKey: (path: Path) => boolean;
}

export interface TypedScalar {
  readonly source: string | undefined;
  /** Neither quoted nor a block. */
  readonly isPlain: boolean;
  /** The text after a # in its line. */
  readonly remark: string | undefined;
  /** `&name` before it, which nothing refers to. */
  readonly anchor: string | undefined;
}

export interface ParsedYaml {
  /** Absent if the text is not YAML at all. */
  readonly document?: YamlDocument;
  readonly problems: readonly Problem[];
  /** Whether a wrongly indented line may be why this is not YAML. */
  readonly mayBeIndent?: boolean;
}

/** More than this many aliases, counting what they repeat, is an attack, not a list. */
const MAX_ALIASES = 100;

/** A list needs three levels, partwatch.yaml with the steps of a workflow some more. */
const MOST_DEPTH = 20;

/** Parses YAML 1.2: duplicate keys, unknown tags and several documents are problems, aliases are bounded. */
export function parseYaml({ file, text }: { readonly file: string; readonly text: string }): ParsedYaml {
  const lines = new LineCounter();
  const place = (offset: number): SourcePosition => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  try {
    const parsed = parseDocument(text, {
      version: "1.2",
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      resolveKnownTags: false,
      logLevel: "error",
    });
    const deep = tooDeep(parsed);
    if (deep !== undefined) return { problems: [{ file, ...place(deep), message: DEEP }] };
    const faults = [...parsed.errors, ...parsed.warnings].sort((one, other) => one.pos[0] - other.pos[0]);
    const { problems: found, mayBeIndent } = faultProblems({ file, text, faults, place });
    const others = [...versionProblems({ file, parsed }), ...aliasProblems({ file, parsed, place })];
    const problems = [...found, ...others.filter(({ line }) => !found.some((fault) => fault.line === line))];
    // What follows a syntax error is guesswork; a duplicate key hides nothing.
    const readable = others.length === 0 && faults.every((fault) => fault.code === "DUPLICATE_KEY");
    if (!readable) return { problems, mayBeIndent };
    const value = plainValue(parsed);
    if (value === undefined) return { problems: [...problems, { file, line: 1, column: 1, message: REPEATS }] };
    return { problems, document: documentOf({ file, parsed, value: value.plain, place }) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { problems: [{ file, ...place(deepIn(text)), message: DEEP }] };
  }
}

/** `parts[2].quantity` */
export function pathText(path: Path): string {
  const steps = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${printable(step, 60)}`));
  return steps.join("").replace(/^\./, "");
}

/** The inverse of pathText, for names without dots and brackets. */
export function pathOf(text: string): Path {
  const steps = text.match(/[^.[\]]+/g) ?? [];
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

interface Parsed {
  readonly file: string;
  readonly parsed: Document.Parsed;
  readonly value: unknown;
  readonly place: (offset: number) => SourcePosition;
}

function documentOf({ file, parsed, value, place }: Parsed): YamlDocument {
  const placeOf = (path: Path): SourcePosition => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = nodeAt(parsed, path.slice(0, length));
      if (node?.range) return place(node.range[0]);
    }
    return place(parsed.contents?.range?.[0] ?? 0);
  };
  return {
    file,
    value,
    placeOf,
    keyPlaceOf: (path) => {
      const key = keyAt(parsed, path);
      return key?.range ? place(key.range[0]) : placeOf(path);
    },
    scalarOf: (path) => {
      const node = nodeAt(parsed, path);
      if (!isScalar(node)) return undefined;
      const { source, type, comment, anchor } = node;
      const isUsed = anchor === undefined || isReferredTo(parsed, anchor);
      return { source, isPlain: type === "PLAIN", remark: comment ?? undefined, anchor: isUsed ? undefined : anchor };
    },
    beginsIn: (line) => beginnings(parsed).some((offset) => place(offset).line === line),
    isBareKey: (path) => keyAt(parsed, path) !== undefined && nodeAt(parsed, path) === undefined,
  };
}

/** Where fields and entries of lists begin. */
function beginnings(parsed: Document.Parsed): readonly number[] {
  const found: (number | undefined)[] = [];
  visit(parsed, {
    Pair: (_key, { key }) => void found.push(isNode(key) ? key.range?.[0] : undefined),
    Seq: (_key, { items }) => void found.push(...items.map((item) => (isNode(item) ? item.range?.[0] : undefined))),
  });
  return found.filter((offset) => offset !== undefined);
}

function isReferredTo(parsed: Document.Parsed, anchor: string): boolean {
  let isFound = false;
  visit(parsed, {
    Alias: (_key, { source }) => {
      isFound ||= source === anchor;
    },
  });
  return isFound;
}

function nodeAt(document: Document.Parsed, path: Path): Node | undefined {
  let node: unknown = document.contents;
  for (const step of path) {
    const target = isAlias(node) ? node.resolve(document) : node;
    if (isMap(target)) node = pairAt(target.items, step)?.value;
    else if (isSeq(target)) node = target.items[Number(step)];
    else return undefined;
  }
  return isNode(node) ? node : undefined;
}

function keyAt(document: Document.Parsed, path: Path): Node | undefined {
  const parent = path.length === 1 ? document.contents : nodeAt(document, path.slice(0, -1));
  const target = isAlias(parent) ? parent.resolve(document) : parent;
  const key = isMap(target) ? pairAt(target.items, path.at(-1) ?? "")?.key : undefined;
  return isNode(key) ? key : undefined;
}

function pairAt<Pair extends { readonly key: unknown }>(
  pairs: readonly Pair[],
  name: string | number,
): Pair | undefined {
  return pairs.find(({ key }) => isScalar(key) && String(key.value) === String(name));
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

/** YAML 1.1 reads `yes` and `1:30` differently: a file must mean the same to everybody. */
function versionProblems({ file, parsed }: Pick<Parsed, "file" | "parsed">): Problem[] {
  if (parsed.directives.yaml.version === "1.2") return [];
  return [{ file, line: 1, column: 1, message: "files are YAML 1.2; leave the line %YAML out." }];
}

/** Too many aliases, or aliases of anchors that do not come before them. */
function aliasProblems({ file, parsed, place }: Pick<Parsed, "file" | "parsed" | "place">): Problem[] {
  const aliases: Alias[] = [];
  visit(parsed, { Alias: (_key, alias) => void aliases.push(alias) });
  const at = (alias: Alias | undefined) => ({ file, ...place(alias?.range?.[0] ?? 0) });
  // Looking one up walks through the document: not for thousands.
  if (aliases.length > MAX_ALIASES) return [{ ...at(aliases[0]), message: REPEATS }];
  return aliases.flatMap((alias) => (alias.resolve(parsed) === undefined ? [{ ...at(alias), message: STAR }] : []));
}

/** The document's value; undefined if its aliases repeat too much or form a cycle. */
function plainValue(parsed: Document.Parsed): { readonly plain: unknown } | undefined {
  try {
    const plain: unknown = parsed.toJS({ maxAliasCount: MAX_ALIASES });
    return isCircular(plain) ? undefined : { plain };
  } catch (error) {
    // How the library answers an alias bomb.
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

/** An alias may refer to a list that contains it; nothing that walks the values would ever end. */
function isCircular(value: unknown, above: Set<unknown> = new Set(), done: Set<unknown> = new Set()): boolean {
  if (typeof value !== "object" || value === null || done.has(value)) return false;
  if (above.has(value)) return true;
  above.add(value);
  const circular = Object.values(value).some((child) => isCircular(child, above, done));
  above.delete(value);
  done.add(value);
  return circular;
}

/** The position of something nested deeper than anything of ours; without recursion, for which there may be no stack left. */
function tooDeep(parsed: Document.Parsed): number | undefined {
  let level: readonly unknown[] = [parsed.contents];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_DEPTH) return level.flatMap((node) => (isNode(node) ? [node.range?.[0] ?? 0] : [])).at(0);
    level = level.flatMap(inner);
  }
  return undefined;
}

function inner(node: unknown): readonly unknown[] {
  if (isMap(node)) return node.items.flatMap(({ key, value }) => [key, value]).filter(isNode);
  return isSeq(node) ? node.items.filter(isNode) : [];
}

/** The same for a text that is too deep to be parsed, judging by its brackets. */
function deepIn(text: string): number {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    if (depth > MOST_DEPTH) return index;
  }
  return 0;
}

const REPEATS = "uses aliases (*name) too often or in a circle; write the values out.";
