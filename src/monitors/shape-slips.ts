import type { Problem } from "../core/problem.ts";
import { field, isRecord } from "../core/records.ts";
import { printable } from "../core/text/printable.ts";
import { ENTRY, type EntrySlip, entriesSlips, RULE } from "./entry-slips.ts";
import { meantField } from "./near-fields.ts";
import { meantNumber } from "./number-words.ts";
import { type Path, pathText, type YamlDocument } from "./yaml.ts";
import { yamlText } from "./yaml-slips.ts";

/** Lists of texts at the top of a file. */
const TEXT_LISTS = ["recipients", "tags", "allowed_recipients"] as const;

/**
 * The problems of a document with those values that were written in the wrong shape. Each is reported once, with the right way to write
 * it: what only follows from it is left out, and so is the first of two problems of one value.
 */
export function withShapeSlips(document: YamlDocument, found: readonly Problem[]): Problem[] {
  const { value } = document;
  const maps = mapsIn(value);
  const entries = (["parts", "watch"] as const).flatMap((name) => entriesSlips({ name, value: field(value, name) }));
  const whole = new Set(entries.map(({ path }) => pathText(path)));
  const slips = [
    ...entries,
    ...TEXT_LISTS.flatMap((name) => textListSlips(name, field(value, name))),
    ...maps
      .filter((path) => !path.some((_step, index) => whole.has(pathText(path.slice(0, index + 1)))))
      .flatMap((path) => mapSlips(document, path)),
    ...quoteSlips(document),
  ];
  const problems = slips.map(({ path, message, atKey }): Problem => {
    const place = atKey === true ? document.keyPlaceOf(path) : document.placeOf(path);
    return { file: document.file, ...place, path: pathText(path), message: printable(message) };
  });
  const said = problems.flatMap(({ path }) => path ?? []);
  const explained = new Set([
    ...maps.flatMap((path) => [...meantIn(value, path), ...bareIn(document, path)]),
    ...slips.flatMap(({ explains = [] }) => explains.map(pathText)),
  ]);
  const own = found.filter(({ path = "" }) => {
    const isBelow = said.some((one) => path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`));
    return !isBelow && !explained.has(path);
  });
  return [...problems, ...oncePerValue(own)];
}

/** A rule with a better explanation comes after the schema. */
function oncePerValue(found: readonly Problem[]): Problem[] {
  const last = new Map(found.map((problem, index) => [keyOf(problem), index]));
  return found.filter((problem, index) => problem.path === undefined || last.get(keyOf(problem)) === index);
}

function keyOf({ path, line, column, severity }: Problem): string {
  return JSON.stringify([path, line, column, severity]);
}

/** Without the name, the brackets or the scheme that mail programs write around it. */
const ADDRESS = /(?!mailto:)[^\s,;:<>()"'-][^\s,;:<>()"']*@[^\s,;:<>()"']+/gi;

function textListSlips(name: string, value: unknown): EntrySlip[] {
  const written = (words: readonly string[]) =>
    `write ${name}: [${words.map((word) => printable(word, 80)).join(", ")}]`;
  const addresses = name === "tags" || typeof value !== "string" ? [] : (value.match(ADDRESS) ?? []);
  if (addresses.length > 0) return [{ path: [name], message: written(addresses) }];
  if (typeof value === "string" && name === "recipients")
    return [
      { path: [name], message: `"${printable(value, 60)}" is no mail address; ${written(["stock@example.com"])}` },
    ];
  if (typeof value === "string") {
    const words = (name === "tags" ? value.split(/[,;]/) : value.split(/[\s,;]+/)).map((word) =>
      word.replace(/^-+/, "").trim(),
    );
    return [
      {
        path: [name],
        message: written(words.filter((word) => word !== "").map((word) => (name === "tags" ? yamlText(word) : word))),
      },
    ];
  }
  if (isRecord(value)) {
    const words = Object.values(value).filter((word) => typeof word === "string");
    return words.length === 0 ? [] : [{ path: [name], message: written(words) }];
  }
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown, index): EntrySlip[] => {
    const next: unknown = value[index + 1];
    if (name === "recipients" && isCut(entry) && typeof next === "string" && /^[a-z]{2,10}$/i.test(next)) {
      const message = `a comma ends an entry: write ${printable(`${String(entry)}.${next}`, 80)}`;
      return [{ path: [name, index], message, explains: [[name, index + 1]] }];
    }
    const inner: readonly unknown[] = Array.isArray(entry) ? entry : isRecord(entry) ? Object.values(entry) : [];
    const words = inner.filter((word) => typeof word === "string");
    return words.length === 0
      ? []
      : [{ path: [name, index], message: `write ${words.map((word) => printable(word, 80)).join(", ")} alone.` }];
  });
}

/** `jo@example` before `com` */
function isCut(entry: unknown): boolean {
  return typeof entry === "string" && /^[^\s@]+@[^\s@.]+$/.test(entry);
}

/** In braces a comma ends a value, and a colon needs a blank after it. */
function mapSlips(document: YamlDocument, path: Path): EntrySlip[] {
  const map = valueAt(document.value, path);
  if (!isRecord(map)) return [];
  if (!Object.values(map).includes(null)) return [];
  const keys = Object.keys(map).toSorted((a, b) => order(document, [...path, a]) - order(document, [...path, b]));
  const alone = (key: string | undefined) =>
    key !== undefined && field(map, key) === null && document.isBareKey([...path, key]);
  const glued = keys.filter((key) => alone(key) && /^[a-z_]+:\S/.test(key));
  if (glued.length > 0) {
    const fixed = glued.map((key) => key.replace(":", ": ")).join(", ");
    return [{ path, message: `a blank is missing behind the colon: write ${fixed}` }];
  }
  return keys.flatMap((key, index): EntrySlip[] => {
    if (alone(key) || !alone(keys[index + 1])) return [];
    const after = keys.slice(index + 1);
    const end = after.findIndex((one) => !alone(one));
    const rest = end < 0 ? after : after.slice(0, end);
    const value = document.scalarOf([...path, key])?.source ?? String(field(map, key));
    const message = `in braces a comma ends a value: write ${joined({ key, value, rest })}`;
    const explains = [[...path, key]];
    return rest.slice(0, 1).map((one) => ({ path: [...path, one], message, atKey: true, explains }));
  });
}

function joined({
  key,
  value,
  rest,
}: {
  readonly key: string;
  readonly value: string;
  readonly rest: readonly string[];
}): string {
  const [decimals = ""] = rest;
  const [, digits, unit] = /^(\d+)\s*([\p{L}µ°]\S*)$/u.exec(decimals) ?? [];
  if (/^\d+$/.test(value) && rest.length === 1 && unit !== undefined)
    return `${value}.${digits}; the unit is the part's own in InvenTree`;
  const meant = /^\d{1,3}\D\d{3}$/.test(value) ? meantNumber(`${value},${decimals}`) : undefined;
  if (rest.length === 1 && meant !== undefined) return `${meant.number}.`;
  if (!/^\d+$/.test(value) || !rest.every((one) => /^\d+$/.test(one)))
    return `${key}: "${[value, ...rest].join(", ")}"`;
  // Three digits after a comma are thousands to some and decimals to others.
  const isGrouped = rest.every((one) => one.length === 3);
  if (rest.length > 1) return isGrouped ? `${value}${rest.join("")}.` : "one number, with a point before its decimals.";
  if (isGrouped) return `${value}${decimals} or, with decimals, ${Number(`${value}.${decimals}`)}.`;
  return `${value}.${decimals}`;
}

/** The position of a key, as one number. */
function order(document: YamlDocument, path: Path): number {
  const { line, column } = document.keyPlaceOf(path);
  return line * 1e6 + column;
}

const OPENING = /^[“”„‟«»‘’‚‹›「」『』＂]/;
const CLOSING = /[“”„‟«»‘’‚‹›「」『』＂]$/;

/** Typographic quotes, which are letters to YAML. */
function quoteSlips(document: YamlDocument): EntrySlip[] {
  return scalarsIn(document.value).flatMap(({ path, text }): EntrySlip[] => {
    if (text.length < 2 || !OPENING.test(text) || !CLOSING.test(text) || document.scalarOf(path)?.isPlain !== true)
      return [];
    if (["description", "reason"].includes(String(path.at(-1)))) return [];
    const inner = text.slice(1, -1);
    const number = /^\d+(?:\.\d+)?$/.test(inner);
    return [
      {
        path,
        message: `the quotes ${text[0]} and ${text.at(-1)} are letters here; write ${number ? inner : `"${inner}"`}`,
      },
    ];
  });
}

/** What is missing or unreadable only because it had another name, by its path. */
function meantIn(value: unknown, path: Path): string[] {
  const known =
    path.length === 0
      ? ROOT
      : path[0] === "parts" && path.length === 2
        ? ENTRY
        : path[0] === "watch" && path.length === 2
          ? RULE
          : [];
  const map = valueAt(value, path);
  if (!isRecord(map)) return [];
  const meant = Object.keys(map).flatMap((key) => (known.includes(key) ? [] : (meantField(key, known) ?? [])));
  const names = meant.some((name) => NAMING.includes(name)) ? [pathText(path)] : [];
  return [...meant.map((name) => pathText([...path, name])), ...names];
}

/** Keys in braces without a value are what a comma cut off. */
function bareIn(document: YamlDocument, path: Path): string[] {
  const map = valueAt(document.value, path);
  if (!isRecord(map) || !Object.values(map).includes(null)) return [];
  return Object.keys(map)
    .filter((key) => document.isBareKey([...path, key]))
    .map((key) => pathText([...path, key]));
}

/** Fields of which one is required. */
const NAMING = ["pk", "ipn", "name", "part", "category", "all", "parts", "lists", "watch"];
const ROOT = ["name", "cron_schedule", "parts", "lists", "watch", "recipients", "timezone", "id"];

function mapsIn(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((entry: unknown, index) => mapsIn(entry, [...path, index]));
  if (!isRecord(value)) return [];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => mapsIn(inner, [...path, key]))];
}

function scalarsIn(value: unknown, path: Path = []): { readonly path: Path; readonly text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    scalarsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => field(at, String(step)), value);
}
