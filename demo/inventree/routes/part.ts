import { own } from "../../../src/core/records.ts";
import type { JsonObject } from "../json.ts";
import { listed, ordered, type SortKey, single } from "../paging.ts";
import { linesWithInherited, partRow, requirements } from "../part-rows.ts";
import { databaseError, Refusal } from "../refusal.ts";
import { maySee, type RequestContext, type Route } from "../route.ts";
import type { PartRow } from "../tables.ts";
import type { Database } from "../warehouse.ts";
import { categoryRow } from "./place.ts";

export const PART_ROUTES: readonly Route[] = [
  {
    path: "part/",
    areas: ["part"],
    creates: true,
    answer: (asked) =>
      listed(asked, {
        rows: ordered(matching(asked), asked.query, sortKeys(asked.warehouse)),
        render: (part) => ({ ...partRow(asked.warehouse, part), ...details(asked, part) }),
      }),
  },
  {
    path: "part/:pk/",
    areas: ["part"],
    answer: (asked, pk) => {
      const part = single(asked.warehouse.parts, pk, "Part");
      return { ...partRow(asked.warehouse, part), ...details(asked, part) };
    },
  },
  {
    path: "part/:pk/requirements/",
    areas: ["part"],
    answer: ({ warehouse }, pk) => requirements(warehouse, single(warehouse.parts, pk, "Part")),
  },
  {
    path: "part/:pk/pricing/",
    areas: ["part"],
    answer: ({ warehouse }, pk) => pricing(warehouse, single(warehouse.parts, pk, "Part")),
  },
  {
    path: "part/:pk/bom-validate/",
    areas: ["part"],
    answer: ({ warehouse }, pk) => {
      const part = single(warehouse.parts, pk, "Part");
      const lines = linesWithInherited(warehouse, part.pk);
      return { pk: part.pk, bom_validated: lines.length > 0 && lines.every((line) => line.validated) };
    },
  },
];

const FLAGS = [
  "active",
  "assembly",
  "component",
  "is_template",
  "purchaseable",
  "salable",
  "testable",
  "trackable",
  "virtual",
  "consumable",
] as const;

function matching(asked: RequestContext): readonly PartRow[] {
  const { query, warehouse } = asked;
  if (query.wants("tags")) return [];
  const tests = [...flagTests(asked), ...textTests(asked), ...treeTests(asked), ...stockTests(asked)];
  const category = query.numberOrNull("category");
  if (category !== undefined) {
    const tree = category === null ? [] : (warehouse.categories.get(category)?.tree ?? []);
    const wanted = new Set<number | null>(query.wants("cascade", true) && tree.length > 0 ? tree : [category]);
    tests.push((part) => wanted.has(part.category));
  }
  return warehouse.partList.filter((part) => tests.every((test) => test(part)));
}

type Test = (part: PartRow) => boolean;

function flagTests({ query }: RequestContext): readonly Test[] {
  return FLAGS.flatMap((flag) => {
    const wanted = query.filter(flag);
    return wanted === undefined ? [] : [(part: PartRow) => part[flag] === wanted];
  });
}

function textTests({ query, address, warehouse }: RequestContext): Test[] {
  const tests: Test[] = [];
  const ipn = query.text("IPN");
  if (ipn !== undefined) tests.push((part) => part.IPN === ipn);
  const hasIpn = query.filter("has_ipn");
  if (hasIpn !== undefined) tests.push((part) => (part.IPN !== null && part.IPN !== "") === hasIpn);
  for (const [name, text] of [
    ["name_regex", (part: PartRow) => part.name],
    ["IPN_regex", (part: PartRow) => part.IPN],
  ] as const) {
    const pattern = query.text(name);
    if (pattern === undefined) continue;
    const expression = expressionOf(pattern, address);
    tests.push((part) => expression.test(text(part) ?? ""));
  }
  const words = query.text("search")?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  if (words.length > 0) {
    const skus = skusOf(warehouse);
    tests.push((part) => {
      const category = part.category === null ? undefined : warehouse.categories.get(part.category);
      const texts = [part.IPN, part.name, part.revision, part.description, part.keywords, category?.row.name]
        .concat(skus.get(part.pk) ?? [])
        .map((text) => (text ?? "").toLowerCase());
      return words.every((word) => texts.some((text) => text.includes(word)));
    });
  }
  return tests;
}

