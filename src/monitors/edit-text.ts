// Small changes of a text at known places: everything between them keeps its bytes.

/** Puts `text` where `from` to `to` (not included) stood. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text with all changes made; they do not overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let result = "";
  let at = 0;
  for (const splice of splices.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    result += text.slice(at, splice.from) + splice.text;
    at = splice.to;
  }
  return result + text.slice(at);
}

/** Where the line begins in which that offset stands. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Where the line ends in which something ends, its line break included; right there if it ended with one. */
export function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

/** The line break that the text uses. */
export function lineBreak(text: string): "\n" | "\r\n" {
  return /\r\n/.test(text) ? "\r\n" : "\n";
}

/** Puts whole lines in front of the line that begins at that offset, or behind the last one. */
export function insertLines({
  text,
  at,
  lines,
}: {
  readonly text: string;
  readonly at: number;
  readonly lines: readonly string[];
}): Splice {
  const end = lineBreak(text);
  const isUnended = at === text.length && text !== "" && !text.endsWith("\n");
  const block = lines.join(end);
  return { from: at, to: at, text: isUnended ? `${end}${block}` : `${block}${end}` };
}
