import { html } from "hono/html";
import type { Overview } from "../core/overview/overview.ts";
import { type PartRow, STOCK_STATUS, type StockStatus } from "../core/overview/parts.ts";
import { plainText } from "../core/text/plain-text.ts";
import { card, empty, heading, jumps, lines, link, state, table } from "./components.ts";
import { delivery } from "./delivery.ts";
import type { Frame } from "./frame.ts";
import type { Markup } from "./markup.ts";
import type { PageContent } from "./shell.ts";
import { stockLook } from "./states.ts";

/** Rows of one page, over all states. */
const MOST = 400;
/** Of parts that there is enough of. */
const MOST_ENOUGH = 100;

/** All parts that lists ask for, by urgency. */
export function partsPage(
  { parts }: Overview,
  frame: Frame,
  { rows = MOST }: { readonly rows?: number } = {},
): PageContent {
  const { texts, format } = frame;
  const groups = STOCK_STATUS.map((status) => ({
    status,
    parts: parts.filter((part) => part.status === status),
  })).filter((group) => group.parts.length > 0);
  const items = groups.map(({ status, parts: of }) => ({
    text: `${texts.stock[status]} ${format.quantity(of.length)}`,
    href: `#${status}`,
  }));
  let room = rows;
  const cards = groups.map((group) => {
    const most = Math.min(room, group.status === "enough" ? MOST_ENOUGH : room);
    const shown = group.parts.slice(0, most);
    room -= shown.length;
    return groupCard({ ...group, shown }, frame);
  });
  const body = html`${heading({ title: texts.partsTitle(parts.length), lead: texts.partsLead })}
${
  parts.length === 0
    ? html`<section class="card">${empty({ shape: "new", hue: "mute", title: texts.nothingTold, text: texts.nothingToldText })}</section>`
    : html`${jumps(texts.onThisPage, items)}${cards}`
}`;
  return { title: texts.pages.parts, current: "parts", body };
}

function groupCard(
  {
    status,
    parts,
    shown,
  }: { readonly status: StockStatus; readonly parts: readonly PartRow[]; readonly shown: readonly PartRow[] },
  frame: Frame,
): Markup {
  const { texts, format } = frame;
  const more = parts.length - shown.length;
  return card({
    title: texts.stock[status],
    id: status,
    aside: format.quantity(parts.length),
    body: html`${
      shown.length === 0
        ? ""
        : table({
            caption: texts.stock[status],
            columns: [
              { title: texts.columns.part },
              { title: texts.columns.lists, align: "right" },
              { title: texts.columns.required, align: "right", room: "wide" },
              { title: texts.columns.available, align: "right", room: "full" },
              { title: texts.columns.missing, align: "right" },
              { title: texts.columns.toOrder, align: "right", room: "wide" },
              { title: texts.columns.delivery, room: "full" },
            ],
            rows: shown.map((part) => rowOf(part, frame)),
          })
    }${more > 0 ? html`<p class="hint">${texts.more(format.quantity(more))} ${texts.searchFinds}</p>` : ""}`,
  });
}

function rowOf(part: PartRow, frame: Frame): readonly (Markup | string)[] {
  const { format, to } = frame;
  const units = plainText(part.units);
  const quantity = (value: number | null) => (value === null ? "–" : format.quantity(value, units));
  const { hue } = stockLook(part.status);
  return [
    lines(link(plainText(part.name), to.part(part.instance, part.pk)), plainText(part.ipn ?? "")),
    format.quantity(new Set(part.uses.map(({ list }) => list.id)).size),
    quantity(part.required),
    quantity(part.available),
    part.missing > 0
      ? html`<strong class="${part.isStale ? "mute" : hue}">${quantity(part.missing)}</strong>`
      : html`<span class="mute">0</span>`,
    part.toOrder > 0 ? quantity(part.toOrder) : html`<span class="mute">0</span>`,
    delivery({ outlook: part.outlook, onOrder: part.onOrder ?? 0 }, frame),
  ];
}

/** Its state in a table. */
export function stockState(status: StockStatus, { texts }: Frame): Markup {
  return state(texts.stock[status], stockLook(status));
}
