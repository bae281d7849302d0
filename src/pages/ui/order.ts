// What all lists have to order together, by supplier, and the draft orders that can be made of it.
import { html } from "hono/html";
import type { Basket, BasketLine, SupplierBasket } from "../../core/calculation/buying/basket.ts";
import { plainText } from "../../core/text/plain-text.ts";
import { packsWords } from "../../core/view/to-order.ts";
import { card, empty, heading, lines, link, note, table } from "../components.ts";
import type { Markup } from "../markup.ts";
import type { PageContent } from "../shell.ts";
import type { Said } from "./plain.ts";

export interface OrderPage extends Said {
  readonly formToken: string;
  readonly basket: Basket;
  /** Label of the server. */
  readonly instance: string;
  readonly instances: readonly string[];
  /** Parts that have a page of their own. */
  readonly known: ReadonlySet<number>;
  /** Or why none can be made. */
  readonly drafts: DraftsShown | string;
  /** What was written just now. */
  readonly written: WrittenShown | null;
}

export interface DraftsShown {
  /** Of what would be written: it is sent back with the yes. */
  readonly digest: string;
  /** `reference`: the pending order that is added to; null: a new one. */
  readonly orders: readonly { readonly supplier: string; readonly reference: string | null; readonly lines: number }[];
}

export interface WrittenShown {
  readonly orders: readonly {
    readonly supplier: string;
    readonly reference: string;
    readonly isNew: boolean;
    readonly lines: number;
    readonly of: number;
  }[];
  /** Why the rest was not written. */
  readonly failure: string | null;
  /** Suppliers for whom nothing was written. */
  readonly left: readonly string[];
}

/** The page; its button writes, and only what it shows. */
export function orderPage(page: OrderPage): PageContent {
  const { basket, instance, instances, terms, frame, written } = page;
  const isEmpty = basket.suppliers.length + basket.without_offer.length === 0;
  const title = isEmpty ? terms.nothingToOrder : terms.orderTitle(basket.suppliers.length);
  const others = instances.filter((one) => one !== instance);
  const body = html`${heading({ title, lead: terms.orderLead(basket.lists.map(plainText).join(", ")) })}
${others.length === 0 ? "" : html`<p class="files">${others.map((one) => html`<a class="button" href="/order?instance=${encodeURIComponent(one)}">${plainText(one)}</a>`)}</p>`}
${written === null ? "" : writtenNote(written, page)}
${
  basket.problems.length === 0
    ? ""
    : note({
        hue: "warn",
        shape: "critical",
        word: terms.notCounted,
        text: html`<ul>${basket.problems.map(
          ({ list, words, message }) =>
            html`<li>${[list ?? "", words, message]
              .filter((word) => word !== "")
              .map(plainText)
              .join(": ")}</li>`,
        )}</ul>`,
      })
}
${basket.suppliers.map((supplier) => supplierCard(supplier, page))}
${basket.without_offer.length === 0 ? "" : unoffered(page)}
${isEmpty ? card({ title: frame.texts.columns.toOrder, body: empty({ shape: "enough", hue: "good", title: terms.nothingToOrder, text: "" }) }) : draftsCard(page)}`;
  return { title, current: "parts", body };
}

function supplierCard({ supplier, lines: rows, totals, unpriced }: SupplierBasket, page: OrderPage): Markup {
  const { frame, terms } = page;
  const { format } = frame;
  const { columns } = frame.texts;
  const sums = totals.map(({ total, currency }) => format.money(total, currency)).join(" + ");
  const total = [sums, unpriced === 0 ? "" : terms.unpriced(unpriced)].filter((words) => words !== "").join(", ");
  const price = ({ unit_price: each, currency }: BasketLine) => (each === null ? "" : format.price(each, currency));
  const sum = (row: BasketLine) => (row.total === null ? "–" : format.money(row.total, row.currency));
  return card({
    title: plainText(supplier),
    aside: total,
    body: table({
      caption: plainText(supplier),
      columns: [
        { title: columns.part },
        { title: columns.quantity, align: "right" },
        { title: "SKU" },
        { title: terms.orderColumns.sum, align: "right" },
        { title: terms.orderColumns.by, room: "wide" },
        { title: columns.lists, room: "full" },
      ],
      rows: rows.map((row) => [
        lines(partLink(row.part, { name: row.name, page }), plainText(row.ipn ?? "")),
        packsWords({ format }, row),
        link(plainText(row.sku), row.link ?? undefined),
        lines(sum(row), price(row)),
        row.order_by === undefined ? "–" : format.day(row.order_by),
        row.lists.map(plainText).join(", "),
      ]),
    }),
  });
}

function unoffered(page: OrderPage): Markup {
  const { frame, terms, basket } = page;
  const { columns } = frame.texts;
  return card({
    title: terms.nobodyOffers,
    body: table({
      caption: terms.nobodyOffers,
      columns: [
        { title: columns.part },
        { title: columns.quantity, align: "right" },
        { title: terms.orderColumns.reason },
        { title: columns.lists, room: "full" },
      ],
      rows: basket.without_offer.map(({ part, name, ipn, order_quantity, units, reason, lists }) => [
        lines(partLink(part, { name, page }), plainText(ipn ?? "")),
        frame.format.quantity(order_quantity, plainText(units)),
        terms.offerReasons[reason],
        lists.map(plainText).join(", "),
      ]),
    }),
  });
}

function partLink(pk: number, { name, page }: { readonly name: string; readonly page: OrderPage }): Markup {
  return link(plainText(name), page.known.has(pk) ? page.frame.to.part(page.instance, pk) : undefined);
}

function draftsCard({ terms, formToken, drafts, instance }: OrderPage): Markup | string {
  if (typeof drafts === "string")
    return card({ title: terms.draftsTitle, body: html`<p class="hint">${plainText(drafts)}</p>` });
  if (drafts.orders.length === 0) return "";
  const items = drafts.orders.map(({ supplier, reference, lines: many }) => {
    const name = plainText(supplier);
    return html`<li>${reference === null ? terms.draftNew(name, many) : terms.draftMore(name, plainText(reference), many)}</li>`;
  });
  return card({
    title: terms.draftsTitle,
    body: html`<p>${terms.draftsText}</p><ul>${items}</ul><form method="post" action="/order" class="actions spaced"><input type="hidden" name="form" value="${formToken}"><input type="hidden" name="instance" value="${instance}"><input type="hidden" name="seen" value="${drafts.digest}"><button type="submit" class="main">${terms.draftsWrite}</button></form>`,
  });
}

function writtenNote({ orders, failure, left }: WrittenShown, { terms }: OrderPage): Markup {
  const items = orders.map(({ supplier, reference, isNew, lines: done, of }) => {
    const order = { reference: plainText(reference), supplier: plainText(supplier), isNew, done, of };
    return html`<li>${terms.draftWritten(order)}</li>`;
  });
  if (failure === null)
    return card({ title: terms.draftsDone, body: html`<ul>${items}</ul><p>${terms.draftsLook}</p>` });
  const rest = left.length === 0 ? "" : html`<p>${terms.draftsLeft(left.map(plainText).join(", "))}</p>`;
  const text = html`<p>${plainText(failure)}.</p><ul>${items}</ul>${rest}<p>${terms.draftsAgain}</p>`;
  return note({ hue: "bad", shape: "failed", word: terms.draftsStopped, text });
}
