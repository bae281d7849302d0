// How to write an entry of a list, from what somebody wrote instead.
import { parsePartArgument } from "../core/settings/part-argument.ts";
import { printable } from "../core/text/printable.ts";
import { yamlText } from "./yaml-slips.ts";

export type EntryList = "parts" | "watch";

/** `- { name: Sensor Board, quantity: 25 }`, from the words of an entry. */
export function entryText(list: EntryList, text: string): string {
  const read = parsePartArgument(text);
  if (read.kind === "wrong") return wordsText(list, text);
  const { pk, ipn, name: word, quantity } = read.entry;
  if (list === "watch") return pairText(list, [word ?? ipn ?? String(pk), quantity]);
  if (pk !== undefined) return `- { pk: ${pk}, quantity: ${quantity} }`;
  return ipn === undefined ? pairText(list, [word ?? "", quantity]) : entryOf({ ipn, quantity: String(quantity) });
}

/** The same for a name and its quantity, with other fields between them; if the quantity is unclear, one as an example. */
export function pairText(
  list: EntryList,
  [word, number]: readonly [string, number | undefined],
  more: Readonly<Record<string, string>> = {},
): string {
  if (list === "parts") return entryOf({ name: word, ...more, quantity: String(number ?? 25) });
  const fields = Object.entries(more).map(([key, value]) => `, ${key}: ${shown(value)}`);
  return `- { part: ${shown(word)}${fields.join("")}, minimum: ${number ?? 10} }`;
}

const AMOUNT = "(\\d+(?:[.,]\\d+)?)";
const PIECES = "(?:x|×|pcs\\.?|pieces|stk\\.?|stück)";
/** `25 x Cable`, `25x Cable`. */
const BEFORE = new RegExp(`^${AMOUNT}\\s*${PIECES}\\s+(\\S.*)$`, "iu");
/** `Cable, 25`, `Cable; 25 pcs`, `Cable x 25`. */
const BEHIND = new RegExp(`^(\\S.*?)\\s*(?:[,;|=\\t]|\\s[x×]\\s)\\s*${AMOUNT}\\s*${PIECES}?$`, "iu");
const FIELDS = "pk|ipn|name|version|quantity";
/** `name= Cable quantity= 25`. */
const EQUALS = new RegExp(`(?:^|[\\s,;])(${FIELDS})\\s*=\\s*(.*?)(?=[\\s,;]+(?:${FIELDS})\\s*=|$)`, "gi");

/** `Cable:2,5` */
const DECIMAL_COMMA = /^(\S.*?)\s*:\s*(\d+),(\d{1,2})$/;

function wordsText(list: EntryList, text: string): string {
  const [, part, whole, decimals] = DECIMAL_COMMA.exec(text) ?? [];
  if (part !== undefined) return pairText(list, [part, Number(`${whole}.${decimals}`)]);
  const fields = [...text.matchAll(EQUALS)].map(([, key = "", value = ""]) => [key.toLowerCase(), value.trim()]);
  if (list === "parts" && fields.length > 0 && text.search(EQUALS) === 0)
    return entryOf({ ...Object.fromEntries(fields) });
  const [, amount, name] = BEFORE.exec(text) ?? [];
  if (name !== undefined) return pairText(list, [name, decimal(amount)]);
  const [, word, much] = BEHIND.exec(text) ?? [];
  return word === undefined ? pairText(list, [text, undefined]) : pairText(list, [word, decimal(much)]);
}

function decimal(amount = ""): number {
  return Number(amount.replace(",", "."));
}

function entryOf({ quantity = "25", ...names }: Readonly<Record<string, string>>): string {
  const fields = Object.entries(names).map(([key, value]) => `${key}: ${key === "pk" ? value : shown(value)}`);
  return `- { ${[...fields, `quantity: ${quantity}`].join(", ")} }`;
}

function shown(word: string): string {
  return yamlText(printable(word.trim(), 80));
}
