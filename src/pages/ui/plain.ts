// Pages of few words: what was found, what went wrong.
import { html } from "hono/html";
import { card, heading, lines, link, table } from "../components.ts";
import type { SearchEntry } from "../find.ts";
import type { Frame } from "../frame.ts";
import type { Markup } from "../markup.ts";
import type { PageContent } from "../shell.ts";
import type { Terms } from "./terms.ts";

export interface Said {
  readonly frame: Frame;
  readonly terms: Terms;
}

const MOST = 200;

/** A sentence, and the way back. */
export function messagePage(title: string, { frame, terms }: Said, text: Markup | string = ""): PageContent {
  const body = html`${heading({ title, lead: text })}
<p><a class="button" href="${frame.to.page("overview")}">${terms.toOverview}</a></p>`;
  return { title, current: "overview", body };
}

/** Lists and parts whose names have all these words, for those without the script. */
export function foundPage(words: string, entries: readonly SearchEntry[], { frame, terms }: Said): PageContent {
  const wanted = plain(words)
    .split(/\s+/)
    .filter((word) => word !== "");
  const found = entries.filter(
    ([name, second]) => wanted.length > 0 && wanted.every((word) => plain(`${name} ${second}`).includes(word)),
  );
  const title = terms.foundTitle(found.length);
  const rows = found.slice(0, MOST).map(([name, second, href]) => [lines(link(name, href), second)]);
  const body = html`${heading({ title, lead: words })}
${
  rows.length === 0
    ? ""
    : card({
        title: frame.texts.found,
        body: table({ caption: frame.texts.found, columns: [{ title: frame.texts.columns.part }], rows }),
      })
}`;
  return { title, current: "overview", body };
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase();
}
