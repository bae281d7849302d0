import { html, raw } from "hono/html";
import type { Frame } from "./frame.ts";
import type { Markup } from "./markup.ts";
import { sprite } from "./shapes.ts";
import type { PageName } from "./texts/texts.ts";

export interface PageContent {
  readonly title: string;
  /** Which entry of the navigation it belongs to. */
  readonly current: PageName;
  readonly body: Markup;
  /** Of the body, where it is another one than the frame's. */
  readonly language?: string;
  /** It is not finished: without its script it is loaded again after so many seconds. */
  readonly refresh?: number;
}

/** What is the same around all pages of one site. */
export interface Site {
  /** Alerts that wait for somebody. */
  readonly alerts: number;
  readonly entries: readonly PageName[];
  /** The Content-Security-Policy as an element; empty where a server sends it as a header. */
  readonly policy: string;
  /** When something newer than this page should have been published; null: no check is expected. */
  readonly staleAfter: Date | null;
  readonly footer: Markup;
  /** Where a server answers searches, for those without the script; absent: nobody does. */
  readonly find?: string;
}

const LOGO =
  '<svg class="logo" viewBox="0 0 24 24" aria-hidden="true"><path class="g" d="M2 13h5v9H2z"/><path class="b" d="M9.500 8h5v14h-5z"/><path class="r" d="M17.500 2.500h4v19h-4z" fill="none" stroke-width="2" stroke-dasharray="2.500 2"/></svg>';

/** A whole page. It says all it has to say without its script. */
export async function documentOf(page: PageContent, frame: Frame, site: Site): Promise<string> {
  const { texts, to } = frame;
  const { title, body, language = frame.language } = page;
  const markup = html`<!doctype html>
<html lang="${frame.language}">
<head>
<meta charset="utf-8">
${
  site.policy === ""
    ? ""
    : html`<meta http-equiv="Content-Security-Policy" content="${site.policy}">
`
}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="same-origin">
<title>${title} · Partwatch</title>
<link rel="icon" href="${to.file("icon.svg")}" type="image/svg+xml">
<link rel="alternate" type="application/atom+xml" title="${texts.feed}" href="${to.file("feed.xml")}">
<link rel="stylesheet" href="${to.file("app.css")}">
<script src="${to.file("app.js")}" defer></script>${
    page.refresh === undefined ? "" : html`<noscript><meta http-equiv="refresh" content="${page.refresh}"></noscript>`
  }
</head>
<body data-find="${to.file("find.js")}" data-base="${to.file("")}">
<a class="skip" href="#main">${texts.skip}</a>
${sprite()}
<header class="top"><div class="bar"><a class="brand" href="${to.page("overview")}">${raw(LOGO)}Partwatch</a>
<nav aria-label="${texts.navigation}">${site.entries.map((name) => entry(name, { page, frame, site }))}</nav>
<form class="find" role="search"${site.find === undefined ? " hidden" : html` action="${site.find}"`}><input type="search" id="find"${site.find === undefined ? "" : html` name="q"`} placeholder="${texts.find}" aria-label="${texts.find}" autocomplete="off" role="combobox" aria-expanded="false" aria-controls="found" aria-autocomplete="list"><kbd aria-hidden="true">/</kbd><ul id="found" role="listbox" aria-label="${texts.found}" hidden></ul><button type="submit" class="heard" tabindex="-1">${texts.find}</button><p class="heard" role="status" data-one="${texts.foundOne}" data-many="${texts.foundMany}" data-none="${texts.foundNone}"></p></form></div></header>
<main id="main"${language === frame.language ? "" : html` lang="${language}"`}>
${
  site.staleAfter === null
    ? ""
    : html`<div class="note warn" hidden data-stale-after="${site.staleAfter.toISOString()}"><p lang="${frame.language}">${texts.stalePage}</p></div>`
}
${body}
</main>
<footer>${site.footer}</footer>
</body>
</html>
`;
  return String(await markup);
}

function entry(
  name: PageName,
  { page, frame, site }: { readonly page: PageContent; readonly frame: Frame; readonly site: Site },
): Markup {
  const count = name === "alerts" && site.alerts > 0 ? html` <b>${frame.format.quantity(site.alerts)}</b>` : "";
  const current = page.current === name ? html` aria-current="page"` : "";
  return html`<a href="${frame.to.page(name)}"${current}>${frame.texts.pages[name]}${count}</a>`;
}
