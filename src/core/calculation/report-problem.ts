import type { ReportProblem } from "../generated/report.ts";
import { entryWords, type ListEntry } from "../monitor.ts";
import { referenceWords } from "../text/reference-words.ts";
import type { PartNode } from "./bom.ts";
import { plain, quantityOf } from "./quantity.ts";

type UnknownKind = Extract<ReportProblem["kind"], `unknown_${string}`>;

/** A policy or a watch rule names something that is not there. */
export function unknownReference(kind: UnknownKind, reference: number | string): ReportProblem {
  const words = referenceWords(reference);
  const message =
    typeof reference === "number"
      ? `${NOTHING[kind]} has pk ${reference}; correct or remove it in ${PLACE[kind]}`
      : `${NOTHING[kind]} is called ${reference}; correct or remove it in ${PLACE[kind]}`;
  return { kind, entry: null, words, quantity: null, matches: [], message };
}

/** An entry is left out because with it a quantity would be beyond what can be counted. */
export function tooLargeProblem(
  entry: number,
  { asked, node }: { readonly asked: ListEntry; readonly node: PartNode },
): ReportProblem {
  const { pk, name } = node.part;
  return {
    kind: "quantity_too_large",
    entry,
    words: entryWords(asked),
    quantity: plain(quantityOf(asked.quantity)),
    matches: [pk],
    message:
      `Quantities of ${name} (pk ${pk}) go beyond 10,000,000,000, so this entry is not counted; ` +
      `lower its quantity, or correct the BOM lines and the stock of ${name}`,
  };
}

const NOTHING: Readonly<Record<UnknownKind, string>> = {
  unknown_policy_part: "No part",
  unknown_watch_part: "No part",
  unknown_location: "No location",
  unknown_category: "No category",
};

const PLACE: Readonly<Record<UnknownKind, string>> = {
  unknown_policy_part: "`policy.buy`",
  unknown_watch_part: "`watch`",
  unknown_location: "`policy.stock.locations` or `watch`",
  unknown_category: "`watch`",
};
