// What somebody who buys wants to know: of a row, when more of it arrives, how much to order, and from whom; and below the
// table, as in the mail, what to order at which price, and which orders are on their way.

import type { Report, ReportLine } from "../generated/report.ts";
import type { Alert } from "../notification/state.ts";
import { deliveryColumn } from "../view/cells.ts";
import type { Format } from "../view/format.ts";
import { foldedMarkdown } from "../view/markdown.ts";
import { fold } from "../view/table.ts";
import { textsFor } from "../view/texts/texts-for.ts";
import { packsCell, supplierCell } from "../view/to-order.ts";
import { viewOf } from "../view/view.ts";
import type { ViewInput } from "../view/view-context.ts";

export interface BuyingColumn {
  readonly title: string;
  /** Not yet harmless in HTML; empty where there is nothing to say. */
  readonly text: (alert: Pick<Alert, "part" | "kind">) => string;
}

/** The columns that say something of any of these rows. */
export function buyingColumns(
  alerts: readonly Alert[],
  { report, format }: { readonly report: Report; readonly format: Format },
): readonly BuyingColumn[] {
  const texts = textsFor(format);
  const lines = new Map(report.lines.map((line) => [line.pk, line]));
  const delivery = deliveryColumn({ texts, format }, 1);
  const column = (title: string, cell: (line: ReportLine) => string): BuyingColumn => ({
    title,
    text: ({ part, kind }) => {
      const line = kind === "short" && typeof part === "number" ? lines.get(part) : undefined;
      return line === undefined ? "" : cell(line);
    },
  });
  const columns = [
    column(texts.columns.delivery, (line) => delivery.cell(line).text),
    column(texts.columns.order_quantity, (line) => (line.to_order > 0 ? packsCell({ format }, line).text : "")),
    column(texts.columns.supplier, (line) => (line.to_order > 0 ? supplierCell(line.offer).text : "")),
  ];
  return columns.filter(({ text }) => alerts.some((alert) => text(alert) !== ""));
}

const MOST_ROWS = [50, 20, 5];

/**
 * The mail's *To order* where suppliers are known, the orders to ask after, those on their way, and what comes by when, each to be opened; with
 * as many rows as there is room for, and none where there is not.
 */
export function buyingSections(
  options: ViewInput,
  { room, more }: { readonly room: number; readonly more: (left: number) => string },
): readonly string[] {
  const isOffered = options.report.lines.some(({ offer }) => offer !== undefined);
  const wanted = ["chase", "on_its_way", "by_when", "how_many", ...(isOffered ? ["to_order"] : [])];
  const sections = viewOf(options).sections.filter(({ id }) => wanted.includes(id));
  for (const rows of MOST_ROWS) {
    const texts = sections.map((section) => foldedMarkdown(fold(section, rows), more));
    if (texts.join("\n\n").length + 2 <= room) return texts;
  }
  return [];
}
