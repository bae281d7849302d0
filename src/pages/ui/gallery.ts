import { html } from "hono/html";
import { type Problem, problemText } from "../../core/problem.ts";
import { plainText } from "../../core/text/plain-text.ts";
import type { Language } from "../../core/view/format.ts";
import { card, heading, jumps, note } from "../components.ts";
import type { Markup } from "../markup.ts";
import type { PageContent } from "../shell.ts";
import type { Said } from "./plain.ts";
import type { Terms } from "./terms.ts";

export const SCHEMES = ["light", "dark"] as const;

export interface GalleryPage extends Said {
  readonly kinds: readonly (keyof Terms["mailKinds"])[];
  readonly languages: readonly Language[];
  /** Of somebody's own template: the built-in one is shown then. */
  readonly problems: readonly Problem[];
}

/** Every kind of mail in all languages and schemes, each in a frame of its own that may do nothing. */
export function galleryPage(page: GalleryPage): PageContent {
  const { frame, terms, kinds, languages, problems } = page;
  const title = terms.galleryTitle(kinds.length);
  const body = html`${heading({
    crumbs: html`<a href="${frame.to.page("settings")}">${frame.texts.pages.settings}</a>`,
    title,
    lead: terms.galleryLead,
  })}
${problems.map((problem) => note({ hue: "bad", shape: "broken", word: terms.templateBroken, text: plainText(problemText(problem)) }))}
${jumps(
  frame.texts.onThisPage,
  kinds.map((kind) => ({ text: terms.mailKinds[kind], href: `#${kind}` })),
)}
${kinds.map((kind) =>
  card({
    title: terms.mailKinds[kind],
    id: kind,
    body: html`<div class="frames">${languages.flatMap((language) => SCHEMES.map((scheme) => framed({ kind, language, scheme }, terms)))}</div>`,
  }),
)}`;
  return { title, current: "settings", body };
}

function framed(
  {
    kind,
    language,
    scheme,
  }: {
    readonly kind: keyof Terms["mailKinds"];
    readonly language: Language;
    readonly scheme: (typeof SCHEMES)[number];
  },
  terms: Terms,
): Markup {
  const words = `${terms.choiceWords(language)}, ${terms.schemes[scheme]}`;
  const at = `/mails/${kind}-${language}-${scheme}.html`;
  return html`<figure><iframe src="${at}" sandbox="allow-popups" loading="lazy" title="${terms.mailKinds[kind]}: ${words}"></iframe><figcaption><a href="${at}">${words}</a></figcaption></figure>`;
}
