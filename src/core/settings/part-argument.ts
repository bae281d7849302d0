import type { ListEntry } from "../monitor.ts";
import { isDay } from "../schedule/days.ts";
import { printable } from "../text/printable.ts";

/** `Sensor Board:25`, `ipn=CBL-0007:50`, `#12:3@2027-02-15`: split at the last colon. */
export type PartArgument =
  | { readonly kind: "entry"; readonly entry: ListEntry }
  | { readonly kind: "wrong"; readonly message: string };

/** Greatest quantity that is calculated exactly; see docs/calculation.md. */
const MOST = 1e10;

/** The same as typed on a command line: an ambiguous quantity is refused. */
export function parseTypedPart(text: string): PartArgument {
  const [, part, whole, rest] = /^(.*\S)\s*:\s*([1-9]\d{0,2})\.(\d{3})\s*(?:@.*)?$/s.exec(text) ?? [];
  if (whole === undefined || rest === undefined) return parsePartArgument(text);
  const decimal = rest === "000" ? whole : `${whole}.${rest}0`;
  return wrong(
    text,
    `a point may stand between thousands or before decimals: write ${part}:${whole}${rest} or ${part}:${decimal}.`,
  );
}

/** Reads PART:QTY or PART:QTY@DAY of the command line, PART being a name, `ipn=X` or `#pk`. */
export function parsePartArgument(text: string): PartArgument {
  const colon = text.lastIndexOf(":");
  const part = text.slice(0, Math.max(0, colon)).trim();
  const [amount = "", day, ...rest] = text.slice(colon + 1).split("@");
  const digits = amount.trim();
  if (colon < 0 || part === "") return wrong(text, 'write PART:QUANTITY, as in "Sensor Board:25".');
  const [, whole, decimals, count] =
    /^(?:(\d+),(\d{1,2}|\d{4,5})|(\d+(?:\.\d{1,5})?)\s*(?:x|pcs|pieces))$/i.exec(digits) ?? [];
  if (whole !== undefined) return wrong(text, `decimals need a point: write ${part}:${whole}.${decimals}.`);
  const [grouped] = /^[1-9]\d{0,2}(?:(?:,\d{3})+|(?:\.\d{3}){2,}|(?:[\s_'’]\d{3})+)$/.exec(digits) ?? [];
  if (grouped !== undefined)
    return wrong(text, `nothing stands between thousands: write ${part}:${grouped.replaceAll(/\D/g, "")}.`);
  if (count !== undefined) return wrong(text, `write ${part}:${count}; the unit is the part's own in InvenTree.`);
  if (!/^\d+(\.\d{1,5})?$/.test(digits)) {
    return wrong(
      text,
      `the quantity "${digits}" must be a number above 0 with at most five decimals, as in ${part}:25.`,
    );
  }
  if (rest.length > 0 || (day !== undefined && !isDay(day.trim())))
    return wrong(text, `what follows the @ must be a calendar day, as in ${part}:${digits}@2027-02-15.`);
  const amounts = { quantity: Number(digits), ...(day === undefined ? {} : { needed_by: day.trim() }) };
  const { quantity } = amounts;
  if (quantity <= 0 || quantity > MOST) return wrong(text, "the quantity must be above 0 and at most 10000000000.");
  const named = parsePartWords(part, `:${digits}`);
  return "message" in named ? wrong(text, named.message) : { kind: "entry", entry: { ...named, ...amounts } };
}

type PartWords = Pick<ListEntry, "pk" | "ipn" | "name">;

/** Reads a name, `ipn=X` or `#pk`; a message if it is none of them. `behind`: the rest of what was written. */
export function parsePartWords(text: string, behind = ""): PartWords | { readonly message: string } {
  const part = text.trim();
  if (part === "") return { message: "name a part: its name, ipn=X or #pk." };
  if (/^ipn=./i.test(part)) return { ipn: part.slice("ipn=".length).trim() };
  if (!part.startsWith("#")) return { name: part };
  if (!/^#[1-9]\d{0,14}$/.test(part))
    return { message: `"${part}" is not a valid pk; write # and a whole number, as in #12${behind}.` };
  return { pk: Number(part.slice(1)) };
}

function wrong(text: string, message: string): PartArgument {
  return { kind: "wrong", message: printable(`${JSON.stringify(text)}: ${message}`) };
}
