import { UNSAFE } from "./foreign-text.ts";

/** Blanks other than the one on a keyboard. */
const OTHER_BLANK = /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/u;
/** Invisible characters. */
const NO_ROOM =
  /\u034f|\u200d|\ufe0e|\ufe0f|[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** An invisible difference in a name: `has a no-break space in it (U+00A0)`; undefined if there is none. */
export function blankFault(text: string): string | undefined {
  if (/[\r\n]/.test(text)) return "has a line break in it";
  const [blank] = OTHER_BLANK.exec(text) ?? [];
  if (blank !== undefined) return `has a blank in it that is none of the keyboard's (${codeOf(blank)})`;
  const [hidden] =
    text.replace(/\p{Extended_Pictographic}\ufe0f?(?:\u200d\p{Extended_Pictographic}\ufe0f?)*/gu, "").match(NO_ROOM) ??
    [];
  if (hidden !== undefined) return `has a character in it that cannot be seen (${codeOf(hidden)})`;
  if (text !== text.trim()) return text.trimStart() === text ? "ends with a blank" : "begins with a blank";
  return / {2}/.test(text) ? "has two blanks in a row" : undefined;
}

/**
 * How two different names that look alike differ: only in a blank, in upper and lower case, or in letters that look the same;
 * undefined where people would see the difference.
 */
export function differsIn(written: string, known: string): "blank" | "case" | "form" | undefined {
  if (written === known) return undefined;
  if (blanks(written) === blanks(known)) return "blank";
  if (blanks(written).toLowerCase() === blanks(known).toLowerCase()) return "case";
  return plainLetters(written).toLowerCase() === plainLetters(known).toLowerCase() ? "form" : undefined;
}

/** A text without leading and trailing blanks of any kind and invisible characters. */
export function edgesOff(text: string): string {
  return text.replace(EDGES, "");
}

const EDGES = /^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$/gu;

/** The code point in the form in which people can look it up: U+00A0. */
function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Without invisible characters, and with single plain blanks. */
function blanks(text: string): string {
  return text.replace(NO_ROOM, "").replace(UNSAFE, "").replace(/\s+/gu, " ").trim();
}

/** Letters of other scripts that look like Latin ones, each above its twin. https://www.unicode.org/reports/tr39/ */
const OTHERS = "АВЕКМНОРСТХУІЅЈаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο";
const LATIN = "ABEKMHOPCTXYISJaeopcyxisjABEZHIKMNOPTYXo";
const LOOKS: ReadonlyMap<string, string> = new Map(Array.from(OTHERS, (letter, at) => [letter, LATIN[at] ?? letter]));

/** A text as typed on a keyboard: composed letters, plain blanks, dashes and quotes, Latin letters for their twins. */
export function plainLetters(text: string): string {
  if (/^[!-~]*(?: [!-~]+)*$/.test(text)) return text;
  const plain = blanks(text)
    .normalize("NFKC")
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/gu, "-")
    .replace(/[“”„‟«»″]/gu, '"')
    .replace(/[‘’‚‛´`′]/gu, "'")
    .replace(/×/gu, "x")
    .replace(/µ/gu, "μ");
  // A word entirely in another script is meant so.
  const isMixed = /[A-Za-z]/.test(plain) || /\d/.test(plain);
  return isMixed ? Array.from(plain, (letter) => LOOKS.get(letter) ?? letter).join("") : plain;
}
