import type { Offer, ReportLine } from "../generated/report.ts";
import { defined } from "../records.ts";
import { byKey } from "../text/code-units.ts";
import { plainText, webAddress } from "../text/plain-text.ts";
import { orderByColumn } from "./by-when.ts";
import { deliveryColumn, figure, nameColumns, neededCell, quantityCell } from "./cells.ts";
import { wholePieces } from "./format.ts";
import { type Cell, type ColumnPlan, type Section, tableOf } from "./table.ts";
import type { ViewContext } from "./view-context.ts";

/** What to order: how much, from whom, at which price, until when. */
export function toOrderSection(
  viewing: ViewContext,
  {
    lines,
    remarks,
  }: { readonly lines: readonly ReportLine[]; readonly remarks: (line: ReportLine) => readonly string[] },
): Section[] {
  const rows = lines.filter((line) => line.to_order > 0);
  if (rows.length === 0) return [];
  const { texts, report } = viewing;
  const plan: ColumnPlan<ReportLine>[] = [
    ...nameColumns<ReportLine>(viewing, remarks),
    figure(viewing, { id: "missing", priority: 3, overage: (line) => !isInPieces(line) }),
    { id: "order_quantity", priority: 1, align: "right", cell: (line) => orderCell(viewing, line) },
    { id: "supplier", priority: 1, ifAny: true, cell: (line) => supplierCell(line.offer) },
    { id: "sku", priority: 1, merged: true, ifAny: true, cell: ({ offer }) => ({ text: plainText(offer?.sku ?? "") }) },
    { id: "unit_price", priority: 3, align: "right", ifAny: true, cell: ({ offer }) => packPriceCell(viewing, offer) },
    { id: "total", priority: 2, align: "right", ifAny: true, cell: (line) => sumCell(viewing, line) },
    orderByColumn(viewing, 1),
    deliveryColumn(viewing, 4),
  ];
  const notes = [...sums(viewing, rows), ...(report.offers === "unreadable" ? [texts.buying.unreadable] : [])];
  return [{ id: "to_order", title: texts.sections.to_order, ...tableOf({ titles: texts.columns, plan, rows }), notes }];
}

/** What the spreadsheet has of an offer: a column each. */
export function offerColumns(): readonly {
  readonly id: "supplier" | "sku" | "mpn" | "packs" | "pack" | "unit_price" | "currency";
  readonly cell: (line: ReportLine) => Cell;
}[] {
  const words = (text: string | null | undefined): Cell => ({ text: plainText(text ?? "") });
  const number = (value: number | null | undefined): Cell =>
    value === null || value === undefined ? { text: "" } : { text: String(value), value };
  return [
    { id: "supplier", cell: ({ offer }) => words(offer?.supplier) },
    { id: "sku", cell: ({ offer }) => words(offer?.sku) },
    { id: "mpn", cell: ({ offer }) => words(offer?.mpn) },
    { id: "packs", cell: ({ offer }) => number(offer?.packs) },
    { id: "pack", cell: ({ offer }) => number(offer?.pack) },
    { id: "unit_price", cell: ({ offer }) => ({ ...number(offer?.unit_price), decimals: 6 }) },
    { id: "currency", cell: ({ offer }) => words(offer?.currency) },
  ];
}

/** How much to order, in the packs of its offer. */
export function packsCell(
  viewing: Pick<ViewContext, "format">,
  { order_quantity: value, offer, units }: Pick<ReportLine, "order_quantity" | "offer" | "units">,
): Cell {
  const quantity = quantityCell(viewing, { value, units });
  return offer === undefined ? quantity : { ...quantity, text: packsWords(viewing, { ...offer, units }) };
}

/** The same; where nothing was rounded up to packs, with what attrition, setup and rounding add. */
function orderCell(viewing: ViewContext, line: ReportLine): Cell {
  const { to_order: value, units, overage } = line;
  const cell = packsCell(viewing, line);
  return isInPieces(line)
    ? { ...cell, ...neededCell(viewing, { value, units, overage }), value: cell.value ?? value }
    : cell;
}

/** Whether what is ordered is what is to order, up to a whole piece, and not a number of packs. */
function isInPieces({ to_order, order_quantity, offer, units }: ReportLine): boolean {
  const pieces = units === "" ? wholePieces(to_order) : to_order;
  return (offer === undefined || offer.pack === 1) && order_quantity === pieces;
}

/** `3 × 100`, or the quantity where a pack is one piece. */
export function packsWords(
  { format }: Pick<ViewContext, "format">,
  { packs, pack, units }: Pick<Offer, "packs" | "pack"> & Pick<ReportLine, "units">,
): string {
  const of = plainText(units);
  return pack === 1 ? format.quantity(packs, of) : `${format.quantity(packs)} × ${format.quantity(pack, of)}`;
}

/** From whom. */
export function supplierCell(offer: Offer | undefined): Cell {
  if (offer === undefined) return { text: "" };
  const sku = plainText(offer.sku);
  const supplier = plainText(offer.supplier);
  const href = webAddress(offer.link);
  return {
    text: supplier === "" ? sku : supplier,
    ...(supplier === "" ? {} : { sub: sku }),
    ...defined({ href }),
  };
}

function packPriceCell({ format, texts }: ViewContext, offer: Offer | undefined): Cell {
  if (offer === undefined || offer.unit_price === null) return { text: "" };
  const text = format.price(offer.unit_price, offer.currency);
  return offer.below_first_break ? { text, sub: texts.buying.belowFirst } : { text };
}

function sumCell(viewing: ViewContext, { offer, units }: ReportLine): Cell {
  const { format, texts } = viewing;
  if (offer === undefined) return { text: "" };
  if (offer.total === null) return { text: texts.buying.noPrice, tone: "muted" };
  const { next_break: next } = offer;
  const text = format.money(offer.total, offer.currency);
  if (next === null) return { text, value: offer.total };
  const sub = texts.buying.nextBreak(
    packsWords(viewing, { ...offer, packs: next.packs, units }),
    format.money(next.total, next.currency),
  );
  return { text, value: offer.total, sub };
}

function sums(viewing: ViewContext, rows: readonly ReportLine[]): string[] {
  const { amounts, unpriced } = totalsOf(viewing, rows);
  return amounts === "" ? [] : [viewing.texts.buying.total(amounts, unpriced)];
}

/** A sum for each currency, empty where nothing has a price, and how many lines are in none of them. */
export function totalsOf(
  { format }: Pick<ViewContext, "format">,
  rows: readonly ReportLine[],
): { readonly amounts: string; readonly unpriced: number } {
  const totals = new Map<string, number>();
  let unpriced = 0;
  for (const { offer } of rows) {
    const { total = null, currency = null } = offer ?? {};
    if (total === null || currency === null) unpriced += 1;
    else totals.set(currency, (totals.get(currency) ?? 0) + Math.round(total * 1e6));
  }
  const amounts = [...totals].sort(byKey).map(([code, sum]) => format.money(sum / 1e6, code));
  return { amounts: amounts.join(" + "), unpriced };
}
