import { html } from "hono/html";
import type { Markup } from "../markup.ts";

export type CheckMark = "notified" | "unchanged" | "failed";

const STEP = 18;

/** The last checks as marks, the newest last: somebody was notified, nothing new, failed. */
export function checkMarks(marks: readonly CheckMark[], words: string): Markup {
  const mark = (kind: CheckMark, x: number) => {
    if (kind === "notified") return html`<rect class="f-info" x="${x + 3}" y="1" width="9" height="14" rx="1"/>`;
    if (kind === "failed") return html`<use class="bad" href="#s-failed" x="${x}" y="0" width="16" height="16"/>`;
    return html`<rect class="f-mute" x="${x + 2}" y="6" width="11" height="4" rx="2"/>`;
  };
  return html`<svg class="marks" viewBox="0 0 ${Math.max(1, marks.length) * STEP} 16" role="img" aria-label="${words}">${marks.map(
    (kind, index) => mark(kind, index * STEP),
  )}</svg>`;
}