function treeTests({ query, warehouse }: RequestContext): Test[] {
  const tests: Test[] = [];
  const template = query.row("variant_of", warehouse.parts);
  if (template !== undefined) tests.push((part) => part.variant_of === template);
  const isVariant = query.filter("is_variant");
  if (isVariant !== undefined) tests.push((part) => (part.variant_of !== null) === isVariant);
  const ancestor = query.row("ancestor", warehouse.parts);
  if (ancestor !== undefined) {
    const below = new Set(warehouse.below(ancestor));
    tests.push((part) => below.has(part.pk));
  }
  const assembly = query.row("in_bom_for", warehouse.parts);
  if (assembly !== undefined) {
    const subParts = new Set(linesWithInherited(warehouse, assembly).map((line) => line.sub_part));
    tests.push((part) => subParts.has(part.pk));
  }
  const excluded = query.text("exclude_id")?.split(",") ?? [];
  const wrong = excluded.find((pk) => !/^\d+$/.test(pk.trim()));
  if (wrong !== undefined) throw new Refusal(400, { non_field_errors: [`'${wrong}' is not a valid number`] });
  if (excluded.length > 0) tests.push((part) => !excluded.some((pk) => Number(pk) === part.pk));
  return tests;
}

function stockTests({ query, warehouse }: RequestContext): Test[] {
  const tests: Test[] = [];
  const all = (part: PartRow) =>
    [part.pk, ...warehouse.below(part.pk)].reduce((sum, pk) => sum + warehouse.figures(pk).inStock, 0);
  const hasStock = query.filter("has_stock");
  if (hasStock !== undefined) tests.push((part) => warehouse.figures(part.pk).inStock > 0 === hasStock);
  const low = query.filter("low_stock");
  if (low !== undefined) tests.push((part) => (part.minimum_stock > 0 && all(part) < part.minimum_stock) === low);
  return tests;
}

/** Case does not matter, and an expression that the database cannot read is its error, not the client's. */
function expressionOf(pattern: string, address: URL): RegExp {
  try {
    return new RegExp(pattern, "i");
  } catch {
    throw databaseError(address.pathname);
  }
}

function skusOf(warehouse: Database): ReadonlyMap<number, readonly string[]> {
  const skus = new Map<number, string[]>();
  for (const row of warehouse.tables.supplierParts) {
    skus.set(row.part, [...(skus.get(row.part) ?? []), row.SKU, ...(row.MPN === null ? [] : [row.MPN])]);
  }
  return skus;
}

function sortKeys(warehouse: Database): Readonly<Record<string, SortKey<PartRow>>> {
  const stock = (part: PartRow) => partRow(warehouse, part);
  const amount = (name: string) => (part: PartRow) => {
    const value = own(stock(part), name);
    return typeof value === "number" ? value : null;
  };
  return {
    id: (part) => part.pk,
    name: (part) => part.name,
    IPN: (part) => part.IPN,
    revision: (part) => part.revision,
    units: (part) => part.units,
    category: (part) => (part.category === null ? null : (warehouse.categories.get(part.category)?.pathstring ?? null)),
    pricing_min: (part) => part.pricing_min,
    pricing_max: (part) => part.pricing_max,
    in_stock: amount("in_stock"),
    total_in_stock: amount("total_in_stock"),
    unallocated_stock: amount("unallocated_stock"),
    ordering: amount("ordering"),
  };
}

function details(asked: RequestContext, part: PartRow): JsonObject {
  const { query, warehouse } = asked;
  const category = part.category === null ? undefined : warehouse.categories.get(part.category);
  const found: Record<string, JsonObject[string]> = {};
  if (query.wants("category_detail") && maySee(asked, "part_category")) {
    found.category_detail = category ? categoryRow(category) : null;
  }
  if (query.wants("path_detail")) {
    found.category_path = (category?.path ?? []).map((step) => ({ pk: step.pk, name: step.name }));
  }
  if (query.wants("location_detail")) found.default_location_detail = null;
  if (query.wants("parameters")) found.parameters = [];
  if (query.wants("price_breaks")) found.price_breaks = [];
  return found;
}

function pricing(warehouse: Database, part: PartRow): JsonObject {
  const currency = warehouse.tables.currency.base_currency;
  const unknown = Object.fromEntries(
    [
      "bom_cost",
      "purchase_cost",
      "internal_cost",
      "supplier_price",
      "variant_cost",
      "sale_price",
      "sale_history",
    ].flatMap((name) => [
      [`${name}_min`, null],
      [`${name}_max`, null],
    ]),
  );
  return {
    ...unknown,
    currency,
    updated: null,
    scheduled_for_update: false,
    override_min: null,
    override_min_currency: currency,
    override_max: null,
    override_max_currency: currency,
    overall_min: part.pricing_min,
    overall_max: part.pricing_max,
  };
}
