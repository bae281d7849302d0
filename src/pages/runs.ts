import { html } from "hono/html";
import type { ListCheck } from "../core/overview/checks.ts";
import type { Overview } from "../core/overview/overview.ts";
import { clip, plainText } from "../core/text/plain-text.ts";
import { empty, heading, instant, lines, link, state, table } from "./components.ts";
import type { Frame } from "./frame.ts";
import type { Markup } from "./markup.ts";
import type { PageContent } from "./shell.ts";
import type { Look } from "./states.ts";

const MOST = 200;
const DAY = 86_400_000;

/** The last checks of all lists, the newest first. */
export function runsPage(
  { checks, lastCheck, now }: Overview,
  frame: Frame,
  { rows = MOST }: { readonly rows?: number } = {},
): PageContent {
  const { texts, format } = frame;
  const since = (lastCheck ?? now).getTime() - DAY;
  const recent = checks.filter(({ check }) => Date.parse(check.at) > since);
  const failed = recent.filter(({ check }) => check.outcome === "failed" || check.outcome === "partly_notified");
  const shown = checks.slice(0, rows);
  const body = html`${heading({
    title: checks.length === 0 ? texts.sentence.neverChecked : texts.runsTitle(recent.length, failed.length),
    lead: lastCheck === null ? "" : texts.lastCheck(frame.dates.minute(lastCheck)),
  })}
<section class="card">${
    shown.length === 0
      ? empty({ shape: "new", hue: "mute", title: texts.neverChecked, text: texts.firstCheck })
      : html`${table({
          caption: texts.checks,
          columns: [
            { title: texts.columns.when },
            { title: texts.columns.list },
            { title: texts.columns.result },
            { title: texts.columns.short, align: "right", room: "wide" },
            { title: texts.columns.coverage, align: "right", room: "full" },
            { title: texts.columns.duration, align: "right", room: "full" },
          ],
          rows: shown.map((one) => rowOf(one, frame)),
        })}${checks.length > shown.length ? html`<p class="hint">${texts.more(format.quantity(checks.length - shown.length))}</p>` : ""}`
  }</section>`;
  return { title: texts.pages.runs, current: "runs", body };
}

const LOOKS: Readonly<Record<ListCheck["check"]["outcome"], Look>> = {
  notified: { shape: "letter", hue: "info" },
  partly_notified: { shape: "failed", hue: "bad" },
  unchanged: { shape: "unchanged", hue: "mute" },
  elsewhere: { shape: "unchanged", hue: "mute" },
  failed: { shape: "failed", hue: "bad" },
  skipped: { shape: "inactive", hue: "mute" },
};

function rowOf({ list, check }: ListCheck, { texts, format, dates, to }: Frame): readonly (Markup | string)[] {
  const at = new Date(check.at);
  const channels = (check.notified ?? []).map((channel) => texts.channel(channel)).join(", ");
  const more =
    check.error === undefined ? channels : html`<span class="bad">${clip(plainText(check.error), 200)}</span>`;
  return [
    instant(at, dates.minute(at)),
    link(plainText(list.name), to.list(list.id)),
    lines(state(texts.outcomes[check.outcome], LOOKS[check.outcome]), more),
    check.counts === undefined ? "–" : format.quantity(check.counts.short),
    check.counts === undefined ? "–" : format.percent(check.counts.coverage),
    texts.took(check.ms),
  ];
}
