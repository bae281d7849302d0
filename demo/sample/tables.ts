import type { Tables } from "../inventree/tables.ts";
import { ASSEMBLIES } from "./assemblies.ts";
import { BOM } from "./bom.ts";
import { bomTables } from "./bom-rows.ts";
import { buildTables } from "./build-rows.ts";
import { ELECTRONICS } from "./electronics.ts";
import { HARDWARE } from "./hardware.ts";
import { purchaseTables, saleTables, supplyTables } from "./order-rows.ts";
import { PURCHASES, SALES, SAMPLE_BUILDS } from "./orders.ts";
import { categoryRows, locationRows, partRows } from "./part-rows.ts";
import { SAMPLE_LOCATIONS, STOCK } from "./stock.ts";
import { stockRows } from "./stock-rows.ts";
import { COMPANIES, SUPPLIES } from "./supply.ts";

/**
 * The stock and orders of a small team that makes environmental sensor stations; invented for this project. The same
 * for the same `today` (YYYY-MM-DD), from which all dates are counted.
 */
export function sampleTables({ today }: { readonly today: string }): Tables {
  const specs = [...ASSEMBLIES, ...ELECTRONICS, ...HARDWARE];
  const categories = categoryRows(specs);
  const parts = partRows(specs, categories);
  const locations = locationRows(SAMPLE_LOCATIONS);
  const supply = supplyTables({ companies: COMPANIES, supplies: SUPPLIES, parts });
  const sales = { companies: supply.companies, parts, today };
  const stock = stockRows(STOCK, { parts, locations, supplierParts: supply.supplierParts, today });
  const bom = bomTables(BOM, parts);
  const builds = buildTables(SAMPLE_BUILDS, { ...bom, parts, stock, today });
  return {
    today,
    currency: { base_currency: "EUR", exchange_rates: { EUR: 1, USD: 1.09 }, updated: `${today}T04:00:00Z` },
    parts: parts.rows,
    categories: categories.rows,
    locations: locations.rows,
    stockItems: [...stock, ...builds.outputs],
    ...bom,
    ...supply,
    companies: supply.companies.rows,
    supplierParts: supply.supplierParts.rows,
    ...purchaseTables(PURCHASES, { companies: supply.companies, supplierParts: supply.supplierParts, today }),
    ...saleTables(SALES, { ...sales, stock }),
    builds: builds.builds,
    buildLines: builds.buildLines,
    buildAllocations: builds.buildAllocations,
  };
}
