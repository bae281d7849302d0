import { html } from "hono/html";
import { type PartRow, type PartUse, purchaseOutlook } from "../core/overview/parts.ts";
import { clip, plainText } from "../core/text/plain-text.ts";
import { textsFor } from "../core/view/texts/texts-for.ts";
import { card, heading, icon, lines, link, pill, table, tiles } from "./components.ts";
import { delivery } from "./delivery.ts";
import type { Frame } from "./frame.ts";
import type { Markup } from "./markup.ts";
import { stockState } from "./parts.ts";
import type { PageContent } from "./shell.ts";
import { stockLook } from "./states.ts";

const MOST_USES = 200;

/** One part over all lists: what each wants of it, and when it comes. */
export function partPage(
  {
    part,
    inventree,
    actions = "",
  }: { readonly part: PartRow; readonly inventree?: string | undefined; readonly actions?: Markup },
  frame: Frame,
): PageContent {
  const { texts, to } = frame;
  const name = plainText(part.name);
  const open =
    inventree === undefined
      ? ""
      : html`<a class="button" href="${inventree}" rel="noreferrer">${textsFor(frame.format).mail.openInvenTree}</a>`;
  const sub = [part.ipn ?? "", part.version ?? ""].map(plainText).filter((word) => word !== "");
  const body = html`${heading({
    crumbs: html`<a href="${to.page("parts")}">${texts.pages.parts}</a> / ${sub[0] ?? `#${part.pk}`}`,
    pill: pill(texts.stock[part.status], stockLook(part.status)),
    title: name,
    lead: leadOf(part, frame),
    actions: html`${open}${actions}`,
  })}
${partTiles(part, frame)}
${usesCard(part, frame)}`;
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

function partTiles(part: PartRow, { texts, format }: Frame): Markup {
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
    { label: texts.tiles.onOrder, figure: quantity(part.onOrder), line: "", ...dim },
    {
      label: texts.columns.missing,
      figure: quantity(part.missing),
      line: part.toOrder > 0 ? texts.toOrderLine(quantity(part.toOrder)) : "",
      ...(part.missing > 0 ? { hue: "bad" as const } : {}),
      ...dim,
    },
  ]);
}

function usesCard(part: PartRow, frame: Frame): Markup {
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
      rows: shown.map((use) => useRow(part, use, frame)),
    })}${more > 0 ? html`<p class="hint">${texts.more(format.quantity(more))}</p>` : ""}`,
  });
}

function useRow(
  part: PartRow,
  { list, line, watched, status, alerts }: PartUse,
  frame: Frame,
): readonly (Markup | string)[] {
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
  return [
    lines(link(plainText(list.name), to.list(list.id)), sub.join(" · ")),
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
