import { html } from "hono/html";
import { isMissing, shortByDay } from "../core/overview/alerts.ts";
import type { ListRow } from "../core/overview/lists.ts";
import type { Overview } from "../core/overview/overview.ts";
import { type PartRow, STOCK_STATUS, type StockStatus } from "../core/overview/parts.ts";
import { plainText } from "../core/text/plain-text.ts";
import { type Share, shareBar } from "./charts/share.ts";
import { spark } from "./charts/spark.ts";
import { card, empty, heading, lines, link, type Tile, table, tiles } from "./components.ts";
import { delivery } from "./delivery.ts";
import type { Frame } from "./frame.ts";
import { listsTable } from "./lists.ts";
import type { Markup } from "./markup.ts";
import { troubleNotes } from "./notes.ts";
import { deliveriesCard, ordersCard } from "./orders.ts";
import type { PageContent } from "./shell.ts";
import { stockLook } from "./states.ts";

/** Of the lists: those with a picture of thirty days. More stand on pages of their own. */
const MOST_LISTS = 60;
const MOST_PARTS = 10;
const DAYS = 30;

/** What a visitor wants to know first: what is missing, where, and whether that is known at all. */
export function overviewPage(
  overview: Overview,
  frame: Frame,
  { actions = "" }: { readonly actions?: Markup } = {},
): PageContent {
  const { texts } = frame;
  const standing = standingOf(overview);
  const title = sentence(standing, frame);
  if (overview.lists.length === 0)
    return { title: texts.pages.overview, current: "overview", body: nothingYet(overview, frame, actions) };
  const body = html`${heading({ title, lead: lead(overview, standing, frame), actions })}
${troubleNotes(overview, frame)}
${overviewTiles(overview, standing, frame)}
<div class="cols"><div>${listsCard(overview, frame)}${deliveriesCard(overview, frame)}${heldUp(overview, frame)}</div><div>${stockCard(overview, frame)}${ordersCard(overview, frame)}${together(overview, frame)}</div></div>`;
  return { title: texts.pages.overview, current: "overview", body };
}

export interface Standing {
  /** Lists that are switched on. */
  readonly active: readonly ListRow[];
  readonly short: readonly ListRow[];
  readonly stale: readonly ListRow[];
  /** Lists whose present shortages are unknown: stale ones, and those without a complete check. */
  readonly unknown: readonly ListRow[];
  readonly checked: readonly ListRow[];
  readonly covered: number;
  /** Nothing was checked yet, or no check of any list worked. */
  readonly isUnknown: boolean;
  /** Parts, each once. */
  readonly missing: number;
  readonly low: number;
}

/** What the page sentence says, in figures. */
export function standingOf({ lists, alerts }: Overview): Standing {
  const active = lists.filter(({ status }) => status !== "inactive");
  const open = alerts.filter(
    ({ alert, isSilenced }) => (alert.state === "active" || alert.state === "acknowledged") && !isSilenced,
  );
  const parts = (alerts: (typeof open)[number][]) =>
    new Set(alerts.map(({ list, alert }) => `${list.instance} ${alert.part}`)).size;
  const stale = active.filter(({ isStale }) => isStale);
  const checked = active.filter(({ lastCheck }) => lastCheck !== null);
  return {
    isUnknown: checked.every(({ isStale }) => isStale),
    active,
    short: active.filter(({ open: { short, low, out } }) => short + low + out > 0),
    stale,
    unknown: active.filter(({ isStale, status }) => isStale || status === "new"),
    checked,
    covered: active.filter(({ status }) => status === "covered").length,
    missing: parts(open.filter(({ alert }) => isMissing(alert))),
    low: parts(open.filter(({ alert }) => alert.kind === "low" || alert.kind === "out")),
  };
}

function sentence(standing: Standing, { texts }: Frame): string {
  const { active, short, unknown, checked, missing, low, isUnknown } = standing;
  if (active.length === 0) return texts.sentence.allInactive;
  if (checked.length === 0) return texts.sentence.neverChecked;
  if (isUnknown) return texts.sentence.unknown;
  if (missing + low > 0) return texts.sentence.short({ missing, low, lists: short.length, of: active.length });
  if (unknown.length > 0) return texts.sentence.partlyKnown(unknown.length, active.length);
  return texts.sentence.covered(active.length);
}

