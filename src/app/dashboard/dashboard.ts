// The pages of all lists as files: made from the lists and the state branch, without asking a server.

import { createHash } from "node:crypto";
import { html } from "hono/html";
import { OVERDUE_AFTER_MS } from "../../core/notification/overdue.ts";
import type { ListAlert } from "../../core/overview/alerts.ts";
import { type Overview, overviewOf } from "../../core/overview/overview.ts";
import { hasPage, type PartRow } from "../../core/overview/parts.ts";
import { defined } from "../../core/records.ts";
import { plainText } from "../../core/text/plain-text.ts";
import { VERSION } from "../../core/version.ts";
import { stateData } from "../../core/view/state-page.ts";
import { alertsPage } from "../../pages/alerts.ts";
import { badgeOf } from "../../pages/badge.ts";
import { calendarOf } from "../../pages/calendar.ts";
import { feedOf } from "../../pages/feed.ts";
import { searchScript } from "../../pages/find.ts";
import { type Addresses, type Frame, frameFor } from "../../pages/frame.ts";
import { appScript, appStyle } from "../../pages/generated/assets.ts";
import { LISTS_A_PAGE, listsPage } from "../../pages/lists.ts";
import type { Markup } from "../../pages/markup.ts";
import { overviewPage, standingOf } from "../../pages/overview.ts";
import { partPage } from "../../pages/part.ts";
import { partsPage } from "../../pages/parts.ts";
import { runsPage } from "../../pages/runs.ts";
import { documentOf, type PageContent, type Site } from "../../pages/shell.ts";
import type { PageName } from "../../pages/texts/texts.ts";
import { type FileNames, fileNames, listsFile, PAGES, partKey, relativeAddresses } from "./addresses.ts";
import { fitting } from "./fitting.ts";
import { type DashboardInput, listFiles } from "./list-files.ts";
import { orderFiles } from "./order-files.ts";
import { publicCopy, publicText } from "./public-text.ts";

/** Parts with pages of their own. */
const MOST_PARTS = 1000;

/** Only files beside the page are loaded, and no inline script runs. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'";

/** Every file of the dashboard, by its path. The same input gives the same bytes. */
export async function dashboardFiles(given: DashboardInput): Promise<ReadonlyMap<string, string>> {
  const { read, now, secrets } = given;
  const { monitors, broken } = read;
  const shown = publicCopy({ monitors, broken, state: given.state }, secrets);
  const input = { ...given, state: shown.state };
  const overview = overviewOf({ ...shown, now });
  const parts = overview.parts.filter(hasPage).slice(0, MOST_PARTS);
  const names = fileNames(
    overview.lists.map(({ id }) => id),
    parts,
  );
  const { language, timezone } = read.config.monitorDefaults;
  const find = searchScript(overview, relativeAddresses(names, 0));
  const assets = { "app.css": appStyle, "app.js": appScript, "find.js": find };
  const reader = { language, timezone };
  const making: Making = {
    input,
    overview,
    names,
    top: frameFor({ ...reader, to: withVersions(relativeAddresses(names, 0), assets) }),
    below: frameFor({ ...reader, to: withVersions(relativeAddresses(names, 1), assets) }),
  };
  const files = new Map<string, string>([
    ...Object.entries(assets),
    ["icon.svg", ICON],
    ["badge.svg", await badgeOf(standingOf(overview), making.top)],
    ["feed.xml", await feedOf(overview, making.top)],
    ["calendar.ics", calendarOf(overview, making.top)],
    ["data.json", `${JSON.stringify(stateData(shown.state), null, 2)}\n`],
    ...(await topPages(making)),
    ...(await orderFiles(overview, { frame: making.top, site: siteOf(overview, making.top) })),
    ...(await listFiles({ ...making, site: siteOf(overview, making.below) })),
    ...(await partPages(making, parts)),
  ]);
  return new Map([...files].map(([path, text]) => [path, publicText(text, secrets)]));
}

export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#2f9a5a" d="M2 13h5v9H2z"/><path fill="#3b82c8" d="M9.500 8h5v14h-5z"/><path fill="none" stroke="#d6453a" stroke-width="2" stroke-dasharray="2.500 2" d="M17.500 3.500h4v17.500h-4z"/></svg>\n';

