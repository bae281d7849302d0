// Words inside of charts: at most so many beside the marks, none over another, and cards that open over them.
import { html } from "hono/html";
import type { Markup } from "../markup.ts";
import { coordinate } from "./geometry.ts";

/** Of 13 px text; too wide is better than too narrow. */
const LETTER = 7.6;
const LINE = 16;
const PADDING = 10;

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** What weighs most is shown first. */
  readonly weight: number;
  /** Where the line beside it goes up, through words that stand above it. */
  readonly risesAt: number;
}

interface Room {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly floor: number;
  readonly most: number;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The words, each beside its mark, above or below the line, as far as they find room. */
export function placedLabels(labels: readonly Label[], room: Room): Markup {
  const taken: Box[] = [];
  const shown = labels
    .filter(({ text }) => text !== "")
    .toSorted((a, b) => b.weight - a.weight || a.x - b.x)
    .flatMap((label) => {
      const box = taken.length < room.most ? boxFor(label, { room, taken }) : undefined;
      if (box === undefined) return [];
      taken.push(box);
      return [{ ...box, text: label.text }];
    })
    .toSorted((a, b) => a.x - b.x);
  return html`${shown.map(({ x, y, text }) => html`<text class="halo name" x="${coordinate(x)}" y="${coordinate(y)}">${text}</text>`)}`;
}

function boxFor(
  { x, y, text, risesAt }: Label,
  { room, taken }: { readonly room: Room; readonly taken: readonly Box[] },
): Box | undefined {
  const width = text.length * LETTER;
  const at = Math.max(room.left, Math.min(x + 7, room.right - width));
  const above = { x: at, y: y - 8, width };
  const below = { x: at, y: y + 17, width };
  const places = risesAt < at + width ? [below, above] : [above, below];
  return places.find(
    (box) =>
      box.y > room.top + 8 &&
      box.y < room.floor - 2 &&
      width < room.right - room.left &&
      taken.every((one) => Math.abs(one.y - box.y) >= LINE || one.x + one.width < box.x || box.x + box.width < one.x),
  );
}

/** A card of some lines, the first one strong; shown by the style sheet while its group is pointed at. */
export function hoverCard(
  lines: readonly string[],
  { x, y, width: all }: { readonly x: number; readonly y: number; readonly width: number },
): Markup {
  const width = Math.max(...lines.map((line) => line.length)) * LETTER + 2 * PADDING;
  const at = Math.max(0, Math.min(x + 8, all - width));
  return html`<g class="tipcard"><rect x="${coordinate(at)}" y="${y}" width="${coordinate(width)}" height="${lines.length * LINE + PADDING}" rx="6"/>${lines.map(
    (line, index) =>
      html`<text${index === 0 ? html` class="first"` : ""} x="${coordinate(at + PADDING)}" y="${y + 17 + index * LINE}">${line}</text>`,
  )}</g>`;
}
