// A change before it is written: the whole difference, what it does, and one button that writes it.
import { html } from "hono/html";
import { heading, note } from "../components.ts";
import type { Markup } from "../markup.ts";
import type { PageContent } from "../shell.ts";
import { diffBlock } from "./effect.ts";
import type { Said } from "./plain.ts";

export interface ChangePage extends Said {
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  /** Everything that the form said, to be sent again. */
  readonly carried: readonly (readonly [name: string, value: string])[];
  /** Somebody else's change of the same file. */
  readonly theirs?: string | undefined;
  /** Ours is a whole text, which nothing can be merged into. */
  readonly isWhole?: boolean;
  readonly beside: Markup;
  readonly write: string;
  /** It cannot be written as it is. */
  readonly isBroken: boolean;
  readonly back: string;
  /** Whether the form can be shown again. */
  readonly withForm: boolean;
}

/** The page whose button writes. */
export function changePage(page: ChangePage): PageContent {
  const {
    frame,
    terms,
    title,
    lead,
    action,
    carried,
    theirs,
    isWhole = false,
    beside,
    write,
    isBroken,
    back,
    withForm,
  } = page;
  const body = html`${heading({ crumbs: html`<a href="${frame.to.page("lists")}">${frame.texts.pages.lists}</a>`, title, lead })}
${
  theirs === undefined
    ? ""
    : html`${note({ hue: "warn", shape: "critical", word: terms.changedMeanwhile, text: isWhole ? terms.changedWhole : terms.changedText })}
<section class="card" id="theirs"><div class="cap"><h2>${terms.theirs}</h2></div>${diffBlock(theirs, page)}</section>
<h2 class="between">${isWhole ? terms.oursWhole : terms.ours}</h2>`
}
${beside}
<form method="post" action="${action}" class="actions">${carried.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}${
    isBroken
      ? ""
      : html`<button type="submit" class="main" name="step" value="write">${theirs === undefined || isWhole ? write : terms.ourPut}</button>`
  }${withForm ? html`<button type="submit" name="step" value="form">${terms.backToForm}</button>` : ""}<a class="button" href="${back}">${terms.leave}</a></form>`;
  return { title, current: "lists", body };
}
