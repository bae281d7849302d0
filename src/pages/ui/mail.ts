import { html } from "hono/html";
import { plainText } from "../../core/text/plain-text.ts";
import { heading } from "../components.ts";
import type { PageContent } from "../shell.ts";
import type { Said } from "./plain.ts";

/** How the mail is shown: as this browser likes it, as in one of the two schemes, as text. */
export const MAIL_SHOWN = ["html", "light", "dark", "txt"] as const;

export type MailShown = (typeof MAIL_SHOWN)[number];

const SOURCES: Readonly<Record<MailShown, string>> = {
  html: "mail.html",
  light: "mail.html?scheme=light",
  dark: "mail.html?scheme=dark",
  txt: "mail.txt",
};
const FILES = ["html", "txt", "csv", "eml"] as const;

/** The mail that a list would send now, in a frame of its own, and as files. */
export function mailPage({
  frame,
  terms,
  id,
  name,
  told,
  at,
  as,
}: Said & {
  readonly id: string;
  readonly name: string;
  readonly told: readonly string[];
  readonly at: Date;
  readonly as: MailShown;
}): PageContent {
  const here = `${frame.to.list(id) ?? ""}/mail`;
  const title = terms.mailTitle(plainText(name));
  const people = told.map(plainText).join(", ");
  const current = (one: MailShown) => (one === as ? html` aria-current="true"` : "");
  const body = html`${heading({
    crumbs: html`<a href="${frame.to.page("lists")}">${frame.texts.pages.lists}</a> / <a href="${frame.to.list(id) ?? ""}">${plainText(id)}</a>`,
    title,
    lead: `${told.length === 0 ? terms.nobodyNow : terms.toldNow(people)} ${frame.texts.footer(frame.dates.minute(at))}.`,
  })}
<nav class="jumps" aria-label="${title}">${MAIL_SHOWN.map((one) => html`<a href="${here}?as=${one}"${current(one)}>${terms.mailAs[one]}</a>`)}</nav>
<section class="card mail"><iframe src="${here}/${SOURCES[as]}" sandbox="allow-popups" title="${title}"></iframe></section>
<p class="files"><span>${terms.download}</span>${FILES.map((ending) => html`<a href="${here}/mail.${ending}" download="${id}.${ending}">${ending === "eml" ? ".eml" : ending.toUpperCase()}</a>`)}<a href="/mails">${terms.allMails}</a></p>`;
  return { title, current: "lists", body };
}
