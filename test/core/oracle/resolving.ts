import type { ReportProblem } from "../../../src/core/generated/report.ts";
import type { ListEntry } from "../../../src/core/monitor.ts";
import { allParts, type Question, referred } from "./world.ts";

/** A problem without its message, whose wording is no part of the calculation. */
export type Trouble = Omit<ReportProblem, "message">;

/** Rule 1 for one entry: its part's pk, or what is wrong with it. */
export function resolve(q: Question, entry: ListEntry, index: number): number | Trouble {
  const matches = allParts(q)
    .filter((part) => {
      if (entry.pk !== undefined) return part.pk === entry.pk;
      if (entry.ipn !== undefined) return part.ipn === entry.ipn;
      return part.name === entry.name;
    })
    .filter((part) => entry.version === undefined || part.revision === entry.version);
  const active = matches.filter((part) => part.active);
  const [only, ...others] = matches.length === 1 ? matches : active;
  if (only !== undefined && others.length === 0) return only.pk;
  return {
    kind: matches.length === 0 ? "not_found" : "ambiguous",
    entry: index,
    words: words(entry),
    quantity: entry.quantity,
    matches: matches.map((part) => part.pk),
  };
}

/** The entry in the list's own words. */
export function words(entry: ListEntry): string {
  const version = entry.version === undefined ? "" : `, version ${entry.version}`;
  const list = entry.list === undefined ? "" : `${entry.list}: `;
  if (entry.pk !== undefined) return `${list}#${entry.pk}${version}`;
  if (entry.ipn !== undefined) return `${list}ipn=${entry.ipn}${version}`;
  return `${list}${entry.name ?? ""}${version}`;
}

/** A reference of a policy or of a watch rule in the list's own words. */
export function referenceWords(reference: number | string): string {
  return typeof reference === "number" ? `#${reference}` : reference;
}

export function unknown(kind: Trouble["kind"], reference: number | string): Trouble {
  return { kind, entry: null, words: referenceWords(reference), quantity: null, matches: [] };
}

/** Rule 8: what `policy.buy` names and nothing is. */
export function unknownToBuy(q: Question): Trouble[] {
  return q.policy.buy
    .filter((reference) => referred(q, reference).length === 0)
    .map((reference) => unknown("unknown_policy_part", reference));
}
