import { tidy } from "../../demo/inventree/figures.ts";
import type * as Table from "../../demo/inventree/tables.ts";
import { isRaw, type Raw, recorded, recordedRows } from "../support/recordings.ts";
import { number, text } from "./raw.ts";
import {
  bomLineRow,
  buildRow,
  categoryRow,
  companyRow,
  locationRow,
  partRow,
  priceBreakRow,
  purchaseOrderLineRow,
  purchaseOrderRow,
  salesOrderLineRow,
  salesOrderRow,
  stockItemRow,
  supplierPartRow,
} from "./recorded-rows.ts";

/**
 * The base tables behind the recorded answers. Allocations were not recorded as rows: those of sales follow from the
 * items that bear the order's number, those of builds are dealt out so that each build line has what its `allocated`
 * says and each stock item what its own says.
 */
export function recordedTables(): Table.Tables {
  const stockItems = recordedRows("stock-plain.json");
  const buildLines = recordedRows("build-line-plain.json");
  const salesOrderLines = recordedRows("so-line.json");
  const bomLines = recordedRows("bom-plain.json");
  const parts = recordedRows("part-plain.json").map(partRow);
  const substitutes = recordedRows("bom-substitute.json").map((raw) => ({
    pk: number(raw, "pk"),
    bom_item: number(raw, "bom_item"),
    part: number(raw, "part"),
  }));
  return {
    today: "2026-11-20",
    currency: currencyTable(),
    parts,
    bomLines: bomLines.map(bomLineRow),
    substitutes,
    stockItems: stockItems.map(stockItemRow),
    locations: recordedRows("location.json").map(locationRow),
    categories: recordedRows("category.json").map(categoryRow),
    companies: recordedRows("company.json").map(companyRow),
    supplierParts: recordedRows("supplier-part-plain.json").map(supplierPartRow),
    priceBreaks: recordedRows("price-break.json").map(priceBreakRow),
    purchaseOrders: recordedRows("po.json").map(purchaseOrderRow),
    purchaseOrderLines: recordedRows("po-line.json").map(purchaseOrderLineRow),
    salesOrders: recordedRows("so.json").map(salesOrderRow),
    salesOrderLines: salesOrderLines.map(salesOrderLineRow),
    salesAllocations: salesAllocations(salesOrderLines, stockItems),
    builds: recordedRows("build.json").map(buildRow),
    buildLines: buildLines.map((raw) => ({
      pk: number(raw, "pk"),
      build: number(raw, "build"),
      bom_item: number(raw, "bom_item"),
      quantity: number(raw, "quantity"),
      consumed: number(raw, "consumed"),
    })),
    buildAllocations: buildAllocations(buildLines, { stockItems, parts, substitutes }),
  };
}

function currencyTable(): Table.CurrencyTable {
  const raw = recorded("currency-exchange.json");
  if (!isRaw(raw) || !isRaw(raw.exchange_rates)) throw new Error("currency-exchange.json is no such answer");
  const rates = raw.exchange_rates;
  return {
    base_currency: text(raw, "base_currency"),
    exchange_rates: Object.fromEntries(Object.keys(rates).map((name) => [name, number(rates, name)])),
    updated: text(raw, "updated"),
  };
}

/** What has been allocated to a line and has left: the items that bear its order's number. */
function salesAllocations(lines: readonly Raw[], items: readonly Raw[]): readonly Table.SalesAllocationRow[] {
  return lines
    .filter((line) => number(line, "allocated") > 0)
    .flatMap((line) =>
      items
        .filter((item) => item.sales_order === line.order && item.part === line.part && number(item, "allocated") > 0)
        .map((item) => ({
          line: number(line, "pk"),
          item: number(item, "pk"),
          quantity: number(item, "allocated"),
          shipped: number(line, "shipped") >= number(line, "quantity"),
        })),
    );
}

interface Stock {
  readonly stockItems: readonly Raw[];
  readonly parts: readonly Table.PartRow[];
  readonly substitutes: readonly Table.SubstituteRow[];
}

/** Each line takes from items of its own part first; what then lacks comes from variants and substitutes. */
function buildAllocations(lines: readonly Raw[], stock: Stock): readonly Table.BuildAllocationRow[] {
  const items = stock.stockItems
    .filter((raw) => raw.sales_order === null && number(raw, "allocated") > 0)
    .map((raw) => ({ pk: number(raw, "pk"), part: number(raw, "part"), left: number(raw, "allocated") }));
  const open = lines
    .filter((raw) => number(raw, "allocated") > 0)
    .map((raw) => ({
      pk: number(raw, "pk"),
      bomItem: number(raw, "bom_item"),
      part: number(raw, "part"),
      left: number(raw, "allocated"),
    }));
  const found: Table.BuildAllocationRow[] = [];
  const take = (line: (typeof open)[number], from: ReadonlySet<number>) => {
    for (const item of items.filter((candidate) => from.has(candidate.part))) {
      const quantity = Math.min(line.left, item.left);
      if (quantity <= 0) continue;
      found.push({ build_line: line.pk, stock_item: item.pk, quantity });
      line.left = tidy(line.left - quantity);
      item.left = tidy(item.left - quantity);
    }
  };
  for (const line of open) take(line, new Set([line.part]));
  for (const line of open) {
    const variants = stock.parts.filter((part) => part.variant_of === line.part).map((part) => part.pk);
    const substitutes = stock.substitutes.filter((row) => row.bom_item === line.bomItem).map((row) => row.part);
    take(line, new Set([...variants, ...substitutes]));
  }
  if ([...open, ...items].some(({ left }) => left > 0)) throw new Error("The recorded allocations do not add up");
  return found;
}