function lead(overview: Overview, standing: Standing, frame: Frame): Markup {
  const { texts, dates } = frame;
  const { lastCheck, nextCheck } = overview;
  const { missing, low, short, active } = standing;
  const known = overview.lists
    .flatMap(({ lastSuccess }) => lastSuccess ?? [])
    .sort((a, b) => b.getTime() - a.getTime())[0];
  const parts = overview.parts.filter(({ status }) => status === "nothing_ordered").length;
  const late = latest(overview).length;
  const old = standing.stale.filter(({ lastSuccess }) => lastSuccess !== null).length;
  const words =
    standing.isUnknown && standing.checked.length > 0
      ? [
          known === undefined
            ? texts.neverKnown
            : texts.asKnown(
                dates.minute(known),
                texts.sentence.short({ missing, low, lists: short.length, of: active.length }),
              ),
        ]
      : [
          ...(parts > 0 || late > 0 ? [texts.onOrder({ nothing: parts, late })] : []),
          ...(old > 0 ? [texts.someStale(old)] : []),
        ];
  const times = [
    ...(lastCheck === null ? [] : [texts.lastCheck(dates.minute(lastCheck))]),
    ...(nextCheck === null ? [] : [texts.nextCheck(dates.minute(nextCheck))]),
  ];
  return html`${[...words, ...times].join(" ")}`;
}

function latest({ parts }: Overview): readonly PartRow[] {
  return parts.filter(({ status, outlook }) => status === "on_its_way" && outlook?.state === "late");
}

function overviewTiles(overview: Overview, standing: Standing, frame: Frame): Markup {
  const { texts, format, to } = frame;
  const { active, covered, missing, stale } = standing;
  const unknown = standing.isUnknown && standing.checked.length > 0;
  const partsWith = (wanted: readonly StockStatus[]) => {
    const there = wanted.find((status) => overview.parts.some((part) => part.status === status));
    return there === undefined ? to.page("parts") : `${to.page("parts")}#${there}`;
  };
  const days = shortByDay(overview.alerts, { now: overview.lastCheck ?? overview.now, days: DAYS });
  const change = (days.at(-1) ?? 0) - (days.at(-2) ?? 0);
  const ordered = overview.parts.filter(({ toOrder, status }) => toOrder > 0 && status !== "silenced");
  const late = latest(overview);
  const dates = late.flatMap(({ outlook }) => outlook?.date ?? []).sort();
  const count = (status: ListRow["status"]) => overview.lists.filter((list) => list.status === status).length;
  const others = (["broken", "failed", "overdue", "new", "inactive"] as const)
    .filter((status) => count(status) > 0)
    .map((status) => `${format.quantity(count(status))} ${texts.listStatus[status].toLowerCase()}`);
  const old = overview.lists
    .flatMap(({ lastSuccess }) => lastSuccess ?? [])
    .sort((a, b) => b.getTime() - a.getTime())[0];
  const asOf = old === undefined ? texts.neverKnown : texts.asOf(frame.dates.minute(old));
  const hue = (value: number, tone: Tile["hue"]): Pick<Tile, "hue"> =>
    unknown ? { hue: "mute" } : value > 0 && tone !== undefined ? { hue: tone } : {};
  return tiles([
    {
      label: texts.tiles.short,
      figure: format.quantity(missing),
      line: unknown ? asOf : texts.sinceYesterday(change),
      ...hue(missing, "bad"),
      href: partsWith(["nothing_ordered", "on_its_way"]),
      chart: spark(days, {
        words: texts.spark(days[0] ?? 0, days.at(-1) ?? 0),
        hue: unknown ? "mute" : missing > 0 ? "bad" : "good",
      }),
    },
    {
      label: texts.tiles.toOrder,
      figure: format.quantity(ordered.length),
      line: unknown ? asOf : texts.partsToOrder(ordered.length),
      ...hue(0, undefined),
      href: overview.baskets.length > 0 ? to.page("order") : partsWith(ordered.map(({ status }) => status)),
    },
    {
      label: texts.tiles.late,
      figure: format.quantity(late.length),
      line: unknown ? asOf : dates[0] === undefined ? texts.noneLate : texts.lateSince(format.day(dates[0])),
      ...hue(late.length, "warn"),
      href: partsWith(late.map(({ status }) => status)),
    },
    {
      label: texts.tiles.covered,
      figure: format.quantity(covered),
      of: texts.of(format.quantity(active.length)),
      line: others.length === 0 ? texts.allChecked : others.join(", "),
      ...(covered === 0 && stale.length > 0 ? { hue: "bad" as const } : {}),
      href: to.page("lists"),
    },
  ]);
}

