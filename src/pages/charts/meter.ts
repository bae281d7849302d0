import { html } from "hono/html";
import type { Markup } from "../markup.ts";

/** How much of the whole is there, and how much is on its way; beside a number that says it. */
export function meter({
  there,
  coming = 0,
  of,
  hue = "good",
}: {
  readonly there: number;
  readonly coming?: number;
  readonly of: number;
  readonly hue?: string;
}): Markup {
  if (!(of > 0)) return "";
  const share = (value: number) => Math.max(0, Math.min(100, (value / of) * 100));
  const have = share(there);
  const due = Math.min(100 - have, share(coming));
  return html`<svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="f-none" width="100" height="6"/>${
    have > 0 ? html`<rect class="f-${hue}" width="${have.toFixed(1)}" height="6"/>` : ""
  }${due > 0 ? html`<rect class="f-info" x="${have.toFixed(1)}" width="${due.toFixed(1)}" height="6"/>` : ""}</svg>`;
}
