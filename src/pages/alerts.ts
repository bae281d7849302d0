import { html } from "hono/html";
import { type ListAlert, usualDays } from "../core/overview/alerts.ts";
import type { Overview } from "../core/overview/overview.ts";
import { plainText } from "../core/text/plain-text.ts";
import { card, empty, heading, icon, jumps, lines, link, state, table } from "./components.ts";
import type { Frame } from "./frame.ts";
import type { Markup } from "./markup.ts";
import type { PageContent } from "./shell.ts";
import { alertLook } from "./states.ts";

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** Rows of the page, over all states. */
const MOST = 300;

export const ALERT_GROUPS = ["active", "acknowledged", "dismissed", "silenced", "resolved"] as const;
type Group = (typeof ALERT_GROUPS)[number];

/** What can be done about an alert, beside it; the pages of a server put buttons there. */
export type AlertActions = (alert: ListAlert) => Markup | string;

/** All alerts: what waits for somebody, what somebody has seen, what is over. */
export function alertsPage(
  overview: Overview,
  frame: Frame,
  {
    actions,
    below,
    rows = MOST,
    hint = "",
  }: {
    readonly actions?: AlertActions;
    /** The same, below the part instead of beside it: there it is seen on a phone, too. */
    readonly below?: AlertActions;
    readonly rows?: number;
    readonly hint?: Markup | string;
  },
): PageContent {
  const { texts, format } = frame;
  const groups = ALERT_GROUPS.map((name) => ({ name, alerts: inGroup(overview.alerts, name) }));
  const shown = groups.filter(({ alerts }) => alerts.length > 0);
  const items = shown.map(({ name, alerts }) => ({
    text: `${texts.alertGroups[name]} ${format.quantity(alerts.length)}`,
    href: `#${name}`,
  }));
  let room = rows;
  const cards = shown.map((group) => {
    const most = group.alerts.slice(0, room);
    room -= most.length;
    return groupCard({ ...group, shown: most }, { overview, frame, actions, below });
  });
  const body = html`${heading({ title: title(overview, groups, frame), lead: lead(overview, groups, frame) })}
${
  shown.length === 0
    ? html`<section class="card">${empty({ shape: "enough", hue: "good", title: texts.noAlerts, text: "" })}</section>`
    : html`${jumps(texts.onThisPage, items)}${cards}`
}
${hint === "" ? "" : html`<p class="hint">${hint}</p>`}`;
  return { title: texts.pages.alerts, current: "alerts", body };
}

interface Grouped {
  readonly name: Group;
  readonly alerts: readonly ListAlert[];
}

/** The longest first; of those that are resolved the newest. */
function inGroup(alerts: readonly ListAlert[], name: Group): readonly ListAlert[] {
  const found = alerts.filter(({ alert, isSilenced }) =>
    name === "silenced"
      ? isSilenced && alert.state !== "resolved"
      : alert.state === name && !(isSilenced && name !== "resolved"),
  );
  if (name !== "resolved") return found;
  return found.toSorted((a, b) => Date.parse(b.alert.resolved_at ?? "") - Date.parse(a.alert.resolved_at ?? ""));
}

function countOf(groups: readonly Grouped[], name: Group): number {
  return groups.find((group) => group.name === name)?.alerts.length ?? 0;
}

function title({ lastCheck, now }: Overview, groups: readonly Grouped[], { texts }: Frame): string {
  const waiting = groups
    .filter(({ name }) => name === "active" || name === "acknowledged")
    .flatMap(({ alerts }) => alerts);
  const since = (lastCheck ?? now).getTime() - DAY;
  const fresh = waiting.filter(({ alert }) => Date.parse(alert.since) > since).length;
  return texts.alertsTitle(waiting.length, fresh);
}

function lead({ alerts, lastCheck, now }: Overview, groups: readonly Grouped[], { texts }: Frame): string {
  const after = new Date((lastCheck ?? now).getTime() - WEEK);
  const resolved = alerts.filter(
    ({ alert }) => alert.resolved_at !== undefined && new Date(alert.resolved_at) >= after,
  ).length;
  return texts.alertsLead({
    acknowledged: countOf(groups, "acknowledged"),
    dismissed: countOf(groups, "dismissed"),
    resolved,
    days: usualDays(alerts, after),
  });
}

