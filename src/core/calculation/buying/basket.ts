import type { Offer, Report, ReportLine } from "../../generated/report.ts";
import { defined } from "../../records.ts";
import { byCodeUnits } from "../../text/code-units.ts";
import type { Snapshot } from "../snapshot.ts";

/** What several lists have to order together, by supplier. */
export interface Basket {
  readonly schema_version: 1;
  /** Ids of the lists it was made for. */
  readonly lists: readonly string[];
  /** By name. */
  readonly suppliers: readonly SupplierBasket[];
  /** What nobody offers. */
  readonly without_offer: readonly UnofferedLine[];
  /** What could not be counted: it is in none of the lines. */
  readonly problems: readonly { readonly list: string | null; readonly words: string; readonly message: string }[];
}

export interface SupplierBasket {
  readonly supplier: string;
  readonly lines: readonly BasketLine[];
  /** One for each currency, by its code. */
  readonly totals: readonly { readonly currency: string; readonly total: number }[];
  /** Lines without a price: they are in no total. */
  readonly unpriced: number;
}

type SupplierParts = Pick<Snapshot, "supplierParts">;

interface Ordered {
  /** pk */
  readonly part: number;
  readonly name: string;
  readonly ipn: string | null;
  readonly units: string;
  /** What is missing and nothing on its way covers. */
  readonly to_order: number;
  /** The same, up to whole pieces and packs. */
  readonly order_quantity: number;
  /** YYYY-MM-DD; absent without dates or lead time. */
  readonly order_by?: string;
  /** Ids of the lists that need it. */
  readonly lists: readonly string[];
}

export interface BasketLine extends Ordered, Omit<Offer, "supplier"> {
  /** pk of the supplier part that is offered; null: it is not known. */
  readonly supplier_part: number | null;
  /** pk of the supplier; null: the server does not say. */
  readonly company: number | null;
}

export interface UnofferedLine extends Ordered {
  readonly reason: "no_supplier_part" | "none_active" | "unreadable";
}

/**
 * Rule 27 of docs/buying.md: the report of all entries of these lists together, sorted into suppliers. `ids` names the
 * list of each entry, in the order of the entries.
 */
export function basketOf(
  report: Report,
  { ids, snapshot }: { readonly ids: readonly string[]; readonly snapshot: SupplierParts },
): Basket {
  const rows = report.lines
    .filter(({ to_order }) => to_order > 0)
    .map((line) => ({ line, ordered: orderedOf(line, ids) }))
    .sort((a, b) => byCodeUnits(a.line.name, b.line.name) || a.line.pk - b.line.pk);
  const bySupplier = Map.groupBy(rows, ({ line }) => line.offer?.supplier);
  const suppliers = [...bySupplier].flatMap(([supplier, those]) => {
    if (supplier === undefined) return [];
    return [
      supplierBasket(
        supplier,
        those.flatMap(({ line: { offer }, ordered }) => (offer ? [lineOf(ordered, { offer, snapshot })] : [])),
      ),
    ];
  });
  const isRead = report.offers !== "unreadable";
  const without_offer = (bySupplier.get(undefined) ?? []).map(({ line, ordered }) => ({
    ...ordered,
    reason: isRead ? reasonOf(line.pk, snapshot) : ("unreadable" as const),
  }));
  return {
    schema_version: 1,
    lists: [...new Set(ids)],
    suppliers: suppliers.sort((a, b) => byCodeUnits(a.supplier, b.supplier)),
    without_offer,
    problems: report.problems.map(({ entry, words, message }) => ({
      list: entry === null ? null : (ids[entry] ?? null),
      words,
      message,
    })),
  };
}

function orderedOf(line: ReportLine, ids: readonly string[]): Ordered {
  const { pk: part, name, ipn, units, to_order, order_quantity, order_by } = line;
  const lists = [...new Set(line.why.flatMap(({ entry }) => ids[entry] ?? []))].sort(byCodeUnits);
  return { part, name, ipn, units, to_order, order_quantity, ...defined({ order_by }), lists };
}

function lineOf(
  ordered: Ordered,
  { offer: { supplier, ...offer }, snapshot }: { readonly offer: Offer; readonly snapshot: SupplierParts },
): BasketLine {
  const offered = (snapshot.supplierParts.get(ordered.part) ?? [])
    .filter(({ active, supplierName, sku }) => active && supplierName === supplier && sku === offer.sku)
    .toSorted((a, b) => Number(b.primary) - Number(a.primary) || a.pk - b.pk)[0];
  return { ...ordered, ...offer, supplier_part: offered?.pk ?? null, company: offered?.supplier ?? null };
}

function supplierBasket(supplier: string, lines: readonly BasketLine[]): SupplierBasket {
  const millionths = new Map<string, number>();
  for (const { total, currency } of lines) {
    if (total === null || currency === null) continue;
    millionths.set(currency, (millionths.get(currency) ?? 0) + Math.round(total * 1e6));
  }
  const totals = [...millionths].map(([currency, sum]) => ({ currency, total: sum / 1e6 }));
  return {
    supplier,
    lines,
    totals: totals.sort((a, b) => byCodeUnits(a.currency, b.currency)),
    unpriced: lines.filter(({ total, currency }) => total === null || currency === null).length,
  };
}

function reasonOf(pk: number, { supplierParts }: SupplierParts): UnofferedLine["reason"] {
  const known = supplierParts.get(pk) ?? [];
  return known.length === 0 ? "no_supplier_part" : "none_active";
}
