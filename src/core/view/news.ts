import { hasNoQuantity } from "../notification/significant.ts";
import { plainText } from "../text/plain-text.ts";
import { changedRows, type ShownChange } from "./changed-rows.ts";
import { unsilencedLines } from "./report-status.ts";
import { totalsOf } from "./to-order.ts";
import type { ViewContext } from "./view-context.ts";

/** So many parts are named of each sort; the others are counted. */
const NAMED = 2;
const SORTS = [
  "new",
  "worsened",
  "corrected",
  "improved",
  "resolved",
] as const satisfies readonly ShownChange["sort"][];

/** What changed and what to order, in a line: for the inbox, and to begin with. Empty where there is neither. */
export function newsOf(viewing: ViewContext): string {
  const { change, texts, format, report } = viewing;
  const rows = change === undefined || change.kind === "first" ? [] : changedRows(change.rows);
  const units = new Map<number | string, string>(
    [...(report.watched ?? []), ...report.lines].map((line) => [line.pk, line.units]),
  );
  const named = (row: ShownChange) => {
    const name = plainText(row.name === "" ? String(row.part) : row.name);
    if (row.now === null || hasNoQuantity(row.kind)) return name;
    return `${name} (${format.needed(row.now, plainText(units.get(row.part) ?? ""))})`;
  };
  const changes = SORTS.flatMap((sort) => {
    const those = rows.filter((row) => row.sort === sort);
    if (those.length === 0) return [];
    const more = those.length - NAMED;
    const names = those.slice(0, NAMED).map(named).join(", ");
    const word = texts.change[sort];
    return [
      `${word.charAt(0).toUpperCase()}${word.slice(1)}: ${more > 0 ? `${names} ${texts.more(format.quantity(more))}` : names}.`,
    ];
  });
  const lines = unsilencedLines(viewing).filter((line) => line.to_order > 0);
  const amounts = totalsOf(viewing, lines).amounts;
  return [...changes, ...(lines.length > 0 ? [texts.newsToOrder(lines.length, amounts)] : [])].join(" ");
}
