import { html } from "hono/html";
import type { Alert } from "../core/notification/state.ts";
import { type ListRow, lackingAt } from "../core/overview/lists.ts";
import { cronInWords } from "../core/schedule/describe.ts";
import { plainText } from "../core/text/plain-text.ts";
import { type CheckMark, checkMarks } from "./charts/checks.ts";
import { lanes } from "./charts/lanes.ts";
import { stepChart } from "./charts/steps.ts";
import { card, instant, link } from "./components.ts";
import type { Frame } from "./frame.ts";
import type { Markup } from "./markup.ts";

const DAY = 86_400_000;
const DAYS = 30;
const WEEKS = 4;
const MOST_LANES = 20;

/** What the cards about time are made from. */
export interface ListTime {
  readonly list: ListRow;
  readonly alerts: readonly Alert[];
  readonly now: Date;
}

/** A list through time: the lives of its alerts, short parts by day, its checks. */
export function listTime(input: ListTime, frame: Frame): Markup {
  return html`<div class="cols"><div>${lives(input, frame)}</div><div>${history(input, frame)}${checks(input, frame)}</div></div>`;
}

/** The lives of its alerts, four weeks. */
function lives({ list, alerts, now }: ListTime, { texts, dates, format }: Frame): Markup {
  const to = list.lastCheck ?? now;
  const from = new Date(to.getTime() - WEEKS * 7 * DAY);
  const shown = alerts
    .filter(({ resolved_at }) => resolved_at === undefined || new Date(resolved_at) > from)
    .toSorted(
      (a, b) =>
        Number(a.state === "resolved") - Number(b.state === "resolved") || Date.parse(b.since) - Date.parse(a.since),
    );
  if (shown.length === 0) return "";
  const open = shown.filter(({ state }) => state !== "resolved");
  const seen = open.filter(({ state }) => state === "acknowledged");
  const rows = shown.slice(0, MOST_LANES).map((alert) => {
    const name = plainText(alert.name === "" ? String(alert.part) : alert.name);
    return {
      name,
      from: new Date(alert.since),
      to: alert.resolved_at === undefined ? null : new Date(alert.resolved_at),
      acknowledged: alert.acknowledged === undefined ? null : new Date(alert.acknowledged.at),
      words: texts.life(
        name,
        dates.day(new Date(alert.since)),
        alert.resolved_at === undefined ? undefined : dates.day(new Date(alert.resolved_at)),
      ),
    };
  });
  const words = texts.lives(open.length, shown.length - open.length);
  return card({
    title: texts.pages.alerts,
    aside: texts.alertsAside(open.length, seen.length),
    body: html`${lanes(rows, { from, to, day: dates.day, end: dates.day(to), words })}<ul class="heard">${rows.map(
      (row) => html`<li>${row.words}</li>`,
    )}</ul>${shown.length > rows.length ? html`<p class="hint">${texts.more(format.quantity(shown.length - rows.length))}</p>` : ""}`,
  });
}

/** Short parts, with a letter where somebody was notified. */
function history({ list, now }: ListTime, { texts, dates }: Frame): Markup {
  const to = list.lastSuccess ?? now;
  const from = new Date(to.getTime() - DAYS * DAY);
  const before = list.history.findLast((point) => new Date(point.at) <= from);
  const points = [
    ...(before === undefined ? [] : [{ ...before, at: from.toISOString() }]),
    ...list.history.filter((point) => new Date(point.at) > from),
  ];
  if (points.length < 2) return "";
  const [first] = points;
  const last = points.at(-1);
  const marks = list.recent.filter(({ notified }) => notified !== undefined).map(({ at }) => new Date(at));
  return card({
    title: texts.shortParts,
    aside: texts.withNotifications,
    body: html`${stepChart({
      points: points.map((point) => ({ at: new Date(point.at), value: lackingAt(point) })),
      ...{ from, to, marks, day: dates.day, end: dates.day(to) },
      words: texts.spark(first === undefined ? 0 : lackingAt(first), last === undefined ? 0 : lackingAt(last)),
    })}<details><summary>${texts.asTable}</summary><ul class="plain">${points.map(
      (point) => html`<li>${dates.day(new Date(point.at))}: ${lackingAt(point)}</li>`,
    )}</ul></details>`,
  });
}

function checks({ list }: ListTime, frame: Frame): Markup {
  const { texts, dates } = frame;
  const last = list.recent.at(-1);
  const marks = list.recent.map((check) => markOf(check.outcome));
  const [first, ...after] = list.nextChecks;
  const count = (mark: CheckMark) => marks.filter((one) => one === mark).length;
  const rows: readonly (readonly [string, Markup | string])[] = [
    ...(last === undefined
      ? []
      : [
          [
            texts.last,
            html`${instant(new Date(last.at), dates.minute(new Date(last.at)))}, ${texts.took(last.ms)}: ${texts.outcomes[last.outcome]}`,
          ] as const,
        ]),
    ...(list.monitor === null
      ? []
      : [
          [
            texts.schedule,
            `${cronInWords(list.monitor.cron_schedule, frame.language)} (${list.monitor.timezone})`,
          ] as const,
        ]),
    ...(first === undefined ? [] : [[texts.next, instant(first, dates.minute(first))] as const]),
    ...(after.length === 0 ? [] : [[texts.after, after.map(dates.minute).join(" · ")] as const]),
  ];
  if (rows.length === 0) return "";
  return card({
    title: texts.checks,
    aside: link(texts.pages.runs, frame.to.page("runs")),
    body: html`${marks.length === 0 ? "" : checkMarks(marks, texts.checkWords(count("notified"), count("unchanged"), count("failed")))}<dl class="facts">${rows.map(
      ([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`,
    )}</dl>`,
  });
}

function markOf(outcome: ListRow["recent"][number]["outcome"]): CheckMark {
  if (outcome === "failed" || outcome === "partly_notified") return "failed";
  return outcome === "notified" ? "notified" : "unchanged";
}
