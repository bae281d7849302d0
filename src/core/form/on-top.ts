// Three-way merge of a form: changes made to one text, applied to another that somebody else has made of it meanwhile.
import { field, isRecord } from "../records.ts";
import {
  editedEntries,
  formOf,
  type ListForm,
  listIn,
  type MonitorFields,
  type OwnEntry,
  PART_NAMES,
  partFirst,
  TEXT_FIELDS,
  textOf,
  WORD_FIELDS,
  wordsIn,
} from "./list-form.ts";
import { sayings, saysSame } from "./same.ts";

/**
 * Differences between the form and `base`, with which it began, as changes of `theirs`; undefined removes a field. Entries
 * are matched by their origin, and two changes of the same entry field by field: nothing of either is lost or doubled.
 */
export function onTop(
  form: ListForm,
  { base, theirs }: { readonly base: MonitorFields; readonly theirs: MonitorFields },
): MonitorFields {
  const before = formOf(base);
  const changes: Record<string, unknown> = {};
  for (const name of TEXT_FIELDS)
    if (form.texts[name].trim() !== before.texts[name].trim()) changes[name] = form.texts[name].trim() || undefined;
  for (const name of WORD_FIELDS) {
    const [ours, was] = [wordsIn(form.texts[name]), wordsIn(before.texts[name])];
    if (!saysSame(ours, was)) changes[name] = inFile(name, mergedWords({ name, base, theirs, ours, was }));
  }
  if (form.active !== before.active) changes.active = form.active;
  for (const name of ["parts", "watch", "silences"] as const) {
    const ours = editedEntries(form, { name, fields: base });
    const [old, now] = [listIn(base, name), listIn(theirs, name)];
    if (saysSame(entries(ours), old)) continue;
    changes[name] = orNothing(saysSame(old, now) ? entries(ours) : mergedEntries({ old, now, ours }));
  }
  return changes;
}

/** Differences between the form and these fields. */
export function formChanges(form: ListForm, fields: MonitorFields): MonitorFields {
  return onTop(form, { base: fields, theirs: fields });
}

function orNothing(values: readonly unknown[]): readonly unknown[] | undefined {
  return values.length === 0 ? undefined : values;
}

/** `all` is a word instead of a list. */
function inFile(name: string, words: readonly unknown[]): unknown {
  return name === "lists" && words.length === 1 && words[0] === "all" ? "all" : orNothing(words);
}

function entries(ours: readonly OwnEntry[]): readonly unknown[] {
  return ours.map(({ entry }) => entry);
}

interface Words {
  readonly name: string;
  readonly base: MonitorFields;
  readonly theirs: MonitorFields;
  readonly ours: readonly string[];
  readonly was: readonly string[];
}

/** Theirs without what we removed, and with what we added; if only we changed them, ours in our order. */
function mergedWords({ name, base, theirs, ours, was }: Words): readonly unknown[] {
  const [old, now] = [valuesIn(base, name), valuesIn(theirs, name)];
  // A word of the file that contains a comma is several in the form.
  if (saysSame(old, now) && old.length === was.length)
    return ours.map((word) => old.find((value) => textOf(value).trim() === word) ?? word);
  const kept = now.filter((value) =>
    wordsIn(textOf(value)).every((word) => ours.includes(word) || !was.includes(word)),
  );
  const there = kept.flatMap((value) => wordsIn(textOf(value)));
  return [...kept, ...ours.filter((word) => !was.includes(word) && !there.includes(word))];
}

