import { html, raw } from "hono/html";
import { clip } from "../core/text/plain-text.ts";
import { type Cell, fold, type Section } from "../core/view/table.ts";
import { meter } from "./charts/meter.ts";
import { card } from "./components.ts";
import type { Frame } from "./frame.ts";
import type { Markup } from "./markup.ts";

/** Columns of a higher number stand in the CSV alone. */
const LEAST_PRIORITY = 4;
const COLUMNS = 7;
const PHONE_COLUMNS = 3;

/** A section of a report as a card: same words, order and columns as the mail. */
export function sectionCard(
  section: Section,
  { frame, rows }: { readonly frame: Frame; readonly rows: number },
): Markup {
  const { format } = frame;
  return card({
    title: section.title,
    id: section.id,
    aside: section.rows.length === 0 ? "" : format.quantity(section.total),
    body: sectionBody(section, { frame, rows }),
  });
}

const END = raw("</td>");

/** What stands below its title. */
export function sectionBody(
  section: Section,
  { frame, rows }: { readonly frame: Frame; readonly rows: number },
): Markup {
  const shown = fold(section, rows);
  const { texts, format } = frame;
  const notes = [...(shown.folded > 0 ? [texts.more(format.quantity(shown.folded))] : []), ...shown.notes];
  return html`${section.lead === undefined ? "" : html`<p class="said">${section.lead}</p>`}${
    shown.rows.length === 0 ? "" : sectionTable(shown)
  }${notes.map((text) => html`<p class="hint">${text}</p>`)}`;
}

function sectionTable({ title, columns, rows }: Section): Markup {
  const visible = columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => !column.merged && column.priority <= LEAST_PRIORITY);
  const byPriority = visible.toSorted((a, b) => a.column.priority - b.column.priority);
  const chosen = new Set(byPriority.slice(0, COLUMNS));
  const onPhone = new Set(byPriority.slice(0, PHONE_COLUMNS));
  const shown = visible
    .filter((one) => chosen.has(one))
    .map((one) => {
      const room = onPhone.has(one) ? "" : one.column.priority > 2 ? "full" : "wide";
      const cls = [one.column.align === "right" ? "n" : "", room].filter((word) => word !== "").join(" ");
      const attribute = cls === "" ? "" : html` class="${cls}"`;
      return { ...one, attribute, open: html`<td${attribute}>` };
    });
  return html`<div class="scroll"><table><caption class="heard">${title}</caption><thead><tr>${shown.map(
    ({ column, attribute }) => html`<th scope="col"${attribute}>${column.title}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ({ cells }) => html`<tr>${shown.map(({ index, open }) => [open, cellOf(cells[index]), END])}</tr>
`,
  )}</tbody></table></div>`;
}

function cellOf(cell: Cell | undefined): Markup | string {
  if (cell === undefined) return "";
  const text = clip(cell.text, 300);
  const first = firstLine(cell, text);
  const picture = cell.gauge === undefined ? "" : meter(cell.gauge);
  const second = secondLine(cell);
  return picture === "" && second === "" ? first : html`${first}${picture}${second}`;
}

/** Most cells are a few letters: they need no template of their own. */
function firstLine(cell: Cell, text: string): Markup | string {
  if (cell.href !== undefined) return html`<a href="${cell.href}">${text}</a>`;
  return cell.tone === undefined ? text : html`<span class="${tone(cell)}">${text}</span>`;
}

function secondLine({ sub, more }: Cell): Markup {
  if (sub === undefined && more === undefined) return "";
  const link = more === undefined ? "" : html` <a href="${more.href}" rel="noreferrer">${more.text}</a>`;
  return html`<span class="sub">${clip(sub ?? "", 300)}${link}</span>`;
}

function tone({ tone, value }: Cell): string {
  if (tone === "muted") return "mute";
  return tone === "bad" && value !== undefined ? "bad strong" : (tone ?? "");
}
