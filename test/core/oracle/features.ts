import type { BomLine } from "../../../src/core/calculation/snapshot.ts";
import type { ReportLine } from "../../../src/core/generated/report.ts";
import type { Answer } from "./oracle.ts";
import {
  allParts,
  bomOf,
  isConsumable,
  isMade,
  partOf,
  type Question,
  templatesAbove,
  variantsBelow,
} from "./world.ts";

/** Features that at least 5 % of the cases have. */
export const OFTEN: readonly string[] = [
  "attrition",
  "bought by policy",
  "can build limited by several",
  "can build nothing limits",
  "can build now",
  "can build some",
  "consumable counted",
  "consumable line left out",
  "consumable part left out",
  "cost",
  "cost without a price",
  "critical",
  "deep",
  "deficit",
  "deficit covered by variants",
  "demand allocated",
  "demand none",
  "demand open_orders",
  "fraction",
  "in production",
  "in production ignore",
  "in production outputs",
  "in production scheduled",
  "inherited",
  "list's own sub-part",
  "multiple",
  "on order",
  "on order counts",
  "on order does not count",
  "optional",
  "optional in part",
  "optional line left out",
  "outlook covered",
  "outlook late",
  "outlook not_covered",
  "outlook undated",
  "overage",
  "owed",
  "owed in part",
  "packs",
  "phantom",
  "phantom below",
  "problem ambiguous",
  "problem not_found",
  "problem quantity_too_large",
  "problem unknown_category",
  "problem unknown_location",
  "problem unknown_policy_part",
  "problem unknown_watch_part",
  "quality assembly_without_bom",
  "quality bom_not_validated",
  "quality cycle",
  "quality inactive_part",
  "quality no_supplier_part",
  "quality not_obtainable",
  "quality odd_phantom",
  "same part twice",
  "setup",
  "several entries",
  "several parts of one name",
  "stock by location",
  "stock without expired",
  "stock without external",
  "strict demand of a template",
  "substitute suggested",
  "substitute used",
  "template among templates",
  "variant",
  "variant's allocations",
  "variant's variant",
  "watch at a location",
  "watch by minimum",
  "watch low",
  "watch out",
];

/** Features that come of two others together. */
export const RARE: readonly string[] = ["substitutes used"];

/** The features of the calculation that move a number or a word of this answer, by name. */
export function featuresOf(q: Question, told: Answer): Set<string> {
  const found = new Set<string>();
  const add = (name: string, is: boolean): void => {
    if (is) found.add(name);
  };
  for (const line of told.lines) lineFeatures(q, line, add);
  const built = new Set(told.lines.filter((line) => line.to_build > 0).map((line) => line.pk));
  for (const { why } of told.lines) {
    for (const { path } of why) {
      add("list's own sub-part", path.length > 1 && q.parts.some((entry) => entry.pk === path.at(-1)?.pk));
      for (const { pk } of path.slice(0, -1)) {
        add("phantom", partOf(q, pk).virtual);
        if (partOf(q, pk).virtual) built.add(pk);
      }
    }
  }
  for (const pk of built) for (const line of bomOf(q, pk)) bomFeatures(q, { pk, line }, add);
  policyFeatures(q, told, add);
  for (const { kind } of told.problems) add(`problem ${kind}`, true);
  for (const { kind } of told.data_quality) add(`quality ${kind}`, true);
  for (const { kind, location, minimum } of told.watched ?? []) {
    add(`watch ${kind}`, true);
    add("watch at a location", location !== null);
    add("watch by minimum", minimum > 0);
  }
  for (const { all_levels, limited_by, now } of Object.values(told.can_build).filter((it) => it !== undefined)) {
    add("can build nothing limits", all_levels === null);
    add("can build some", (all_levels ?? 0) > 0);
    add("can build now", now > 0);
    add("can build limited by several", limited_by.length > 1);
  }
  return found;
}

type Add = (name: string, is: boolean) => void;

