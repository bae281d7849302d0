import type { ListEntry } from "../monitor.ts";
import { defined } from "../records.ts";
import { parseTypedPart } from "./part-argument.ts";

/** A comma after `:QTY`, but not within a number; what looks like a number counts as one, so that a wrong one is not taken for a name. */
const SPLIT =
  /(:\s*[-+]?(?:\.?\d[\d.]*(?:,\d+(?=\s*(?:,|$)))*(?:e[-+]?\d+)?|\.?inf|nan)\s*(?:@[^,@]*)?),(?!\d+\s*(?:,|$))/gi;

/**
 * Reads `A:10,B:5`, once or several times: the list is split at commas that follow a quantity, so that names may have commas
 * in them (`Nut, M3:100,Screw:50`), and the last colon of each piece splits PART:QTY.
 */
export function parsePartList(texts: readonly string[]): {
  readonly entries: readonly ListEntry[];
  /** What is wrong, piece by piece. */
  readonly wrong: readonly string[];
} {
  const pieces = texts.flatMap((text) => text.replace(SPLIT, "$1\n").split("\n"));
  const read = pieces.filter((piece, index) => piece.trim() !== "" || index === 0).map(parseTypedPart);
  return {
    entries: read.flatMap((one) => (one.kind === "entry" ? [one.entry] : [])),
    wrong: read.flatMap((one) => (one.kind === "wrong" ? [one.message] : [])),
  };
}

export interface NewParts {
  readonly parts: readonly ListEntry[];
  /** What was kept without being mentioned. */
  readonly notes: readonly string[];
}

/**
 * PART:QTY cannot name a version and need not name a date: a part that occurs once under that name in the list keeps those of
 * the list. Everything else is as requested.
 */
export function keepVersions(parts: readonly ListEntry[], before: readonly ListEntry[]): NewParts {
  const notes: string[] = [];
  const kept = parts.map((part): ListEntry => {
    const [old, ...others] = before.filter(
      (one) => one.name === part.name && one.ipn === part.ipn && one.pk === part.pk,
    );
    if (old === undefined || others.length > 0) return part;
    const { quantity, needed_by = old.needed_by, version = old.version, ...rest } = part;
    const name = part.name ?? part.ipn ?? `#${part.pk}`;
    if (version !== part.version) notes.push(`${name} keeps its version ${version}.`);
    if (needed_by !== part.needed_by) notes.push(`${name} is still needed by ${needed_by}.`);
    return {
      ...rest,
      ...defined({ version }),
      quantity,
      ...defined({ needed_by }),
    };
  });
  return { parts: kept, notes };
}
