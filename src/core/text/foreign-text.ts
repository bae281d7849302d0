// Names and words come from other people's systems. Which of their characters may be shown, and how to write the rest where
// nothing may be lost: on a terminal, in a log, in JSON. For readers, plain-text.ts removes them.

/**
 * Controls, including line ends; marks that change the reading direction; invisible characters; halves of
 * pairs. Not the joiners and variation selectors, which scripts and emoji need.
 */
const UNSAFE_CLASS =
  "\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B\\u200E\\u200F" +
  "\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB\\u{1BCA0}-\\u{1BCA3}\\u{1D173}-\\u{1D17A}" +
  "\\u{E0000}-\\u{E00FF}\\u{E01F0}-\\u{E0FFF}";

/** One character that must not be shown as it is. */
export const UNSAFE = new RegExp(`[${UNSAFE_CLASS}]`, "gu");
/** The same, and the joiners: our own texts need none. */
export const UNSAFE_OR_JOINER = new RegExp(`[${UNSAFE_CLASS}\\u200C\\u200D]`, "gu");
/** Joiners that a script or an emoji needs: between pictures, and between letters of scripts that join. */
const JOINING =
  "\\p{sc=Arab}\\p{sc=Beng}\\p{sc=Deva}\\p{sc=Gujr}\\p{sc=Guru}\\p{sc=Khmr}\\p{sc=Knda}\\p{sc=Mlym}\\p{sc=Mong}\\p{sc=Orya}\\p{sc=Sinh}\\p{sc=Taml}\\p{sc=Telu}";
export const SAFE_JOINER = new RegExp(
  `(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic})|(?<=[${JOINING}])[\\u200C\\u200D](?=[${JOINING}])`,
  "gu",
);
/** Tabs and line ends are harmless in text of several lines. */
const UNSAFE_IN_LINES = new RegExp(`(?![\\t\\n])[${UNSAFE_CLASS}]`, "gu");

/**
 * Every unsafe character as `\u202e`, which shows what it was; line ends and tabs stay. JSON stays JSON with the same value,
 * because there such characters only occur in strings.
 */
export function escaped(text: string): string {
  return text.replace(UNSAFE_IN_LINES, units);
}

/** JSON that is safe in a terminal, too: JSON.stringify leaves C1 controls and directional marks as they are. */
export function jsonText(value: unknown, indent?: number): string {
  return escaped(JSON.stringify(value, null, indent));
}

/**
 * Text of several lines without workflow commands: a runner obeys `::error::` at the beginning of a line, also after
 * blanks, and `##[error]` anywhere. https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 * One character is escaped, so that JSON stays JSON.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gmu, "$1\\u003a").replaceAll("##[", "#\\u0023[");
}

function units(character: string): string {
  return Array.from({ length: character.length }, (_, at) => unit(character.charCodeAt(at))).join("");
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
