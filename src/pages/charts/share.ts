import { html } from "hono/html";
import { icon, link } from "../components.ts";
import type { Frame } from "../frame.ts";
import type { Markup } from "../markup.ts";
import type { Shape } from "../shapes.ts";

export interface Share {
  readonly label: string;
  readonly count: number;
  readonly shape: Shape;
  /** Class of the fill: `f-bad`. */
  readonly hue: string;
  readonly href?: string;
  /** The most urgent first. */
  readonly members: readonly { readonly name: string; readonly figure: string }[];
}

const WIDTH = 1000;
const HEIGHT = 84;
const GAP = 6;
/** Thinner than this a segment is not seen. */
const LEAST = 10;
const IN_CARD = 8;
const IN_LINE = 3;

/** One bar of 100 %, ordered by urgency, and the table that says the same; details on hover and focus. */
export function shareBar(
  shares: readonly Share[],
  { frame, words }: { readonly frame: Frame; readonly words: string },
): Markup {
  const shown = shares.filter(({ count }) => count > 0);
  const total = shown.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return "";
  return html`<svg class="share" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${words}">${segments(
    shown,
    total,
  )}</svg>
<div class="scroll"><table class="shares"><caption class="heard">${words}</caption><colgroup><col><col class="count"><col class="percent"></colgroup><thead class="heard"><tr>${[
    frame.texts.columns.state,
    frame.texts.columns.count,
    frame.texts.columns.share,
  ].map(
    (title) => html`<th scope="col">${title}</th>`,
  )}</tr></thead><tbody>${shown.map((share) => row(share, { frame, total }))}</tbody></table></div>`;
}

function segments(shares: readonly Share[], total: number): Markup {
  const room = WIDTH - GAP * (shares.length - 1) - LEAST * shares.length;
  let x = 0;
  const rectangles = shares.map(({ count, hue }) => {
    const width = LEAST + (count / total) * room;
    const at = x;
    x += width + GAP;
    return html`<rect class="${hue}" x="${at.toFixed(1)}" width="${width.toFixed(1)}" height="${HEIGHT}"/>`;
  });
  return html`${rectangles}`;
}

function row(share: Share, { frame, total }: { readonly frame: Frame; readonly total: number }): Markup {
  const { label, count, shape, hue, href, members } = share;
  const { format, texts } = frame;
  const named = members.slice(0, IN_LINE).map(({ name }) => name);
  const sub = named.join(", ") + (count > named.length && named.length > 0 ? ", …" : "");
  return html`<tr><th scope="row"><div class="hover"><span class="ic ${hue}">${icon(shape)}</span>${link(label, href)}${
    sub === "" ? "" : html`<span class="sub cut">${sub}</span>`
  }${members.length === 0 ? "" : details(share, frame)}</div></th><td class="n"><strong>${format.quantity(count)}</strong></td><td class="n mute">${texts.percent(
    Math.round((count / total) * 100),
  )}</td></tr>
`;
}

function details({ label, count, members }: Share, { format, texts }: Frame): Markup {
  const shown = members.slice(0, IN_CARD);
  const more = count - shown.length;
  return html`<div class="tip" aria-hidden="true"><strong>${label}</strong>${shown.map(
    ({ name, figure }) => html`<span>${figure === "" ? name : `${name} · ${figure}`}</span>`,
  )}${more > 0 ? html`<span>${texts.more(format.quantity(more))}</span>` : ""}</div>`;
}