function groupCard(
  { name, alerts, shown }: Grouped & { readonly shown: readonly ListAlert[] },
  {
    overview,
    frame,
    actions,
    below,
  }: {
    readonly overview: Overview;
    readonly frame: Frame;
    readonly actions: AlertActions | undefined;
    readonly below: AlertActions | undefined;
  },
): Markup {
  const { texts, format } = frame;
  const more = alerts.length - shown.length;
  const acts = shown.map((alert) => actions?.(alert) ?? "");
  const withActions = acts.some((act) => act !== "");
  return card({
    title: texts.alertGroups[name],
    id: name,
    aside: name === "resolved" ? texts.newestFirst : texts.longestFirst,
    body: html`${
      shown.length === 0
        ? ""
        : table({
            caption: texts.alertGroups[name],
            columns: [
              { title: texts.columns.state },
              { title: texts.columns.part },
              { title: texts.columns.list, room: "wide" },
              { title: texts.columns.quantity, align: "right" },
              { title: texts.columns.since, room: "wide" },
              ...(withActions ? [{ title: texts.columns.action, room: "full" as const }] : []),
            ],
            rows: shown.map((alert, index) => [
              ...rowOf(alert, { now: overview.lastCheck ?? overview.now, frame, below }),
              ...(withActions ? [acts[index] ?? ""] : []),
            ]),
          })
    }${more > 0 ? html`<p class="hint">${texts.more(format.quantity(more))}</p>` : ""}`,
  });
}

function rowOf(
  one: ListAlert,
  { now, frame, below }: { readonly now: Date; readonly frame: Frame; readonly below: AlertActions | undefined },
): readonly (Markup | string)[] {
  const { list, alert, units, ipn } = one;
  const { texts, format, dates, to } = frame;
  const name = plainText(alert.name === "" ? String(alert.part) : alert.name);
  const href = typeof alert.part === "number" ? to.part(list.instance, alert.part) : undefined;
  const since = new Date(alert.since);
  const resolved = alert.resolved_at === undefined ? undefined : new Date(alert.resolved_at);
  const days = Math.floor(((resolved ?? now).getTime() - since.getTime()) / DAY);
  return [
    resolved === undefined
      ? state(texts.alertKinds[alert.kind], alertLook(alert.kind))
      : state(texts.alertGroups.resolved, { shape: "enough", hue: "good" }),
    html`${lines(link(name, href), plainText(ipn ?? ""))}${second(decision(alert, frame))}${below?.(one) ?? ""}`,
    link(plainText(list.name), to.list(list.id)),
    html`<strong${list.isStale || resolved !== undefined ? html` class="mute"` : ""}>${format.quantity(alert.quantity, plainText(units))}</strong>`,
    lines(dates.day(since), resolved === undefined ? texts.forDays(days) : texts.resolvedOn(dates.day(resolved), days)),
  ];
}

function second(words: Markup | string): Markup {
  return words === "" ? "" : html`<span class="sub">${words}</span>`;
}

/** Who has seen it, or until when it is left out. */
function decision(
  { acknowledged, dismissed, state: of }: ListAlert["alert"],
  { texts, dates, format }: Frame,
): Markup | string {
  if (of === "acknowledged" && acknowledged !== undefined)
    return html`${icon("seen")}${[plainText(acknowledged.by), dates.day(new Date(acknowledged.at))].filter((word) => word !== "").join(", ")}`;
  if (of !== "dismissed" || dismissed === undefined) return "";
  const until =
    dismissed.until === undefined
      ? texts.untilMore(format.quantity(dismissed.quantity))
      : texts.until(format.day(dismissed.until));
  return html`${icon("inactive")}${[plainText(dismissed.by ?? ""), until].filter((word) => word !== "").join(", ")}`;
}
