import { html } from "hono/html";
import { plainText } from "../../core/text/plain-text.ts";
import { heading } from "../components.ts";
import type { PageContent } from "../shell.ts";
import type { Said } from "./plain.ts";

/** The mail that a list would send now, in a frame of its own. */
export function mailPage({
  frame,
  terms,
  id,
  name,
  told,
  at,
}: Said & {
  readonly id: string;
  readonly name: string;
  readonly told: readonly string[];
  readonly at: Date;
}): PageContent {
  const here = frame.to.list(id) ?? "";
  const title = terms.mailTitle(plainText(name));
  const people = told.map(plainText).join(", ");
  const files = [
    ["txt", terms.asText],
    ["csv", "CSV"],
    ["eml", ".eml"],
  ] as const;
  const body = html`${heading({
    crumbs: html`<a href="${frame.to.page("lists")}">${frame.texts.pages.lists}</a> / <a href="${here}">${plainText(id)}</a>`,
    title,
    lead: `${told.length === 0 ? terms.nobodyNow : terms.toldNow(people)} ${frame.texts.footer(frame.dates.minute(at))}.`,
  })}
<section class="card mail"><iframe src="${here}/mail/mail.html" sandbox="allow-popups" title="${title}"></iframe></section>
<p class="files">${files.map(([ending, words]) => html`<a href="${here}/mail/mail.${ending}">${words}</a>`)}</p>`;
  return { title, current: "lists", body };
}