function valuesIn(fields: MonitorFields, name: string): readonly unknown[] {
  const value = field(fields, name);
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

interface Merging {
  readonly old: readonly unknown[];
  readonly now: readonly unknown[];
  readonly ours: readonly OwnEntry[];
}

function mergedEntries({ old, now, ours }: Merging): readonly unknown[] {
  const origins = originsOf(now, old);
  const mine = new Map(ours.flatMap(({ was, entry }) => (was === null ? [] : [[was, entry] as const])));
  const kept = now.flatMap((theirs, index) => {
    const was = origins[index];
    if (was === undefined) return [theirs];
    if (mine.has(was)) return [mergedEntry({ before: old[was], theirs, ours: mine.get(was) })];
    // We removed it; what they have changed of it meanwhile stays.
    return saysSame(old[was], theirs) ? [] : [theirs];
  });
  const there = new Set(origins);
  const theirNew = now.filter((_, index) => origins[index] === undefined);
  const added = ours.flatMap(({ was, entry }) => {
    // They removed it: that holds, unless we have changed it meanwhile.
    if (was !== null) return there.has(was) || saysSame(old[was], entry) ? [] : [entry];
    // Both have added the same.
    const same = theirNew.findIndex((one) => saysSame(one, entry));
    if (same < 0) return [entry];
    theirNew.splice(same, 1);
    return [];
  });
  return [...kept, ...added];
}

/** For each of these entries, the matching old one; each is used once. The most similar ones are matched first. */
function originsOf(now: readonly unknown[], old: readonly unknown[]): readonly (number | undefined)[] {
  const origins = new Array<number | undefined>(now.length).fill(undefined);
  const free = new Set(old.keys());
  for (const wordsOf of [sayings, partAndVersion, partOf]) {
    const places = Map.groupBy(free, (was) => wordsOf(old[was]));
    const open = [...now.keys()].filter((index) => origins[index] === undefined);
    for (const [words, indexes] of Map.groupBy(open, (index) => wordsOf(now[index]))) {
      if (words === undefined) continue;
      for (const [index, was] of closest(indexes, places.get(words) ?? [], { now, old })) {
        origins[index] = was;
        free.delete(was);
      }
    }
  }
  return origins;
}

/** At most so many comparisons of entries of one part; beyond that they are matched in order. */
const MOST_PAIRS = 10_000;

/** Pairs of entries of one part: those with the most fields in common first, then in order. */
function closest(
  indexes: readonly number[],
  places: readonly number[],
  { now, old }: Pick<Merging, "now" | "old">,
): readonly (readonly [index: number, was: number])[] {
  const [first] = places;
  if (first === undefined) return [];
  const isClear =
    (indexes.length === 1 && places.length === 1) || sayings(now[indexes[0] ?? 0]) === sayings(old[first]);
  if (isClear || indexes.length * places.length > MOST_PAIRS)
    return indexes.flatMap((index, at) => {
      const was = places[at];
      return was === undefined ? [] : [[index, was] as const];
    });
  const pairs = indexes.flatMap((index) =>
    places.map((was) => ({ index, was, common: inCommon(now[index], old[was]) })),
  );
  const [taken, given] = [new Set<number>(), new Set<number>()];
  return pairs
    .toSorted((a, b) => b.common - a.common || a.index - b.index || a.was - b.was)
    .flatMap(({ index, was }) => {
      if (taken.has(index) || given.has(was)) return [];
      taken.add(index);
      given.add(was);
      return [[index, was] as const];
    });
}

function inCommon(a: unknown, b: unknown): number {
  return isRecord(a) ? Object.keys(a).filter((name) => saysSame(field(a, name), field(b, name))).length : 0;
}

function partAndVersion(entry: unknown): string | undefined {
  return namedBy(entry, [...PART_NAMES, "category", "version"]);
}

function partOf(entry: unknown): string | undefined {
  return namedBy(entry, [...PART_NAMES, "category"]);
}

function namedBy(entry: unknown, names: readonly string[]): string | undefined {
  const named = names.map((name) => field(entry, name) ?? null);
  return named.every((value) => value === null) ? undefined : JSON.stringify(named);
}

interface Merged {
  readonly before: unknown;
  readonly theirs: unknown;
  readonly ours: unknown;
}

/** Theirs, with the fields that we have changed; what names the part counts as one field. */
function mergedEntry({ before, theirs, ours }: Merged): unknown {
  if (saysSame(before, ours)) return theirs;
  if (saysSame(before, theirs) || !isRecord(before) || !isRecord(theirs) || !isRecord(ours)) return ours;
  const names: readonly string[] = PART_NAMES;
  const isChanged = (name: string) => !saysSame(field(before, name), field(ours, name));
  const isOurPart = names.some(isChanged);
  const isOurs = (name: string) => (names.includes(name) ? isOurPart : isChanged(name));
  return partFirst([
    ...Object.entries(theirs).filter(([name]) => !isOurs(name)),
    ...Object.entries(ours).filter(([name]) => isOurs(name)),
  ]);
}
