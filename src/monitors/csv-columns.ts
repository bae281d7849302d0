import type { Problem } from "../core/problem.ts";
import { printable } from "../core/text/printable.ts";
import type { CsvRow } from "./csv-rows.ts";

/** The meaning of a column. */
export type CsvColumn =
  | "name"
  | "part"
  | "ipn"
  | "pk"
  | "version"
  | "quantity"
  | "left_out"
  | "needed_by"
  | "fitted"
  | "references"
  | "level";

/** The titles that people, spreadsheets and layout programs use, in lower case with single blanks. */
const TITLES: ReadonlyMap<string, CsvColumn> = new Map(
  (
    [
      [
        "name",
        [
          "name",
          "part name",
          "partname",
          "component",
          "component name",
          "teil",
          "teilename",
          "bezeichnung",
          "nom",
          "nombre",
          "nome",
          "naam",
          "nazwa",
          "namn",
          "navn",
        ],
      ],
      ["part", ["part"]],
      [
        "ipn",
        [
          "ipn",
          "part ipn",
          "internal part number",
          "internal pn",
          "part number",
          "part no",
          "part nr",
          "part #",
          "pn",
          "p/n",
          "item number",
          "item no",
          "artikelnummer",
          "artikel nr",
          "teilenummer",
          "teile nr",
          "sachnummer",
        ],
      ],
      ["pk", ["pk", "part id", "inventree id"]],
      ["needed_by", ["needed by", "due", "due date", "bedarfstermin"]],
      ["version", ["version", "revision", "rev", "ver"]],
      [
        "quantity",
        [
          ...[
            "quantity",
            "qty",
            "q'ty",
            "qnty",
            "quant",
            "amount",
            "count",
            "pcs",
            "required quantity",
            "qty required",
            "needed",
          ],
          ...[
            "menge",
            "anzahl",
            "stück",
            "stk",
            "stückzahl",
            "bedarf",
            "quantité",
            "quantite",
            "qté",
            "qte",
            "nombre de pièces",
          ],
          ...[
            "cantidad",
            "cant",
            "quantità",
            "quantita",
            "qtà",
            "quantidade",
            "qtd",
            "qtde",
            "aantal",
            "ilość",
            "szt",
            "antal",
          ],
          ...["množství", "počet", "количество", "кол-во", "数量"],
        ],
      ],
      [
        "left_out",
        [
          "dnp",
          "dnf",
          "dni",
          "dns",
          "do not populate",
          "do not place",
          "do not fit",
          "do not install",
          "not fitted",
          "no pop",
          "exclude from bom",
          "nicht bestückt",
          "nicht bestücken",
        ],
      ],
      ["fitted", ["fitted", "include", "included", "populate", "populated", "mounted", "bestückt", "bestücken"]],
      ["level", ["level", "bom level", "indent level", "ebene", "stufe"]],
      [
        "references",
        [
          "reference",
          "references",
          "reference(s)",
          "ref",
          "refs",
          "refdes",
          "ref des",
          "reference designator",
          "reference designators",
          "designator",
          "designators",
          "bauteilreferenz",
          "referenz",
          "referenzen",
        ],
      ],
    ] as const
  ).flatMap(([column, titles]) => titles.map((title) => [title, column] as const)),
);

/** These mean the internal number to most people, and another one to some. */
const UNSURE = /^(?!(?:part[ _-])?ipn$|internal)/;

/** The meaning of a title; undefined if unknown. */
export function columnOf(title: string): CsvColumn | undefined {
  const plain = title
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[_\s-]+/g, " ")
    .trim();
  const bare = plain.replace(/\s*[[(](?:pcs|pc|ea|each|st|stk|stück|units?|szt)\.?[\])]$/, "").replace(/[.:*]+$/, "");
  return TITLES.get(plain) ?? TITLES.get(bare) ?? TITLES.get(title.normalize("NFKC").toLowerCase().trim());
}

export const NAMELESS = "no column names the part: give one of them the title name, ipn or pk, as InvenTree has it.";

const NAMING: readonly CsvColumn[] = ["name", "part", "ipn", "pk"];

/** Whether the row names the columns of a parts list. */
export function isTitleRow(row: CsvRow): boolean {
  const columns = row.map(({ text }) => columnOf(text));
  return columns.includes("quantity") && columns.some((column) => column !== undefined && column !== "quantity");
}

export interface Columns {
  readonly columns: readonly (CsvColumn | undefined)[];
  readonly problems: readonly Problem[];
}

/** The columns that a title row names. A column without any value below it does not count. */
export function columnsOf(
  file: string,
  { titles, rows }: { readonly titles: CsvRow; readonly rows: readonly CsvRow[] },
): Columns {
  const isUsed = (index: number) => rows.some((row) => (row[index]?.text ?? "") !== "");
  const known = titles.map(({ text }) => columnOf(text));
  const isKept = (column: CsvColumn, index: number) =>
    isUsed(index) || !known.some((other, place) => other === column && (place < index || isUsed(place)));
  const columns = known.map((column, index) => (column !== undefined && isKept(column, index) ? column : undefined));
  const at = (index: number) => ({ file, line: titles[index]?.line ?? 1, column: titles[index]?.column ?? 1 });
  const shown = (index: number) => `"${printable(titles[index]?.text ?? "", 60)}"`;
  const twice = columns.flatMap((column, index): Problem[] => {
    if (column === undefined || ["left_out", "fitted", "references", "level"].includes(column)) return [];
    const before = columns.findIndex(
      (other, place) => place < index && isSame(other, column) && isUsed(place) && isUsed(index),
    );
    if (before < 0) return [];
    const message = `the columns ${shown(before)} and ${shown(index)} both stand for ${column === "part" ? "the part" : column}; take one of the two out, or give it another title.`;
    return [{ ...at(index), message }];
  });
  const nameless = columns.some((column) => column !== undefined && NAMING.includes(column))
    ? []
    : [{ ...at(0), message: NAMELESS }];
  const unread = titles.flatMap(({ text }, index): Problem[] => {
    if (known[index] !== undefined || text === "") return [];
    const message = `the column ${shown(index)} is not read; known are name, ipn, pk, version, quantity, needed_by.`;
    return [{ ...at(index), message, severity: "warning" }];
  });
  const unsure = columns.flatMap((column, index): Problem[] => {
    if (column !== "ipn" || !UNSURE.test((titles[index]?.text ?? "").trim().toLowerCase())) return [];
    return [{ ...at(index), message: `the column ${shown(index)} is read as ipn.`, severity: "warning" }];
  });
  return { columns, problems: [...twice, ...nameless, ...unsure, ...unread] };
}

/** `part` may hold a name, an IPN or a pk. */
function isSame(one: CsvColumn | undefined, other: CsvColumn): boolean {
  if (one === other) return true;
  return (one === "part" && NAMING.includes(other)) || (other === "part" && one !== undefined && NAMING.includes(one));
}
