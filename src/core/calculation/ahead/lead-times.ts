import type { LeadTimes } from "../../monitor.ts";
import { own } from "../../records.ts";
import type { Part } from "../snapshot.ts";

/** The days from an order of a part to its arrival: the part's own, else its supplier's, else the default; null: unknown. */
export function leadTimeOf(
  part: Part,
  { leadTimes, supplier }: { readonly leadTimes: LeadTimes; readonly supplier: string | null },
): number | null {
  const { parts = {}, suppliers = {} } = leadTimes;
  const names = [part.ipn ?? "", part.name].filter((name) => !/^\d+$/.test(name));
  const ofPart = [String(part.pk), ...names].map((key) => own(parts, key)).find((days) => days !== undefined);
  return ofPart ?? (supplier === null ? undefined : own(suppliers, supplier)) ?? leadTimes.default ?? null;
}
