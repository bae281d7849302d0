import { html } from "hono/html";
import { type OpenOrder, ORDER_STATUS } from "../core/overview/orders.ts";
import type { Overview } from "../core/overview/overview.ts";
import { plainText } from "../core/text/plain-text.ts";
import { dayLine } from "./charts/days.ts";
import { type Share, shareBar } from "./charts/share.ts";
import { card } from "./components.ts";
import type { Frame } from "./frame.ts";
import type { Markup } from "./markup.ts";
import type { Shape } from "./shapes.ts";

const LOOKS: Readonly<Record<OpenOrder["status"], { readonly shape: Shape; readonly hue: string }>> = {
  late: { shape: "short", hue: "f-bad" },
  week: { shape: "coming", hue: "f-soon" },
  later: { shape: "coming", hue: "f-info" },
  undated: { shape: "new", hue: "f-warn" },
  not_placed: { shape: "inactive", hue: "f-mute" },
};

/** The open orders of listed parts: how late they are. */
export function ordersCard(overview: Overview, frame: Frame): Markup {
  const { orders: said, format, to } = frame;
  const { orders } = overview;
  if (orders.length === 0) return "";
  const shares = ORDER_STATUS.map((status): Share => {
    const of = orders.filter((order) => order.status === status);
    return {
      label: said.orderStatus[status],
      count: of.length,
      ...LOOKS[status],
      href: `${to.page("parts")}#on_its_way`,
      members: of.slice(0, 8).map(({ reference, supplier, date }) => ({
        name: plainText(reference),
        figure: [date === null ? "" : format.day(date), plainText(supplier)].filter((word) => word !== "").join(", "),
      })),
    };
  });
  const words = shares
    .filter(({ count }) => count > 0)
    .map(({ label, count }) => `${label}: ${format.quantity(count)}`);
  return card({
    title: said.ordersTitle,
    aside: said.ordersOpen(orders.length),
    body: shareBar(shares, { frame, words: said.ordersWords(words) }),
  });
}

/** The same on a line of days. */
export function deliveriesCard(overview: Overview, frame: Frame): Markup {
  const { texts, format, dates } = frame;
  const dated = overview.orders.filter(({ status, date }) => date !== null && status !== "not_placed");
  if (dated.length === 0) return "";
  const today = overview.lastCheck ?? overview.now;
  const marks = dated.map(({ reference, supplier, date, status, lines }) => {
    const brought = [...new Set(lines.map(({ name }) => plainText(name)))];
    const names = format.list(brought.slice(0, 3));
    const who = [plainText(reference), plainText(supplier)].filter((word) => word !== "").join(", ");
    return {
      at: new Date(`${date}T12:00:00Z`),
      size: brought.length,
      hue: LOOKS[status].hue,
      words: `${who}, ${format.day(date ?? "")}: ${names}${brought.length > 3 ? `, ${texts.more(format.quantity(brought.length - 3))}` : ""}`,
    };
  });
  return card({
    title: texts.deliveriesTitle,
    aside: texts.deliveriesAside,
    body: html`${dayLine(marks, { today, day: dates.day, end: dates.day(today), words: texts.deliveriesWords(marks.length) })}`,
  });
}
