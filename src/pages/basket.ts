// What the lists of each server have to order together, by supplier: from the outlook of the state branch.
import { html } from "hono/html";
import type { BasketAhead } from "../core/overview/ahead.ts";
import type { Overview } from "../core/overview/overview.ts";
import { plainText } from "../core/text/plain-text.ts";
import { packsWords } from "../core/view/to-order.ts";
import { card, empty, heading, lines, link, note, table } from "./components.ts";
import type { Frame } from "./frame.ts";
import type { Markup } from "./markup.ts";
import type { PageContent } from "./shell.ts";

type Supplier = BasketAhead["basket"]["suppliers"][number];

/** Rows of one page, over all suppliers. */
const MOST = 400;

/** The page of what to order. */
export function basketPage(
  { baskets, lists }: Overview,
  frame: Frame,
  { rows = MOST, csvHref }: { readonly rows?: number; readonly csvHref?: string } = {},
): PageContent {
  const { orders: ahead, texts } = frame;
  const names = new Map(lists.map(({ id, name }) => [id, plainText(name)]));
  const suppliers = new Set(baskets.flatMap(({ basket }) => basket.suppliers.map(({ supplier }) => supplier)));
  const isEmpty = baskets.every(({ basket }) => basket.suppliers.length + basket.without_offer.length === 0);
  const isOld = baskets.some(({ isStale }) => isStale);
  const title = isOld ? ahead.basket.unknown : isEmpty ? ahead.basket.none : ahead.basket.title(suppliers.size);
  const csv = isEmpty || csvHref === undefined ? "" : html`<a class="button" href="${csvHref}">${ahead.basket.csv}</a>`;
  const room = { left: rows };
  const body = html`${heading({ title, actions: html`${csv}` })}
${baskets.map((one) => instanceCards(one, { frame, names, room, isOnly: baskets.length === 1 }))}
${isEmpty && !isOld ? html`<section class="card">${empty({ shape: "enough", hue: "good", title: ahead.basket.none, text: "" })}</section>` : ""}`;
  return { title: texts.pages.order, current: "order", body };
}

interface Showing {
  readonly frame: Frame;
  /** Of lists, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** Rows that the page still has room for. */
  readonly room: { left: number };
  readonly isOnly: boolean;
}

function instanceCards(one: BasketAhead, showing: Showing): Markup {
  const { basket, instance, readAt, isStale, without } = one;
  const { frame, names, isOnly } = showing;
  const { orders: ahead, dates, format } = frame;
  const named = (ids: readonly string[]) => format.list(ids.map((id) => names.get(id) ?? plainText(id)));
  const when = dates.minute(readAt);
  return html`<p class="said${isStale ? " mute" : ""}">${isOnly ? "" : html`<strong>${plainText(instance)}</strong> · `}${ahead.basket.lead(named(basket.lists))} ${ahead.asOf(when)}.${
    without.length === 0 ? "" : ` ${ahead.basket.without(named(without))}`
  }</p>
${isStale ? note({ hue: "warn", shape: "critical", word: ahead.old, text: ahead.stale(when) }) : ""}
${basket.suppliers.map((supplier) => supplierCard(supplier, { ...showing, one }))}
${basket.without_offer.length === 0 ? "" : unofferedCard({ ...showing, one })}
${basket.left_out === undefined ? "" : html`<p class="hint">${ahead.basket.leftOut(basket.left_out)}</p>`}`;
}

interface InBasket extends Showing {
  readonly one: BasketAhead;
}

function supplierCard({ supplier, lines: rows, totals, unpriced }: Supplier, of: InBasket): Markup {
  const { frame, room, names } = of;
  const { orders: ahead, format, texts } = frame;
  const sums = totals.map(({ total, currency }) => format.money(total, currency)).join(" + ");
  const aside = [sums, unpriced === 0 ? "" : ahead.basket.unpriced(unpriced)].filter((word) => word !== "").join(", ");
  const shown = taken(rows, room);
  return card({
    title: plainText(supplier),
    aside: grey(aside, of),
    body: html`${table({
      caption: plainText(supplier),
      columns: [
        { title: texts.columns.part },
        { title: texts.columns.toOrder, align: "right" },
        { title: ahead.basket.sku, room: "wide" },
        { title: ahead.basket.sum, align: "right" },
        { title: ahead.basket.by, room: "wide" },
        { title: texts.columns.lists, room: "full" },
      ],
      rows: shown.map((row) => [
        partCell(row, of),
        grey(packsWords({ format }, row), of),
        link(plainText(row.sku), row.link ?? undefined),
        lines(
          row.total === null ? "–" : grey(format.money(row.total, row.currency), of),
          row.unit_price === null ? "" : format.price(row.unit_price, row.currency),
        ),
        row.order_by === undefined ? "–" : format.day(row.order_by),
        row.lists.map((id) => names.get(id) ?? plainText(id)).join(", "),
      ]),
    })}${more(rows.length - shown.length, frame)}`,
  });
}

function unofferedCard(of: InBasket): Markup {
  const { frame, one, room, names } = of;
  const { orders: ahead, format, texts } = frame;
  const shown = taken(one.basket.without_offer, room);
  return card({
    title: ahead.basket.nobodyOffers,
    body: html`${table({
      caption: ahead.basket.nobodyOffers,
      columns: [
        { title: texts.columns.part },
        { title: texts.columns.toOrder, align: "right" },
        { title: ahead.basket.reason },
        { title: texts.columns.lists, room: "full" },
      ],
      rows: shown.map((row) => [
        partCell(row, of),
        grey(format.quantity(row.order_quantity, plainText(row.units)), of),
        ahead.basket.reasons[row.reason],
        row.lists.map((id) => names.get(id) ?? plainText(id)).join(", "),
      ]),
    })}${more(one.basket.without_offer.length - shown.length, frame)}`,
  });
}

function partCell(
  { part, name, ipn }: { readonly part: number; readonly name: string; readonly ipn: string | null },
  { frame, one }: InBasket,
): Markup {
  return lines(link(plainText(name), frame.to.part(one.instance, part)), plainText(ipn ?? ""));
}

function grey(text: string, { one }: InBasket): Markup {
  return one.isStale ? html`<span class="mute">${text}</span>` : html`${text}`;
}

function more(left: number, { texts, format }: Frame): Markup {
  return left > 0 ? html`<p class="hint">${texts.more(format.quantity(left))}</p>` : "";
}

function taken<T>(rows: readonly T[], room: { left: number }): readonly T[] {
  const shown = rows.slice(0, Math.max(0, room.left));
  room.left -= shown.length;
  return shown;
}
