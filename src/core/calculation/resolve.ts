import type { ReportProblem } from "../generated/report.ts";
import { entryWords, type ListEntry } from "../monitor.ts";
import { partIndex } from "./part-index.ts";
import { plain, type Quantity, quantityOf } from "./quantity.ts";
import type { Part, Snapshot } from "./snapshot.ts";

/** One row of the parts list with the part that it means; null if it means none or several. */
interface ResolvedEntry {
  /** Index in the list. */
  readonly entry: number;
  readonly part: Part | null;
  readonly quantity: Quantity;
}

export interface Resolution {
  readonly entries: readonly ResolvedEntry[];
  readonly problems: readonly ReportProblem[];
}

/**
 * Finds the part of each entry: the first key present of pk, ipn, name decides, exactly, narrowed by the version. Of
 * several matches the only active one counts. An entry that means no part or several is a problem on the report.
 */
export function resolveEntries(list: readonly ListEntry[], snapshot: Snapshot): Resolution {
  const problems: ReportProblem[] = [];
  const entries = list.map((entry, index) => {
    const found = resolve(entry, snapshot);
    const quantity = quantityOf(entry.quantity);
    if ("part" in found) return { entry: index, part: found.part, quantity };
    problems.push({ ...found, entry: index, words: entryWords(entry), quantity: plain(quantity) });
    return { entry: index, part: null, quantity };
  });
  return { entries, problems };
}

/** The parts that a policy or a watch rule names: a number is a pk, a string an IPN or an exact name; all matches, by pk. */
export function findParts(reference: number | string, snapshot: Snapshot): readonly Part[] {
  if (typeof reference === "number") {
    const part = snapshot.parts.get(reference);
    return part === undefined ? [] : [part];
  }
  const index = partIndex(snapshot);
  const found = new Set([...(index.byIpn.get(reference) ?? []), ...(index.byName.get(reference) ?? [])]);
  return [...found].sort((a, b) => a.pk - b.pk);
}

type Unresolved = Pick<ReportProblem, "kind" | "matches" | "message">;

function resolve(entry: ListEntry, snapshot: Snapshot): { readonly part: Part } | Unresolved {
  const keyed = matchesOf(entry, snapshot);
  const matches = keyed.filter((part) => entry.version === undefined || part.revision === entry.version);
  const candidates = matches.length === 1 ? matches : matches.filter((part) => part.active);
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return { part: only };
  if (matches.length > 0)
    return { kind: "ambiguous", matches: matches.map(pkOf), message: severalWords(entry, matches) };
  return { kind: "not_found", matches: [], message: noneWords(entry, { keyed, near: nearMatch(entry, snapshot) }) };
}

function matchesOf(entry: ListEntry, snapshot: Snapshot): readonly Part[] {
  const index = partIndex(snapshot);
  if (entry.pk !== undefined) {
    const part = snapshot.parts.get(entry.pk);
    return part === undefined ? [] : [part];
  }
  if (entry.ipn !== undefined) return index.byIpn.get(entry.ipn) ?? [];
  return index.byName.get(entry.name ?? "") ?? [];
}

function severalWords(entry: ListEntry, matches: readonly Part[]): string {
  const verb = entry.ipn === undefined ? `are named ${entry.name}` : `have the IPN ${entry.ipn}`;
  const version = entry.version === undefined ? "" : ` in version ${entry.version}`;
  const keys = [...(entry.ipn === undefined ? ["`ipn`"] : []), ...(entry.version === undefined ? ["`version`"] : [])];
  const told = new Set(matches.map((part) => JSON.stringify([part.ipn, part.revision])));
  // Where IPN and version do not tell them apart, only the pk does.
  const fix = [
    ...(keys.length > 0 ? [`add ${keys.join(" or ")}`] : []),
    ...(keys.length === 0 || told.size < matches.length ? ["use `pk`"] : []),
  ];
  return `${matches.length} parts ${verb}${version}: pk ${matches.map(pkOf).join(", ")}; ${fix.join(", or ")}`;
}

function noneWords(
  entry: ListEntry,
  { keyed, near }: { readonly keyed: readonly Part[]; readonly near: string | undefined },
): string {
  const what =
    entry.pk !== undefined
      ? `No part has pk ${entry.pk}`
      : entry.ipn !== undefined
        ? `No part has the IPN ${entry.ipn}`
        : `No part is named ${entry.name}`;
  if (keyed.length > 0) {
    const known = keyed.map((part) => `${part.revision ?? "none"} (pk ${part.pk})`).join(", ");
    return `${what} in version ${entry.version}; the versions are: ${known}`;
  }
  return near === undefined
    ? `${what}; correct the entry, or create the part in InvenTree`
    : `${what}; did you mean ${near}? Upper and lower case matter`;
}

function nearMatch(entry: ListEntry, snapshot: Snapshot): string | undefined {
  if (entry.pk !== undefined) return undefined;
  const index = partIndex(snapshot);
  const written = (entry.ipn ?? entry.name ?? "").trim().toLowerCase();
  const keys = entry.ipn === undefined ? index.byName.keys() : index.byIpn.keys();
  return [...keys].sort().find((key) => key.trim().toLowerCase() === written);
}

function pkOf(part: Part): number {
  return part.pk;
}
