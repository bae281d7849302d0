import { html } from "hono/html";
import type { ListRow } from "../../core/overview/lists.ts";
import { note } from "../components.ts";
import type { Markup } from "../markup.ts";
import type { Terms } from "./terms.ts";

/** What can be done with a list. */
export function listActions({ id, file, monitor }: ListRow, terms: Terms): Markup {
  if (file === null) return "";
  const at = `/lists/${encodeURIComponent(id)}`;
  const usable = monitor === null ? "" : html`<a class="button main" href="${at}/check">${terms.checkNow}</a>`;
  const mail = monitor === null ? "" : html`<a class="button" href="${at}/mail">${terms.seeMail}</a>`;
  const turn =
    monitor === null
      ? ""
      : html`<a class="button" href="${at}/switch">${monitor.active ? terms.switchOff : terms.switchOn}</a>`;
  return html`${usable}<a class="button" href="${at}/edit">${terms.edit}</a>${mail}<details class="menu"><summary class="button">${terms.moreActions}</summary><div><a class="button" href="/new?from=${encodeURIComponent(id)}">${terms.duplicate}</a>${turn}<a class="button" href="${at}/delete">${terms.remove}</a></div></details>`;
}

/** That something is written and not committed. */
export function uncommittedNote(files: number, terms: Terms): Markup {
  if (files === 0) return "";
  return note({
    hue: "warn",
    shape: "critical",
    word: terms.uncommitted(files),
    text: html`<a href="/commit">${terms.lookAtThem}</a>`,
  });
}
