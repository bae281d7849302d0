import { type Basket, basketOf, type SupplierBasket } from "../core/calculation/buying/basket.ts";
import type { Monitor } from "../core/monitor.ts";
import { byCodeUnits } from "../core/text/code-units.ts";
import type { Cell } from "../core/view/table.ts";
import { csvOf } from "../notify/email/csv.ts";
import { type CalcList, calc } from "./calc.ts";
import type { InventreeSource } from "./deps.ts";

/**
 * What these lists of one server have to order together, each shortage counted once and packs rounded once. Nothing is
 * recorded, nobody is notified. Throws FailureError if the server cannot be read completely.
 */
export async function order(input: {
  readonly lists: readonly Monitor[];
  /** Those of partwatch.yaml, or a plan's own. */
  readonly rules: Omit<CalcList, "parts" | "watch">;
  readonly inventree: InventreeSource;
  readonly now: Date;
}): Promise<Basket> {
  const { rules, inventree, now } = input;
  const lists = input.lists.toSorted((a, b) => byCodeUnits(a.id, b.id));
  // An entry of a plan belongs to the list that it comes from.
  const entries = lists.flatMap(({ id, parts }) => parts.map(({ list = id, ...entry }) => ({ id: list, entry })));
  const list = { ...rules, parts: entries.map(({ entry }) => entry), watch: [] };
  const { report, snapshot } = await calc({ list, inventree, now });
  return basketOf(report, { ids: entries.map(({ id }) => id), snapshot });
}

/** One table per supplier, in the form of distributors' BOM tools and InvenTree's import of order lines, by file name. */
export function orderFiles({ suppliers }: Basket): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const basket of suppliers) files.set(freeName(fileName(basket.supplier), files), orderFile(basket));
  return files;
}

function orderFile({ lines }: SupplierBasket): string {
  const columns = ["SKU", "Quantity", "MPN", "Part", "IPN", "Reference"].map((title) => ({ title }));
  const rows = lines.map(({ sku, packs, mpn, name, ipn, lists }): { readonly cells: Cell[] } => ({
    cells: [
      { text: sku },
      { text: String(packs), value: packs },
      { text: mpn ?? "" },
      { text: name },
      { text: ipn ?? "" },
      { text: lists.join(" ") },
    ],
  }));
  return csvOf({ columns, rows }, "en");
}

/** `Halbleiter Nord` → `halbleiter-nord`. */
function fileName(supplier: string): string {
  const name = supplier
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return name === "" ? "supplier" : name.slice(0, 60);
}

function freeName(name: string, taken: ReadonlyMap<string, string>): string {
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? `${name}.csv` : `${name}-${number}.csv`;
    if (!taken.has(free)) return free;
  }
}
