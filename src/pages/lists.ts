import { html } from "hono/html";
import { type ListRow, shortDays } from "../core/overview/lists.ts";
import type { Overview } from "../core/overview/overview.ts";
import { problemText } from "../core/problem.ts";
import { cronInWords } from "../core/schedule/describe.ts";
import { clip, plainText } from "../core/text/plain-text.ts";
import { meter } from "./charts/meter.ts";
import { spark } from "./charts/spark.ts";
import { card, heading, instant, lines, link, state, table } from "./components.ts";
import type { Frame } from "./frame.ts";
import type { Markup } from "./markup.ts";
import type { PageContent } from "./shell.ts";
import { listLook, listWords } from "./states.ts";

/** Rows of one page. */
export const LISTS_A_PAGE = 200;
const DAYS = 30;

/** All lists, or the next of them. */
export function listsPage(
  overview: Overview,
  frame: Frame,
  {
    page,
    href,
    actions = "",
    filter = "",
  }: {
    readonly page: number;
    readonly href: (page: number) => string;
    readonly actions?: Markup;
    /** Links that narrow the page. */
    readonly filter?: Markup;
  },
): PageContent {
  const { texts, format } = frame;
  const from = (page - 1) * LISTS_A_PAGE;
  const shown = overview.lists.slice(from, from + LISTS_A_PAGE);
  const pages = Math.ceil(overview.lists.length / LISTS_A_PAGE);
  const counts = Map.groupBy(overview.lists, ({ status }) => status);
  const words = [...counts].map(
    ([status, lists]) => `${format.quantity(lists.length)} ${texts.listStatus[status].toLowerCase()}`,
  );
  const body = html`${heading({ title: texts.listsTitle(overview.lists.length), lead: words.join(", "), actions })}
${filter}
${card({
  title: texts.pages.lists,
  aside: pages > 1 ? texts.pageOf(page, pages) : "",
  body: html`${listsTable(shown, { frame, withPicture: false })}${pages > 1 ? pager({ page, pages, href }, frame) : ""}`,
})}`;
  return { title: texts.pages.lists, current: "lists", body };
}

function pager(
  { page, pages, href }: { readonly page: number; readonly pages: number; readonly href: (page: number) => string },
  { texts }: Frame,
): Markup {
  const numbers = Array.from({ length: pages }, (_, index) => index + 1);
  return html`<nav class="pager" aria-label="${texts.morePages}">${numbers.map((number) =>
    number === page ? html`<b aria-current="page">${number}</b>` : html`<a href="${href(number)}">${number}</a>`,
  )}</nav>`;
}

/** One row per list; those with problems first. */
export function listsTable(
  lists: readonly ListRow[],
  {
    frame,
    withPicture,
  }: {
    readonly frame: Frame;
    readonly withPicture: boolean;
  },
): Markup {
  const { texts } = frame;
  return table({
    caption: texts.pages.lists,
    columns: [
      { title: texts.columns.state },
      { title: texts.columns.list },
      ...(withPicture ? [{ title: texts.columns.days, room: "full" as const }] : []),
      { title: texts.columns.coverage, align: "right", room: "wide" },
      { title: texts.columns.next, room: "wide" },
    ],
    rows: lists.map((list) => [
      state(listWords(list, frame), listLook(list)),
      lines(link(plainText(list.name), frame.to.list(list.id)), second(list, frame)),
      ...(withPicture ? [picture(list, frame)] : []),
      coverage(list, frame),
      checks(list, frame),
    ]),
  });
}

/** What stands below a list's name: what is wrong with it, or when it is checked. */
function second(list: ListRow, frame: Frame): Markup | string {
  const { texts, dates } = frame;
  const [problem] = list.problems;
  if (problem !== undefined) return html`<span class="bad">${clip(plainText(problemText(problem)), 200)}</span>`;
  const since = list.since === null || list.status !== "short" ? [] : [texts.sinceDay(dates.day(list.since))];
  if (list.status === "failed" && list.lastRun?.error !== undefined) {
    const error = clip(plainText(list.lastRun.error.message), 200);
    return html`<span class="bad">${error}</span>`;
  }
  const schedule = list.monitor === null ? [] : [cronInWords(list.monitor.cron_schedule, frame.language)];
  const critical = list.open.critical > 0 ? [texts.counts.critical(frame.format.quantity(list.open.critical))] : [];
  const plan = list.monitor?.plan;
  const ofLists = plan === undefined ? [] : [texts.planOf(plan.members.length)];
  return [...ofLists, ...schedule, ...since, ...critical].join(" · ");
}

function picture(list: ListRow, { texts }: Frame): Markup {
  if (list.lastSuccess === null || list.status === "inactive") return "";
  const days = shortDays(list, { at: list.lastSuccess, days: DAYS });
  const last = days.at(-1) ?? 0;
  const hue = list.isStale ? "mute" : last > 0 ? "bad" : "good";
  return spark(days, { words: texts.spark(days[0] ?? 0, last), hue });
}

function coverage({ result, isStale, monitor }: ListRow, { format }: Frame): Markup | string {
  if (result === null || monitor?.parts.length === 0) return "–";
  const hue = isStale ? "mute" : result.coverage >= 100 ? "good" : result.coverage >= 50 ? "warn" : "bad";
  return html`<span${isStale ? html` class="mute"` : ""}>${format.percent(result.coverage)}</span>${meter({ there: result.coverage, of: 100, hue })}`;
}

function checks({ next, lastCheck, overdueSince }: ListRow, { texts, dates }: Frame): Markup {
  const first =
    overdueSince !== null
      ? html`<span class="warn">${texts.overdueSince} ${instant(overdueSince, dates.minute(overdueSince))}</span>`
      : next === null
        ? "–"
        : instant(next, dates.minute(next));
  const last =
    lastCheck === null ? texts.neverChecked : html`${texts.last} ${instant(lastCheck, dates.minute(lastCheck))}`;
  return html`<span class="whole">${lines(first, last)}</span>`;
}
