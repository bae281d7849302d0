// What is the same around all pages of the local UI: addresses, language, the figures of the navigation.
import { html } from "hono/html";
import { maskedCopy } from "../app/dashboard/public-text.ts";
import type { StateFiles } from "../core/notification/state.ts";
import { type Overview, overviewOf } from "../core/overview/overview.ts";
import { VERSION } from "../core/version.ts";
import type { Language } from "../core/view/format.ts";
import { type Addresses, type Frame, frameFor } from "../pages/frame.ts";
import { documentOf, type PageContent, type Site } from "../pages/shell.ts";
import type { PageName } from "../pages/texts/texts.ts";
import type { Known, Live } from "../wire/live.ts";

const PAGES: Readonly<Record<PageName, string>> = {
  overview: "/",
  lists: "/lists",
  parts: "/parts",
  order: "/order",
  alerts: "/alerts",
  runs: "/runs",
  settings: "/settings",
};

const ENTRIES: readonly PageName[] = ["overview", "lists", "parts", "alerts", "runs", "settings"];

export const PAGE_ADDRESSES: Addresses = {
  page: (name) => PAGES[name],
  list: (id) => `/lists/${encodeURIComponent(id)}`,
  part: (instance, pk) => `/parts/${encodeURIComponent(instance)}/${pk}`,
  file: (name) => `/${name}`,
};

/** Everything that a page is made of. */
export interface Seen extends Known {
  readonly overview: Overview;
  readonly now: Date;
  readonly frame: Frame;
}

export interface Sight {
  readonly live: Live;
  readonly now: () => Date;
}

/** Looks at everything once, in the language that the browser prefers. */
export async function sightOf({ live, now: present }: Sight, accepts: string | undefined): Promise<Seen> {
  const now = present();
  const known = await live.known();
  const state = maskedState(known);
  const { language, timezone } = known.read.config.monitorDefaults;
  const frame = frameFor({ language: preferred(accepts) ?? language, timezone, to: PAGE_ADDRESSES });
  const { monitors, broken } = known.read;
  return { ...known, state, now, frame, overview: overviewOf({ monitors, broken, state, now }) };
}

/** The state is read anew every few seconds; until then one copy serves all pages. */
const maskedStates = new WeakMap<StateFiles, { readonly secrets: readonly string[]; readonly copy: StateFiles }>();

function maskedState({ state, secrets }: Known): StateFiles {
  const found = maskedStates.get(state);
  if (found?.secrets === secrets) return found.copy;
  const copy = maskedCopy(state, secrets);
  maskedStates.set(state, { secrets, copy });
  return copy;
}

/** The whole page. */
export async function pageOf(content: PageContent, seen: Seen): Promise<string> {
  return documentOf(content, seen.frame, siteOf(seen));
}

function siteOf({ overview, frame }: Seen): Site {
  const { texts, dates } = frame;
  const { lastCheck } = overview;
  const when = lastCheck === null ? texts.nothingKnown : texts.footer(`${dates.minute(lastCheck)} (${dates.timezone})`);
  return {
    alerts: overview.alerts.filter(({ alert, isSilenced }) => alert.state === "active" && !isSilenced).length,
    entries: ENTRIES,
    // The server sends it.
    policy: "",
    staleAfter: null,
    footer: html`<span>${when}</span><a href="/calendar.ics">${texts.calendar}</a><a href="/data.json">${texts.inventory}</a><span>Partwatch ${VERSION}</span>`,
    find: "/find",
  };
}

/** The first language that the browser asks for and that we have. */
function preferred(accepts = ""): Language | undefined {
  return accepts
    .split(",")
    .map((range) => {
      const [tag = "", ...rest] = range.trim().toLowerCase().split(";");
      const weight = Number(/q=([\d.]+)/.exec(rest.join(";"))?.[1] ?? 1);
      return { language: tag.split("-")[0], weight };
    })
    .toSorted((a, b) => b.weight - a.weight)
    .flatMap(({ language }): Language[] => (language === "de" || language === "en" ? [language] : []))[0];
}