function lineFeatures(q: Question, line: ReportLine, add: Add): void {
  const part = partOf(q, line.pk);
  add("variant", line.borrowed > 0);
  add("template among templates", line.borrowed > 0 && templatesAbove(q, line.pk).length > 0);
  add(
    "variant's variant",
    variantsBelow(q, line.pk).some((variant) => variant.variantOf !== line.pk),
  );
  const ownCommitments =
    Math.max(part.requiredForBuildOrders, part.allocatedToBuildOrders) +
    Math.max(part.requiredForSalesOrders, part.allocatedToSalesOrders);
  add("variant's allocations", q.policy.demand === "open_orders" && line.committed < ownCommitments - 0.000001);
  add("optional", line.optional > 0);
  add("optional in part", line.optional > 0 && line.optional < line.required);
  add("overage", line.overage !== undefined && line.overage < line.required);
  add("deficit", line.available < 0);
  add("owed", line.owed > 0);
  add("owed in part", line.owed > 0 && line.owed < line.missing);
  add("deficit covered by variants", line.available < 0 && line.borrowed > 0);
  add("substitute used", line.covered_by.length > 0);
  add("substitutes used", line.covered_by.length > 1);
  add("fraction", line.to_build % 1 > 0);
  add("critical", line.critical > 0);
  add("packs", line.order_quantity > line.to_order);
  add("in production", line.to_build < line.missing && line.make && line.to_build > 0);
  add("on order", line.to_order < line.missing && !line.make);
  add("same part twice", line.why.filter(({ path }) => path.length === 1).length > 1);
  add("several entries", line.why.length > 1);
  add(
    "deep",
    line.why.some(({ path }) => path.length > 3),
  );
  if (line.outlook !== null) add(`outlook ${line.outlook.state}`, true);
  add("bought by policy", line.flags.includes("policy_buy") && bomOf(q, line.pk).length > 0);
}

function bomFeatures(q: Question, { pk, line }: { readonly pk: number; readonly line: BomLine }, add: Add): void {
  const consumable = isConsumable(q, line);
  add("optional line left out", line.optional && q.policy.optional === "exclude");
  add("consumable line left out", line.consumable && q.policy.consumables === "exclude");
  add("consumable part left out", partOf(q, line.subPart).consumable && q.policy.consumables === "exclude");
  add("consumable counted", consumable && q.policy.consumables === "include");
  if (consumable || line.optional) return;
  add("inherited", line.part !== pk);
  add("attrition", line.attrition > 0);
  add("setup", line.setupQuantity > 0);
  add("multiple", (line.roundingMultiple ?? 0) > 0);
  const template = variantsBelow(q, line.subPart).length > 0;
  add("strict demand of a template", template && !line.allowVariants);
  add("substitute suggested", line.substitutes.length > 0 && q.policy.substitutes === "suggest");
  add("phantom below", partOf(q, line.subPart).virtual && isMade(q, line.subPart));
}

function policyFeatures(q: Question, told: Answer, add: Add): void {
  const { demand, stock, in_production, on_order } = q.policy;
  add(`demand ${demand}`, told.lines.some((line) => line.committed > 0) || demand === "none");
  add(
    `in production ${in_production}`,
    told.lines.some((line) => line.in_production > 0) || in_production === "ignore",
  );
  add(
    "on order counts",
    told.lines.some((line) => !line.make && !line.short && line.missing > 0),
  );
  add(
    "on order does not count",
    on_order === "report" && told.lines.some((line) => line.short && line.to_order < line.missing),
  );
  add("stock by location", stock.locations.length > 0);
  add("stock without external", stock.exclude.includes("external"));
  add("stock without expired", stock.exclude.includes("expired"));
  add("cost without a price", (told.cost?.required.unpriced ?? 0) > 0);
  add("cost", (told.cost?.to_order.max ?? 0) > 0);
  add(
    "several parts of one name",
    q.parts.some(({ name }) => name !== undefined && allParts(q).filter((part) => part.name === name).length > 1),
  );
}
