import { html } from "hono/html";
import type { Markup } from "../markup.ts";
import { area, coordinate, stepPath } from "./geometry.ts";

const WIDTH = 96;
const HEIGHT = 26;
const MARGIN = 3;

/** A run of daily figures, the last one marked. `words` says the same. */
export function spark(
  values: readonly number[],
  { words, hue }: { readonly words: string; readonly hue: string },
): Markup {
  const last = values.at(-1);
  if (last === undefined || values.length < 2) return "";
  const highest = Math.max(1, ...values);
  const points = values.map((value, index) => ({
    x: MARGIN + (index / (values.length - 1)) * (WIDTH - 2 * MARGIN),
    y: HEIGHT - MARGIN - (value / highest) * (HEIGHT - 2 * MARGIN),
  }));
  const path = stepPath(points);
  const end = points.at(-1) ?? { x: 0, y: 0 };
  return html`<svg class="spark ${hue}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words}"><path class="area" d="${area(
    path,
    { from: MARGIN, to: WIDTH - MARGIN, floor: HEIGHT - MARGIN },
  )}"/><path class="line" d="${path}"/><circle cx="${coordinate(end.x)}" cy="${coordinate(end.y)}" r="2.4"/></svg>`;
}