interface Making {
  readonly input: DashboardInput;
  readonly overview: Overview;
  readonly names: FileNames;
  /** For pages at the top, and for those in a folder. */
  readonly top: Frame;
  readonly below: Frame;
}

type Pages = (readonly [path: string, text: string])[];

async function topPages({ overview, top }: Making): Promise<Pages> {
  const site = siteOf(overview, top);
  const pages = Math.max(1, Math.ceil(overview.lists.length / LISTS_A_PAGE));
  const lists = Array.from({ length: pages }, (_, index) => index + 1);
  const made: readonly (readonly [string, (rows: number | undefined) => PageContent])[] = [
    [PAGES.overview, () => overviewPage(overview, top)],
    ...lists.map((page) => [listsFile(page), () => listsPage(overview, top, { page, href: listsFile })] as const),
    [PAGES.parts, (rows) => partsPage(overview, top, rows === undefined ? {} : { rows })],
    [
      PAGES.alerts,
      (rows) =>
        alertsPage(overview, top, {
          actions: acknowledging,
          hint: top.texts.acknowledgeHint,
          ...defined({ rows }),
        }),
    ],
    [PAGES.runs, (rows) => runsPage(overview, top, rows === undefined ? {} : { rows })],
  ];
  return Promise.all(made.map(async ([path, make]) => [path, await fitting(make, { frame: top, site })] as const));
}

async function partPages({ input, overview, names, below }: Making, parts: readonly PartRow[]): Promise<Pages> {
  const site = siteOf(overview, below);
  const pages: [string, string][] = [];
  for (const part of parts) {
    const base = input.inventreeUrl(part.instance);
    const inventree = base === undefined ? undefined : `${base.replace(/\/+$/, "")}/web/part/${part.pk}/`;
    const text = await documentOf(partPage({ part, inventree }, below), below, site);
    pages.push([`parts/${names.part.get(partKey(part))}.html`, text]);
  }
  return pages;
}

/** Nothing can be changed on these pages: the command that does it, to be copied. */
function acknowledging({ list, alert, ipn, isSilenced }: ListAlert): Markup | string {
  if (alert.state !== "active" || isSilenced) return "";
  const part = typeof alert.part === "string" ? alert.part : ipn === null ? `#${alert.part}` : `ipn=${ipn}`;
  return html`<code>partwatch ack ${shellWord(list.id)} ${shellWord(plainText(part))}</code>`;
}

function shellWord(text: string): string {
  return /^[\w.=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

const ENTRIES: readonly PageName[] = ["overview", "lists", "parts", "order", "alerts", "runs"];

function siteOf(overview: Overview, frame: Frame): Site {
  const { lists, alerts, lastCheck, nextCheck } = overview;
  const isExpected = nextCheck !== null && lists.some(({ lastCheck: last }) => last !== null);
  return {
    alerts: alerts.filter(({ alert, isSilenced }) => alert.state === "active" && !isSilenced).length,
    entries: ENTRIES.filter((name) => name !== "order" || overview.baskets.length > 0),
    policy: POLICY,
    staleAfter: isExpected ? new Date(nextCheck.getTime() + OVERDUE_AFTER_MS) : null,
    footer: footer(frame, lastCheck),
  };
}

function footer({ texts, dates, to }: Frame, lastCheck: Date | null): Markup {
  const when = lastCheck === null ? texts.nothingKnown : texts.footer(`${dates.minute(lastCheck)} (${dates.timezone})`);
  const files = [
    ["data.json", texts.inventory],
    ["feed.xml", texts.feed],
    ["calendar.ics", texts.calendar],
    ["badge.svg", texts.badge],
  ] as const;
  return html`<span>${when}</span>${files.map(([file, words]) => html`<a href="${to.file(file)}">${words}</a>`)}<span>Partwatch ${VERSION}</span>`;
}

/** Asset names contain a digest of their content: a browser does not take an old one for the new. */
function withVersions(to: Addresses, assets: Readonly<Record<string, string>>): Addresses {
  const digests = new Map(
    Object.entries(assets).map(([name, text]) => [name, createHash("sha256").update(text).digest("hex").slice(0, 10)]),
  );
  return {
    ...to,
    file: (name) => {
      const digest = digests.get(name);
      return to.file(name) + (digest === undefined ? "" : `?${digest}`);
    },
  };
}
