import { DEFAULT_POLICY } from "../../monitor.ts";
import { plainText } from "../../text/plain-text.ts";
import { referenceWords } from "../../text/reference-words.ts";
import type { ViewContext } from "../view-context.ts";

/** Which of its policy's fields make a list differ from the default calculation; stock is explained beside its figures. */
export function policyNotes({ monitor, texts }: ViewContext): string[] {
  const { policy } = monitor;
  const fields = CHOICES.filter((field) => policy[field] !== DEFAULT_POLICY[field]);
  const buy = policy.buy.map((reference) => plainText(referenceWords(reference)));
  const words = [
    ...fields.map((field) => `${field}: ${policy[field]}`),
    ...(buy.length === 0 ? [] : [`buy: ${buy.join(", ")}`]),
  ];
  return words.length === 0 ? [] : [texts.policy(words.join("; "))];
}

/** Says that the policy leaves stock out, where it does: the figures are not those that InvenTree shows then. */
export function stockNotes({ monitor, texts }: ViewContext): string[] {
  const { locations, exclude } = monitor.policy.stock;
  return locations.length + exclude.length > 0 ? [texts.stockNarrowed] : [];
}

const CHOICES = ["demand", "in_production", "on_order", "optional", "consumables", "substitutes"] as const;
