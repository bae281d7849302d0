import { html } from "hono/html";
import type { ListAlert } from "../core/overview/alerts.ts";
import { type PartRow, type PartUse, purchaseOutlook } from "../core/overview/parts.ts";
import { clip, plainText, webAddress } from "../core/text/plain-text.ts";
import { textsFor } from "../core/view/texts/texts-for.ts";
import { card, heading, icon, lines, link, pill, table, tiles } from "./components.ts";
import { delivery } from "./delivery.ts";
import type { Frame } from "./frame.ts";
import type { Markup } from "./markup.ts";
import { stockState } from "./parts.ts";
import type { PageContent } from "./shell.ts";
import { stockLook } from "./states.ts";
import { lowestTile, movesCard, type PartAheadShown, stockChart, stockSentence } from "./stock-ahead.ts";
import { aheadTextsFor } from "./texts/ahead.ts";

const MOST_USES = 200;

export interface PartPage {
  readonly part: PartRow;
  readonly inventree?: string | undefined;
  readonly actions?: Markup;
  /** How its stock develops, where somebody has just looked; absent: as the state branch knows it. */
  readonly ahead?: PartAheadShown | undefined;
  /** What stands where nobody has looked. */
  readonly unseen?: Markup;
  /** What can be done about an alert of it. */
  readonly alertActions?: ((alert: ListAlert) => Markup | string) | undefined;
}

/** One part over all lists: what each wants of it, how its stock develops, where it is bought. */
export function partPage(page: PartPage, frame: Frame): PageContent {
  const { part, inventree, actions = "", unseen = "" } = page;
  const names = new Map([...part.uses, ...part.plans].map(({ list }) => [list.id, list.name]));
  const known = page.ahead ?? part.ahead;
  const ahead = known === null ? null : { ...known, names };
  const { texts, to } = frame;
  const name = plainText(part.name);
  const open =
    inventree === undefined
      ? ""
      : html`<a class="button" href="${inventree}" rel="noreferrer">${textsFor(frame.format).mail.openInvenTree}</a>`;
  const sub = [part.ipn ?? "", part.version ?? ""].map(plainText).filter((word) => word !== "");
  const buy = buyCard(part, frame);
  const uses = usesCard(page, frame);
  const body = html`${heading({
    crumbs: html`<a href="${to.page("parts")}">${texts.pages.parts}</a> / ${sub[0] ?? `#${part.pk}`}`,
    pill: pill(texts.stock[part.status], stockLook(part.status)),
    title: name,
    lead: html`${ahead === null ? "" : `${stockSentence(ahead, frame)} `}${leadOf(part, frame)}`,
    actions: html`${open}${actions}`,
  })}
${partTiles({ part, ahead }, frame)}
${ahead === null ? unseen : stockChart(ahead, frame)}
${buy === "" ? uses : html`<div class="cols"><div>${uses}</div><div>${buy}</div></div>`}
${ahead === null ? "" : movesCard(ahead, frame)}`;
  return { title: name, current: "parts", body };
}

function leadOf(part: PartRow, frame: Frame): Markup {
  const { texts, format } = frame;
  const { missing, lackingTogether, outlook, onOrder, isStale, version } = part;
  const quantity = (value: number) => format.quantity(value, plainText(part.units));
  const short = part.uses.filter(({ line }) => (line?.missing ?? 0) > 0).length;
  return html`${version === null ? "" : `${plainText(version)}. `}${
    missing > 0 ? texts.missingInLists(quantity(missing), short) : ""
  } ${outlook === null ? "" : html`${texts.columns.delivery}: ${delivery({ outlook, onOrder: onOrder ?? 0 }, frame)}.`}${
    lackingTogether > 0 ? html` ${texts.lacksTogether(quantity(lackingTogether))}` : ""
  }${isStale ? html` ${texts.partlyOld}` : ""}`;
}

function partTiles(
  { part, ahead }: { readonly part: PartRow; readonly ahead: PartAheadShown | null },
  frame: Frame,
): Markup {
  const { texts, format } = frame;
  const lists = new Set(part.uses.map(({ list }) => list.id)).size;
  const quantity = (value: number | null) => (value === null ? "–" : format.quantity(value, plainText(part.units)));
  const stock = part.uses.flatMap(({ line }) => line ?? []).toSorted((a, b) => b.available - a.available)[0];
  const dim = part.isStale ? { hue: "mute" as const } : {};
  return tiles([
    {
      label: texts.tiles.free,
      figure: quantity(part.available ?? part.uses[0]?.watched?.available ?? null),
      line: stock === undefined ? "" : texts.stockLine(quantity(stock.in_stock), quantity(stock.committed)),
      ...((part.available ?? 1) <= 0 ? { hue: "bad" as const } : {}),
      ...dim,
    },
    { label: texts.tiles.wanted, figure: quantity(part.required), line: texts.inLists(lists), ...dim },
    { label: texts.tiles.onOrder, figure: quantity(part.onOrder), line: onOrderLine(part, frame), ...dim },
    ahead === null
      ? {
          label: texts.columns.missing,
          figure: quantity(part.missing),
          line: part.toOrder > 0 ? texts.toOrderLine(quantity(part.toOrder)) : "",
          ...(part.missing > 0 ? { hue: "bad" as const } : {}),
          ...dim,
        }
      : lowestTile(ahead, frame),
  ]);
}

