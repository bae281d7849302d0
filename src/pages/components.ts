// The pieces that all pages are made of.
import { html, raw } from "hono/html";
import type { Markup } from "./markup.ts";
import type { Shape } from "./shapes.ts";

/** Colour of a state; a word and a shape always say the same. */
export type Hue = "bad" | "warn" | "good" | "info" | "make" | "mute";

/** Shape and word. */
export function state(word: string, { shape, hue }: { readonly shape: Shape; readonly hue: Hue }): Markup {
  return html`<span class="state ${hue}">${icon(shape)}${word}</span>`;
}

/** The same as a pill, for the heads of pages. */
export function pill(word: string, { shape, hue }: { readonly shape: Shape; readonly hue: Hue }): Markup {
  return html`<p class="pill ${hue}">${icon(shape)}${word}</p>`;
}

/** A shape of the sprite. */
export function icon(shape: Shape): Markup {
  return html`<svg class="icon" aria-hidden="true"><use href="#s-${shape}"></use></svg>`;
}

/** The page sentence, and what matters next. */
export function heading(head: {
  readonly title: string;
  readonly lead?: Markup | string;
  readonly pill?: Markup;
  readonly crumbs?: Markup;
  readonly actions?: Markup;
}): Markup {
  const { title, lead = "", pill: above = "", crumbs = "", actions = "" } = head;
  return html`${crumbs === "" ? "" : html`<p class="crumbs">${crumbs}</p>`}
<div class="head"><div>${above}<h1>${title}</h1>${lead === "" ? "" : html`<p class="lead">${lead}</p>`}</div>${
    actions === "" ? "" : html`<div class="actions">${actions}</div>`
  }</div>`;
}

/** Something is wrong: the word first, then the cause, then what to do. */
export function note(content: {
  readonly hue: "bad" | "warn";
  readonly shape: Shape;
  readonly word: string;
  readonly text: Markup | string;
  readonly fix?: Markup | string;
}): Markup {
  const { hue, shape, word, text, fix = "" } = content;
  return html`<div class="note ${hue}"><p>${state(word, { shape, hue })} <span>${text}</span>${
    fix === "" ? "" : html` <span class="fix">${fix}</span>`
  }</p></div>`;
}

export interface Tile {
  readonly label: string;
  readonly figure: string;
  readonly of?: string;
  readonly line: string;
  readonly hue?: Hue;
  readonly href?: string;
  readonly chart?: Markup;
}

/** At most four figures side by side; the whole tile is the link. */
export function tiles(items: readonly Tile[]): Markup {
  return html`<ul class="tiles">${items
    .slice(0, 4)
    .map(
      (item) =>
        html`<li>${
          item.href === undefined
            ? html`<div class="tile">${tileContent(item)}</div>`
            : html`<a class="tile" href="${item.href}">${tileContent(item)}</a>`
        }</li>`,
    )}</ul>`;
}

function tileContent({ label, figure, of = "", line, hue, chart = "" }: Tile): Markup {
  return html`<span class="label">${label}</span>${chart}<span class="figure${hue === undefined ? "" : ` ${hue}`}">${figure}${
    of === "" ? "" : html`<small> ${of}</small>`
  }</span><span class="under">${line}</span>`;
}

/** A card with a title. */
export function card(content: {
  readonly title: string;
  readonly id?: string;
  readonly aside?: Markup | string;
  readonly body: Markup;
}): Markup {
  const { title, id, aside = "", body } = content;
  return html`<section class="card"${id === undefined ? "" : html` id="${id}"`}><div class="cap"><h2>${title}</h2>${
    aside === "" ? "" : html`<p>${aside}</p>`
  }</div>${body}</section>`;
}

export interface ColumnHead {
  readonly title: string;
  readonly align?: "right";
  /** wide: not below 640 px. full: not below 960 px. */
  readonly room?: "wide" | "full";
}

// Most cells are a few letters: they need no template of their own.
const END = raw("</td>");

/** A table; `caption` is for screen readers. */
export function table(content: {
  readonly caption: string;
  readonly columns: readonly ColumnHead[];
  readonly rows: readonly (readonly (Markup | string)[])[];
}): Markup {
  const classes = content.columns.map(({ align, room }) =>
    [align === "right" ? "n" : "", room ?? ""].filter((word) => word !== "").join(" "),
  );
  const attribute = classes.map((cls) => (cls === "" ? "" : html` class="${cls}"`));
  const opening = attribute.map((text) => html`<td${text}>`);
  return html`<div class="scroll"><table><caption class="heard">${content.caption}</caption><thead><tr>${content.columns.map(
    ({ title }, index) => html`<th scope="col"${attribute[index]}>${title}</th>`,
  )}</tr></thead><tbody>${content.rows.map(
    (cells) => html`<tr>${cells.map((cell, index) => [opening[index], cell, END])}</tr>
`,
  )}</tbody></table></div>`;
}

/** Two lines of a cell. */
export function lines(first: Markup | string, second: Markup | string): Markup {
  return second === "" ? html`${first}` : html`${first}<span class="sub">${second}</span>`;
}

/** A link, or the text alone where it leads nowhere. */
export function link(text: string, href: string | undefined): Markup {
  return href === undefined ? html`${text}` : html`<a href="${href}">${text}</a>`;
}

/** Nothing here yet, or nothing wrong: a shape, a sentence, what to do. */
export function empty(content: {
  readonly shape: Shape;
  readonly hue: Hue;
  readonly title: string;
  readonly text: Markup | string;
}): Markup {
  const { shape, hue, title, text } = content;
  return html`<div class="empty ${hue}">${icon(shape)}<p><strong>${title}</strong></p><p>${text}</p></div>`;
}

/** An instant that programs can read, too. */
export function instant(at: Date, words: string): Markup {
  return html`<time datetime="${at.toISOString()}">${words}</time>`;
}

/** Links to the parts of a page, each with its count. */
export function jumps(label: string, items: readonly { readonly text: string; readonly href: string }[]): Markup {
  return html`<nav class="jumps" aria-label="${label}">${items.map(
    ({ text, href }) => html`<a href="${href}">${text}</a>`,
  )}</nav>`;
}
