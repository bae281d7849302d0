// How many columns a text takes in a terminal, counted by grapheme clusters: a flag or a face is several
// code points in two columns, and a combining accent takes none of its own.
import stringWidth from "string-width";

/** Latin, Greek and Cyrillic letters, signs, dashes, quotation marks and arrows: each character takes one column. */
const NARROW =
  /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u024f\u0391-\u03a1\u03a3-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u203a\u2190-\u2193\u2713\u2717]*$/;

/** Columns of a terminal that the text takes. */
export function textWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  return stringWidth(text, { countAnsiEscapeCodes: true });
}

/** Columns of a text with colours from painter(). */
export function visibleWidth(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
  return textWidth(text.replace(/\u001b\[\d+m/g, ""));
}

/** The beginning of the text that fits; ends in `…` if something was cut off. */
export function cutToWidth(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width <= 0) return "";
  return `${head(text, width - 1).trimEnd()}…`;
}

/** Breaks a text at blanks into lines of at most that width; a wider word is broken. */
export function wrapToWidth(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").filter((word) => word !== "")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (textWidth(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = piecesOf(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  if (line !== "" || lines.length === 0) lines.push(line);
  return lines;
}

/** The text, padded with blanks to that width. */
export function padToWidth(text: string, width: number, align: "left" | "right"): string {
  const blanks = " ".repeat(Math.max(0, width - textWidth(text)));
  return align === "right" ? blanks + text : text + blanks;
}

/** Breaks a word into pieces of that width; a cluster that is wider than the column gets a line of its own. */
function piecesOf(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  let room = width;
  for (const grapheme of graphemes(word)) {
    const needed = textWidth(grapheme);
    if (needed > room && piece !== "") {
      pieces.push(piece);
      piece = "";
      room = width;
    }
    piece += grapheme;
    room -= needed;
  }
  return [...pieces, piece];
}

function head(text: string, width: number): string {
  let taken = "";
  let room = width;
  for (const grapheme of graphemes(text)) {
    room -= textWidth(grapheme);
    if (room < 0) break;
    taken += grapheme;
  }
  return taken;
}

let segmenter: Intl.Segmenter | undefined;

function graphemes(text: string): string[] {
  if (NARROW.test(text)) return [...text];
  segmenter ??= new Intl.Segmenter("und", { granularity: "grapheme" });
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}
