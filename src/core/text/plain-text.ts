// Names and words come from other people's systems. Nothing in them may move a cursor, break a line, turn the reading
// direction around, or be invisible: neither in a terminal nor in a mail.
import { UNSAFE } from "./foreign-text.ts";

/** Blanks of all kinds, line ends and letters that look like blanks included. */
const BLANK = /[\p{Zs}\t\n\v\f\r\u0085\u115F\u1160\u2028\u2029\u3164\uFFA0]+/gu;
/** Invisible characters: soft hyphens, zero-width blanks, byte-order marks, tags. */
const NOTHING =
  /\u00AD|\u034F|[\u17B4\u17B5]|\u180E|\u200B|[\u2060-\u2064]|\uFEFF|[\u{E0000}-\u{E00FF}\u{E01F0}-\u{E0FFF}]/gu;

/** Printable ASCII with single blanks: nearly all names. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Foreign text as one harmless line: blanks become single spaces, controls a visible `\uFFFD`. */
export function plainText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.toWellFormed().replace(BLANK, " ").replace(NOTHING, "").replace(UNSAFE, "\uFFFD").trim();
}

/** At most that many characters (as people count them); a longer text ends in `…`. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const graphemes = [...segmenter.segment(text.slice(0, most * 8))];
  if (graphemes.length <= most && text.length <= most * 8) return text;
  return `${graphemes
    .slice(0, most - 1)
    .map((grapheme) => grapheme.segment)
    .join("")
    .trimEnd()}…`;
}

/** The address if it is a plain http(s) one, in its normal form; undefined for anything else (`javascript:`, credentials). */
export function webAddress(address: string | null | undefined): string | undefined {
  if (address === null || address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  if (url.username !== "" || url.password !== "") return undefined;
  return url.href;
}
