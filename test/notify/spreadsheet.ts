// How spreadsheets read a CSV, which is not always how it was meant: with whatever separator they are set to.

/** How a program takes quotation marks. */
export type Quoting =
  /** Excel, LibreOffice: a mark opens a field at its start alone; behind the closing one text goes on as it is. */
  | "at start"
  /** Every mark turns quoting on or off. */
  | "anywhere"
  /** Marks are characters like others. */
  | "never";

/** All cells of a file without its byte-order mark, row by row. */
export function cellsOf(text: string, { separator, quoting }: { separator: string; quoting: Quoting }): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isStart = true;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isQuoted && character === '"' && text.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (isQuoted && character === '"') isQuoted = false;
    else if (isQuoted) cell += character;
    else if (character === '"' && (quoting === "anywhere" || (quoting === "at start" && isStart))) isQuoted = true;
    else if (character === separator || character === "\n" || character === "\r") {
      row.push(cell);
      cell = "";
      isStart = true;
      if (character === separator) continue;
      if (character === "\r" && text.charAt(at + 1) === "\n") at += 1;
      rows.push(row);
      row = [];
      continue;
    } else cell += character;
    isStart = false;
  }
  return cell === "" && row.length === 0 ? rows : [...rows, [...row, cell]];
}

/** The cells that a program would calculate, of every reading of the file that there is. */
export function formulasIn(csv: string, ownSeparator: string): string[] {
  const text = csv.replace(/^\uFEFF/, "");
  const readings = [",", ";", "\t"].flatMap((separator) =>
    (["at start", "anywhere", "never"] as const)
      // Who takes the file's own separator takes its quotation marks.
      .filter((quoting) => quoting !== "never" || separator !== ownSeparator)
      .map((quoting) => cellsOf(text, { separator, quoting })),
  );
  return readings
    .flat(2)
    .filter((cell) => /^[\t\r]|^[\s"]*[=+\-@＝＋－＠﹦﹢﹣﹫]/u.test(cell) && !/^-?\d+(?:[.,]\d+)?$/.test(cell));
}
