import type { Overview } from "../../core/overview/overview.ts";
import { plainText } from "../../core/text/plain-text.ts";
import type { Cell } from "../../core/view/table.ts";
import { csvOf } from "../../notify/email/csv.ts";
import { basketPage } from "../../pages/basket.ts";
import type { Frame } from "../../pages/frame.ts";
import type { Site } from "../../pages/shell.ts";
import { PAGES } from "./addresses.ts";
import { fitting } from "./fitting.ts";

const CSV = "order.csv";

/** The page of what to order, and all of it as CSV; none where no run has looked yet. */
export async function orderFiles(
  overview: Overview,
  { frame, site }: { readonly frame: Frame; readonly site: Site },
): Promise<readonly (readonly [path: string, text: string])[]> {
  if (overview.baskets.length === 0) return [];
  const csvHref = frame.to.file(CSV);
  const make = (rows?: number) => basketPage(overview, frame, rows === undefined ? { csvHref } : { csvHref, rows });
  return [
    [PAGES.order, await fitting(make, { frame, site })],
    [CSV, orderCsv(overview, frame)],
  ];
}

function orderCsv({ baskets }: Overview, { orders: words, texts, language }: Frame): string {
  const titles = [
    ...["Supplier", "SKU", "MPN", texts.columns.part, "IPN", texts.columns.toOrder],
    ...["Packs", "Pack", words.basket.each, words.basket.sum, "Currency", words.basket.by, texts.columns.lists],
  ];
  const text = (one: string | null | undefined): Cell => ({ text: plainText(one ?? "") });
  const number = (one: number | null): Cell => (one === null ? { text: "" } : { text: String(one), value: one });
  const rows = baskets.flatMap(({ basket }) => [
    ...basket.suppliers.flatMap(({ supplier, lines }) =>
      lines.map((line) => ({
        cells: [
          ...[text(supplier), text(line.sku), text(line.mpn), text(line.name), text(line.ipn)],
          ...[number(line.order_quantity), number(line.packs), number(line.pack), number(line.unit_price)],
          ...[number(line.total), text(line.currency), text(line.order_by), text(line.lists.join(" "))],
        ],
      })),
    ),
    ...basket.without_offer.map((line) => ({
      cells: [
        ...[text(""), text(""), text(""), text(line.name), text(line.ipn), number(line.order_quantity)],
        ...[text(""), text(""), text(""), text(""), text(""), text(line.order_by), text(line.lists.join(" "))],
      ],
    })),
  ]);
  return csvOf({ columns: titles.map((title) => ({ title })), rows }, language);
}