/** `25 on 14 Dec 2026, 50 on 20 Jan 2027`. */
function onOrderLine({ uses, units }: PartRow, { format, texts }: Frame): string {
  const arrivals = uses.find(({ line }) => (line?.arrivals ?? []).length > 0)?.line?.arrivals ?? [];
  const words = arrivals.flatMap(({ date, quantity }) =>
    date === null ? [] : [`${format.quantity(quantity, plainText(units))}: ${format.day(date)}`],
  );
  const more = words.length > 2 ? [texts.more(format.quantity(words.length - 2))] : [];
  return [...words.slice(0, 2), ...more].join(", ");
}

/** From whom, as the lists have chosen it. */
function buyCard({ uses, units }: PartRow, { format }: Frame): Markup {
  const texts = aheadTextsFor(format).buy;
  const found = new Map(
    uses.flatMap(({ line }) =>
      line?.offer === undefined
        ? []
        : [[`${line.offer.supplier} ${line.offer.sku} ${line.offer.packs}`, line] as const],
    ),
  );
  if (found.size === 0) return "";
  return card({
    title: texts.title,
    body: table({
      caption: texts.title,
      columns: [
        { title: texts.columns.supplier },
        { title: texts.columns.packs, align: "right" },
        { title: texts.columns.each, align: "right", room: "wide" },
        { title: texts.columns.sum, align: "right" },
      ],
      rows: [...found.values()].flatMap(({ offer, order_quantity: quantity }) =>
        offer === undefined
          ? []
          : [
              [
                lines(plainText(offer.supplier), link(plainText(offer.sku), webAddress(offer.link ?? undefined))),
                lines(
                  offer.pack === 1
                    ? format.quantity(offer.packs)
                    : `${format.quantity(offer.packs)} × ${format.quantity(offer.pack)}`,
                  texts.forQuantity(format.quantity(quantity, plainText(units))),
                ),
                offer.unit_price === null ? texts.noPrice : format.price(offer.unit_price, offer.currency),
                offer.total === null ? "–" : html`<strong>${format.money(offer.total, offer.currency)}</strong>`,
              ],
            ],
      ),
    }),
  });
}

function usesCard({ part, alertActions }: PartPage, frame: Frame): Markup {
  const { texts, format } = frame;
  const all = [...part.uses, ...part.plans];
  const shown = all.slice(0, MOST_USES);
  const more = all.length - shown.length;
  return card({
    title: texts.whereNeeded,
    aside: texts.eachAlone,
    body: html`${table({
      caption: texts.whereNeeded,
      columns: [
        { title: texts.columns.list },
        { title: texts.columns.state, room: "wide" },
        { title: texts.columns.required, align: "right" },
        { title: texts.columns.missing, align: "right" },
        { title: texts.columns.delivery, room: "wide" },
        { title: texts.columns.since, room: "full" },
      ],
      rows: shown.map((use) => useRow({ part, use, alertActions }, frame)),
    })}${more > 0 ? html`<p class="hint">${texts.more(format.quantity(more))}</p>` : ""}`,
  });
}

function useRow(
  { part, use, alertActions }: Pick<PartPage, "part" | "alertActions"> & { readonly use: PartUse },
  frame: Frame,
): readonly (Markup | string)[] {
  const { list, line, watched, status, alerts } = use;
  const { texts, format, dates, to } = frame;
  const quantity = (value: number) => format.quantity(value, plainText(part.units));
  const ways = (line?.why ?? []).map(({ path }) =>
    path
      .filter(({ pk }) => pk !== part.pk)
      .map(({ name }) => plainText(name))
      .join(" › "),
  );
  const over = [...new Set(ways)].filter((way) => way !== "").join("; ");
  const sub = [
    ...(over === "" ? [] : [textsFor(format).neededFor(clip(over, 200))]),
    ...(watched === undefined ? [] : [texts.minimumOf(quantity(watched.minimum))]),
    ...(list.isStale && list.lastSuccess !== null ? [texts.asOf(dates.minute(list.lastSuccess))] : []),
  ];
  const [alert] = alerts;
  const missing = line?.missing ?? watched?.lacking ?? 0;
  const one = { list, units: part.units, ipn: part.ipn, isSilenced: status === "silenced" };
  const acts = alertActions === undefined ? "" : alerts.map((each) => alertActions({ ...one, alert: each }));
  return [
    html`${lines(link(plainText(list.name), to.list(list.id)), sub.join(" · "))}${acts}`,
    stockState(status, frame),
    quantity(line?.required ?? watched?.minimum ?? 0),
    missing > 0
      ? html`<strong class="${list.isStale ? "mute" : "bad"}">${quantity(missing)}</strong>`
      : html`<span class="mute">0</span>`,
    line === undefined ? "" : delivery({ outlook: purchaseOutlook(line), onOrder: line.on_order }, frame),
    alert === undefined
      ? ""
      : lines(
          dates.day(new Date(alert.since)),
          alert.acknowledged === undefined ? "" : html`${icon("seen")}${plainText(alert.acknowledged.by)}`,
        ),
  ];
}