function listsCard(overview: Overview, frame: Frame): Markup {
  const { texts, format, to } = frame;
  const shown = overview.lists.slice(0, MOST_LISTS);
  const folded = overview.lists.length - shown.length;
  return card({
    title: texts.pages.lists,
    aside: link(texts.allLists(format.quantity(overview.lists.length)), to.page("lists")),
    body: html`${listsTable(shown, { frame, withPicture: true })}${
      folded > 0 ? html`<p class="more">${link(texts.moreLists(format.quantity(folded)), to.page("lists"))}</p>` : ""
    }`,
  });
}

function stockCard({ parts, lists }: Overview, frame: Frame): Markup {
  const { texts, format, to } = frame;
  const counted = lists.filter(({ report, status }) => report !== null && status !== "inactive");
  if (parts.length === 0) return "";
  const shares = STOCK_STATUS.map((status): Share => {
    const members = parts.filter((part) => part.status === status);
    const { shape, fill } = stockLook(status);
    const named = status === "enough" ? [] : members.slice(0, 8);
    return {
      label: texts.stock[status],
      count: members.length,
      shape,
      hue: fill,
      href: `${to.page("parts")}#${status}`,
      members: named.map((part) => ({ name: plainText(part.name), figure: figureOf(part, frame) })),
    };
  });
  const words = texts.stockWords(
    shares.filter(({ count }) => count > 0).map(({ label, count }) => `${label}: ${format.quantity(count)}`),
  );
  return card({
    title: texts.stockTitle,
    aside: texts.partsInLists(format.quantity(parts.length), counted.length),
    body: shareBar(shares, { frame, words }),
  });
}

function figureOf({ missing, toBuild, status, units }: PartRow, { format }: Frame): string {
  const value = status === "to_build" ? toBuild : missing;
  return value > 0 ? format.quantity(value, plainText(units)) : "";
}

/** The parts that the most lists wait for. */
function heldUp({ parts }: Overview, frame: Frame): Markup {
  const { texts, format, to } = frame;
  const short = parts
    .filter(({ status }) => status === "nothing_ordered" || status === "on_its_way")
    .toSorted((a, b) => b.uses.length - a.uses.length || b.missing - a.missing);
  if (short.length === 0) return "";
  return card({
    title: texts.heldUp,
    aside: link(texts.allParts(format.quantity(parts.length)), to.page("parts")),
    body: table({
      caption: texts.heldUp,
      columns: [
        { title: texts.columns.part },
        { title: texts.columns.lists, align: "right" },
        { title: texts.columns.missing, align: "right" },
        { title: texts.columns.delivery, room: "wide" },
      ],
      rows: short
        .slice(0, MOST_PARTS)
        .map((part) => [
          lines(link(plainText(part.name), to.part(part.instance, part.pk)), plainText(part.ipn ?? "")),
          format.quantity(new Set(part.uses.map(({ list }) => list.id)).size),
          html`<strong class="${part.isStale ? "mute" : "bad"}">${format.quantity(part.missing, plainText(part.units))}</strong>`,
          delivery({ outlook: part.outlook, onOrder: part.onOrder ?? 0 }, frame),
        ]),
    }),
  });
}

/** Parts that each list alone has enough of, and that all lists together lack. */
function together({ parts }: Overview, frame: Frame): Markup {
  const { texts, format, to } = frame;
  const lacking = parts
    .filter(({ lackingTogether }) => lackingTogether > 0)
    .toSorted((a, b) => b.uses.length - a.uses.length);
  if (lacking.length === 0) return "";
  return card({
    title: texts.together.title,
    body: html`<p class="said">${texts.together.lead}</p>${table({
      caption: texts.together.title,
      columns: [{ title: texts.columns.part }, { title: texts.columns.lacking, align: "right" }],
      rows: lacking
        .slice(0, MOST_PARTS)
        .map((part) => [
          lines(
            link(plainText(part.name), to.part(part.instance, part.pk)),
            texts.together.row(
              format.quantity(part.available ?? 0),
              part.uses.flatMap(({ line }) => (line === undefined ? [] : [format.quantity(line.required)])).join(" + "),
            ),
          ),
          html`<strong class="warn">${format.quantity(part.lackingTogether, plainText(part.units))}</strong>`,
        ]),
    })}`,
  });
}

function nothingYet(overview: Overview, frame: Frame, actions: Markup): Markup {
  const { texts } = frame;
  return html`${heading({ title: texts.sentence.noList, actions })}
${troubleNotes(overview, frame)}
<section class="card">${empty({ shape: "new", hue: "mute", title: texts.noList.title, text: texts.noList.text })}</section>`;
}
