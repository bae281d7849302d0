// A company's catalogue for measuring: made by rule, the same each time.
import type * as Table from "../../demo/inventree/tables.ts";
import { bomLine, build, part, purchase, sale, stockItem, tables } from "../demo/workshop.ts";

export interface CatalogueSize {
  readonly parts: number;
  readonly bomLines: number;
}

export const LARGE: CatalogueSize = { parts: 5_000, bomLines: 20_000 };
/** What fits one page each, as in a workshop. */
export const SMALL: CatalogueSize = { parts: 400, bomLines: 400 };

/** Of ten assemblies one is a device (of modules), three are modules (of boards) and six boards (of components). */
export type Tier = "device" | "module" | "board";

/** pks of one tier: assemblies are the first fifth of the parts. */
export function assembliesOf(tier: Tier, { parts }: CatalogueSize): readonly number[] {
  const all = Array.from({ length: assemblyCount(parts) }, (_, index) => index + 1);
  return all.filter((pk) => tierOf(pk) === tier);
}

/** Parts with stock, suppliers, variants and open orders; each assembly has the same number of BOM lines. */
export function catalogue(size: CatalogueSize): Table.Tables {
  const assemblies = assemblyCount(size.parts);
  const rows = Array.from({ length: size.parts }, (_, index) => partAt(index + 1, assemblies));
  const components = rows.slice(assemblies);
  const perAssembly = Math.floor(size.bomLines / assemblies);
  const boards = assembliesOf("board", size);
  const modules = assembliesOf("module", size);
  const bomLines = rows.slice(0, assemblies).flatMap(({ pk: assembly }) =>
    Array.from({ length: perAssembly }, (_, index) => {
      const tier = tierOf(assembly);
      const below = tier === "device" ? modules : tier === "module" ? boards : [];
      const sub = index < 4 ? below[(assembly * 7 + index * 13) % below.length] : undefined;
      return bomLine({
        pk: (assembly - 1) * perAssembly + index + 1,
        part: assembly,
        sub_part: sub ?? components[(assembly * 31 + index * 97) % components.length]?.pk ?? 1,
        quantity: 1 + (index % 4),
        allow_variants: index % 5 === 0,
      });
    }),
  );
  const builds = boards.slice(0, 30).map((pk, index) => build({ pk: index + 1, part: pk, quantity: 10 }));
  return tables({
    parts: rows,
    bomLines,
    substitutes: bomLines
      .filter((line) => line.pk % 50 === 0)
      .map((line, index) => ({
        pk: index + 1,
        bom_item: line.pk,
        part: components[(index * 11) % components.length]?.pk ?? 1,
      })),
    // Of assemblies next to nothing, so that lists are really built.
    stockItems: rows.map(({ pk, assembly }) =>
      stockItem({ pk, part: pk, quantity: assembly ? pk % 3 : (pk * 37) % 400 }),
    ),
    builds,
    buildLines: builds.flatMap((order) =>
      bomLines
        .filter((line) => line.part === order.part)
        .map((line) => ({
          pk: line.pk,
          build: order.pk,
          bom_item: line.pk,
          quantity: order.quantity * line.quantity,
          consumed: 0,
        })),
    ),
    ...orders(components),
  });
}

/** The same where nobody supplies anything and nothing is on order. */
export function withoutOrders(all: Table.Tables): Table.Tables {
  return { ...all, supplierParts: [], purchaseOrders: [], purchaseOrderLines: [], priceBreaks: [] };
}

/** The same with two price breaks of each supplier part, and a day for every order. */
export function withPrices(all: Table.Tables): Table.Tables {
  return {
    ...all,
    purchaseOrders: all.purchaseOrders.map((order) => ({ ...order, target_date: "2027-03-01" })),
    priceBreaks: all.supplierParts.flatMap(({ pk: part }) =>
      [1, 100].map((quantity, at) => ({
        ...{ pk: 2 * part + at, part, quantity, price: 1 / (at + 1) + (part % 70) / 10, price_currency: "EUR" },
      })),
    ),
  };
}

function assemblyCount(parts: number): number {
  return parts / 5;
}

function tierOf(pk: number): Tier {
  const place = pk % 10;
  return place === 0 ? "device" : place < 4 ? "module" : "board";
}

/** Each twentieth component is a template, and the component after it its variant. */
function partAt(pk: number, assemblies: number): Table.PartRow {
  const isAssembly = pk <= assemblies;
  return part({
    pk,
    name: isAssembly ? `Assembly ${pk}` : `Component ${pk}`,
    IPN: `${isAssembly ? "ASM" : "CMP"}-${pk}`,
    description: `Made by rule to measure with, number ${pk}`,
    assembly: isAssembly,
    purchaseable: !isAssembly,
    is_template: !isAssembly && pk % 20 === 0,
    variant_of: !isAssembly && pk % 20 === 1 && pk > assemblies + 1 ? pk - 1 : null,
    minimum_stock: pk % 9 === 0 ? 50 : 0,
    pricing_min: (pk % 70) / 10,
    pricing_max: (pk % 70) / 5,
  });
}

function orders(components: readonly Table.PartRow[]): Partial<Table.Tables> {
  const bought = purchase(20);
  const sold = sale(15, { part: 1 });
  const [supplierPart] = bought.supplierParts ?? [];
  const [orderLine] = bought.purchaseOrderLines ?? [];
  const [saleLine] = sold.salesOrderLines ?? [];
  if (supplierPart === undefined || orderLine === undefined || saleLine === undefined) throw new Error("no such rows");
  return {
    ...bought,
    supplierParts: components.map((row, index) => ({ ...supplierPart, pk: index + 1, part: row.pk })),
    purchaseOrderLines: components
      .filter((row) => row.pk % 13 === 0)
      .map((_, index) => ({ ...orderLine, pk: index + 1, part: index * 13 + 1, received: 0 })),
    ...sold,
    salesOrderLines: [1, 2, 3, 4, 5].map((pk) => ({ ...saleLine, pk, part: pk })),
  };
}
