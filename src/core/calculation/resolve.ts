import type { ReportProblem } from "../generated/report.ts";
import { entryWords, type ListEntry, type Policy } from "../monitor.ts";
import { blankFault, differsIn } from "../text/letter-forms.ts";
import { nearest } from "../text/suggestion.ts";
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

/** The pks of the parts that a policy has bought, whatever their BOM. */
export function boughtByPolicy({ buy }: Pick<Policy, "buy">, snapshot: Snapshot): ReadonlySet<number> {
  return new Set(buy.flatMap((reference) => findParts(reference, snapshot).map(({ pk }) => pk)));
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
  const delivered = new Set(matches.map((part) => JSON.stringify([part.ipn, part.revision])));
  // Where IPN and version do not tell them apart, only the pk does.
  const fix = [
    ...(keys.length > 0 ? [`add ${keys.join(" or ")}`] : []),
    ...(keys.length === 0 || delivered.size < matches.length ? ["use `pk`"] : []),
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
  return `${what}; ${near ?? "correct the entry, or create the part in InvenTree"}`;
}

/** The part that was probably meant, and what keeps it from being found. */
function nearMatch(entry: ListEntry, snapshot: Snapshot): string | undefined {
  if (entry.pk !== undefined) return undefined;
  const index = partIndex(snapshot);
  const written = entry.ipn ?? entry.name ?? "";
  const [own, other] = entry.ipn === undefined ? [index.byName, index.byIpn] : [index.byIpn, index.byName];
  const known = [...own.keys()].sort();
  const alike = known.flatMap((key) => {
    const difference = differsIn(written, key);
    return difference === undefined ? [] : [{ key, difference }];
  });
  for (const kind of ["case", "blank", "form"] as const) {
    const found = alike.find(({ difference }) => difference === kind);
    if (found !== undefined) return `did you mean ${found.key}? ${difference({ kind, written, key: found.key })}`;
  }
  if (other.has(written))
    return `it is a part's ${entry.ipn === undefined ? "IPN" : "name"}: write ${entry.ipn === undefined ? "ipn" : "name"} instead`;
  // Other digits are another part, and no slip of the pen.
  const near = nearest(
    written,
    known.filter((key) => digitsIn(key) === digitsIn(written)),
  );
  return near === undefined ? undefined : `did you mean ${near}?`;
}

interface Pair {
  readonly kind: "case" | "blank" | "form";
  readonly written: string;
  readonly key: string;
}

/** What people cannot see. */
function difference({ kind, written, key }: Pair): string {
  if (kind === "case") return "Upper and lower case matter";
  if (kind === "form") return "Only the form of a letter differs, which looks the same";
  const [mine, theirs] = [blankFault(written), blankFault(key)];
  if (mine !== undefined) return `Only a blank differs: the list's word ${mine}`;
  return theirs === undefined ? "Only a blank differs" : `Only a blank differs: the word in InvenTree ${theirs}`;
}

function digitsIn(text: string): string {
  return text.replace(/\D+/g, "");
}

function pkOf(part: Part): number {
  return part.pk;
}
