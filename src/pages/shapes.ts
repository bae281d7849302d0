import { html, raw } from "hono/html";
import type { Markup } from "./markup.ts";

/** One drawing per state, 16 by 16; in the colour of the text around. */
const SHAPES = {
  short: '<path d="M8 2 15 14H1z"/>',
  coming:
    '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 4.5V8l2.5 1.5" fill="none" stroke="currentColor" stroke-width="2"/>',
  build: '<path d="M3 3h10v10H3z"/>',
  critical:
    '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 2a6 6 0 0 1 0 12z"/>',
  enough: '<path d="m2.5 8.5 4 4 7-8" fill="none" stroke="currentColor" stroke-width="2.6"/>',
  failed: '<path d="m3.5 3.5 9 9m0-9-9 9" fill="none" stroke="currentColor" stroke-width="2.6"/>',
  broken: '<path fill-rule="evenodd" d="M8 1 15 8 8 15 1 8zM7.2 4.5v4.2h1.6V4.5zm0 5.2v1.7h1.6V9.7z"/>',
  inactive: '<path d="M4 3h2.6v10H4zm5.4 0H12v10H9.4z"/>',
  new: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="2.3 2.4"/>',
  seen: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="m5.2 8.2 2 2 3.6-4" fill="none" stroke="currentColor" stroke-width="1.8"/>',
  letter: '<path d="M1.5 3.5h13v9h-13zm0 .5L8 9l6.5-5" fill="none" stroke="currentColor" stroke-width="1.6"/>',
  unchanged: '<path d="M2 7h12v2.4H2z"/>',
} as const;

export type Shape = keyof typeof SHAPES;

/** All shapes, once per page: they are used by name. */
export function sprite(): Markup {
  const symbols = Object.entries(SHAPES).map(
    ([name, drawing]) => `<symbol id="s-${name}" viewBox="0 0 16 16">${drawing}</symbol>`,
  );
  return html`<svg class="heard" aria-hidden="true">${raw(symbols.join(""))}</svg>`;
}
