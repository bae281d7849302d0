import type { CsvColumn } from "./csv-columns.ts";
import type { CsvRow, ReadRow } from "./csv-rows.ts";

interface Body {
  readonly columns: readonly (CsvColumn | undefined)[];
  readonly rows: readonly CsvRow[];
  /** What was read from each row; undefined: nothing. */
  readonly read: readonly (ReadRow | undefined)[];
}

/**
 * Leaves out totals: the last row if it is the sum of the others or is called a total, and above it any row that is called one
 * and is the sum of its section. A row that only has the name of a total stays, with a warning.
 */
export function withoutTotals({ columns, rows, read }: Body): readonly ReadRow[] {
  const entries: ReadRow[] = [];
  let section: ReadRow[] = [];
  return read.flatMap((one, index): ReadRow[] => {
    const row = rows[index];
    if (one === undefined || row === undefined) return [];
    const says = row.some(({ text }) => TOTAL.test(text));
    const isNamed = row.some((cell, at) => cell.text !== "" && NAMING.includes(columns[at] ?? ""));
    const isLast = index === read.length - 1;
    const written = row[columns.indexOf("quantity")]?.text ?? "";
    const quantity = Number(written.replace(",", "."));
    const isSum = isSumOf(section, quantity) || (isLast && isSumOf(entries, quantity));
    const isTotal = isLast
      ? says
        ? isSum || !isNamed || written === "" || entries.length > 1
        : isSum && !isNamed
      : says && isSum;
    if (isTotal) {
      section = [];
      const whose = isLast ? "the table" : "the rows above it";
      return [{ start: startOf(one, row), severity: "warning", message: `is the total of ${whose} and is not read.` }];
    }
    entries.push(one);
    section.push(one);
    if (!says || one.message !== undefined) return [one];
    return [{ ...one, severity: "warning", message: "is read as a part; delete the row if it is a total." }];
  });
}

const NAMING: readonly string[] = ["name", "part", "ipn", "pk"];

const TOTAL =
  /^(?:(?:grand|sub)?[ -]?totale?|sum|summe|gesamt|gesamtsumme|zwischensumme|suma|somme|totaal|razem|итого)\s*:?$/i;

function isSumOf(rows: readonly ReadRow[], quantity: number): boolean {
  const quantities = rows.map(({ entry }) => Number(Reflect.get(entry?.value ?? {}, "quantity") ?? 0));
  return rows.length > 0 && quantity > 0 && Math.abs(quantities.reduce((a, b) => a + b, 0) - quantity) < 1e-6;
}

function startOf({ start }: ReadRow, row: CsvRow): ReadRow["start"] {
  return row[0] ?? start;
}
