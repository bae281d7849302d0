import { printable } from "../core/text/printable.ts";

/** What somebody meant by a text that is not a number. */
export interface MeantNumber {
  readonly number: string;
  /** What to write, and why. */
  readonly advice: string;
  /** Followed by a unit or a word for pieces. */
  readonly isCounted?: boolean;
}

/** What to write instead of a text that is not a number and was meant as one. */
export function numberFix(text: string, { whole }: { readonly whole: boolean }): string {
  const meant = meantNumber(text);
  const fits = !whole || (meant?.isCounted !== true && /^[+-]?\d+$/.test(meant?.number ?? ""));
  if (meant !== undefined && fits) return meant.advice;
  if (text.trim() === "") return "is empty; write a number, as in 25.";
  const shown = `"${printable(text, 60)}"`;
  const plain = plainText(text);
  const [, least, most] = /^(\d+(?:\.\d+)?)\s*(?:-|–|—|\.{2,3}|…|to|bis)\s*(\d+(?:\.\d+)?)$/i.exec(plain) ?? [];
  if (least !== undefined) return `must be one number, not ${shown}; write ${least} or ${most}.`;
  if (/^\d+(?:[.,]\d+){2,}$/.test(plain))
    return `must be one number, not ${shown}; one point at most stands in it, as in 2.5.`;
  if (/^\d+(?:\.\d+)?\s*M$/.test(plain)) return `must be a number, not ${shown}; write it out, as in 1000.`;
  const [, count, week] = /^(\d{1,4})\s*(?:d|days?|tage?|(w|weeks?|wochen?))$/i.exec(plain) ?? [];
  if (whole && count !== undefined)
    return `must be a whole number, not ${shown}; where days are meant, write ${Number(count) * (week === undefined ? 1 : 7)}.`;
  return whole ? `must be a whole number, not ${shown}.` : `must be a number, not ${shown}; write digits, as in 25.`;
}

/** The number that was meant, if that is beyond doubt. */
export function meantNumber(text: string): MeantNumber | undefined {
  const plain = plainText(text);
  for (const look of LOOKS) {
    const found = look(plain, text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Full-width letters and the like as plain ones; a small raised 2 is not a 2. */
function plainText(text: string): string {
  return text
    .replace(/[\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089]/g, "\u00b0")
    .normalize("NFKC")
    .trim();
}

type Look = (plain: string, text: string) => MeantNumber | undefined;

const LOOKS: readonly Look[] = [grouped, decimalComma, fraction, thousands, counted, dozens, product, wrapped];

/** Blanks and signs that people put between thousands. */
const GROUPING = /(?<=\d)[\s_'’\u00a0\u2009\u202f](?=\d{3}(?!\d))/g;

function grouped(plain: string): MeantNumber | undefined {
  if (/^[1-9]\d{0,2}(?:,\d{3})+$/.test(plain) || /^[1-9]\d?(?:,\d\d)+,\d{3}$/.test(plain)) {
    const number = plain.replaceAll(",", "");
    const point = plain.split(",").length === 2 ? `; a decimal needs a point: ${trimmed(plain.replace(",", "."))}` : "";
    return { number, advice: `write ${number}: nothing stands between thousands${point}.` };
  }
  if (/^[1-9]\d{0,2}(?:\.\d{3}){2,}$/.test(plain)) return ungrouped(plain.replaceAll(".", ""));
  const german = /^[1-9]\d{0,2}(?:\.\d{3})+,\d+$/.test(plain) ? plain.replaceAll(".", "") : undefined;
  const english = /^[1-9]\d{0,2}(?:,\d{3})+\.\d+$/.test(plain) ? plain.replaceAll(",", "") : undefined;
  const joined = plain.replace(GROUPING, "");
  const blank = joined !== plain && /^[+-]?\d+,\d+$/.test(joined) ? joined : undefined;
  const full = german ?? english ?? blank;
  if (full !== undefined) {
    const number = full.replace(",", ".");
    return { number, advice: `write ${number}: decimals need a point, and nothing stands between thousands.` };
  }
  return joined !== plain && isNumber(joined) ? ungrouped(joined) : undefined;
}

function ungrouped(number: string): MeantNumber {
  return { number, advice: `write ${number}: nothing stands between thousands.` };
}

function decimalComma(plain: string): MeantNumber | undefined {
  if (!/^[+-]?\d+[,;·]\d+$/.test(plain)) return undefined;
  const number = plain.replace(/[,;·]/, ".");
  return { number, advice: `decimals need a point: ${number}` };
}

/** `½`, `2½`, `1/2`, `1 1/2` */
function fraction(plain: string): MeantNumber | undefined {
  const [, whole = "0", top, bottom] =
    /^(?:(\d+)\s*(?:\s|(?=\d⁄)))?(\d+)\s*[/⁄]\s*([1-9]\d*)$/.exec(spaced(plain)) ?? [];
  if (top === undefined || bottom === undefined) return undefined;
  const number = String(Number((Number(whole) + Number(top) / Number(bottom)).toFixed(5)));
  return { number, advice: `write ${number}: a fraction is no number here.` };
}

/** `2½` becomes `21⁄2` when letters are normalized. */
function spaced(plain: string): string {
  return plain.replace(/^(\d+)(\d⁄\d{1,2})$/, "$1 $2");
}

function thousands(plain: string): MeantNumber | undefined {
  const [, amount] = /^(\d+(?:[.,]\d+)?)\s*k$/i.exec(plain) ?? [];
  if (amount === undefined) return undefined;
  const number = trimmed(String(Number(amount.replace(",", ".")) * 1000));
  return { number, advice: `write the number out: ${number}.` };
}

function counted(plain: string): MeantNumber | undefined {
  const [, amount] =
    /^(\d+(?:[.,]\d+)?)\s*(?:[x×*"]|(?!dozen$|dutzend$)°?[\p{L}µ.][\p{L}µ.°/]*)$/iu.exec(plain) ??
    /^[x×*]\s*(\d+(?:[.,]\d+)?)$/iu.exec(plain) ??
    [];
  if (amount === undefined || /^\d+\s*M$/.test(plain)) return undefined;
  const number = amount.replace(",", ".");
  return { number, isCounted: true, advice: `write ${number}; the unit is the part's own in InvenTree.` };
}

function dozens(plain: string): MeantNumber | undefined {
  const [, amount] = /^(\d+)\s*(?:dozens?|dz\.?|dutzend)$/i.exec(plain) ?? [];
  if (amount === undefined) return undefined;
  const number = String(Number(amount) * 12);
  return { number, advice: `write the number out: ${number}.` };
}

/** `2 x 5`, `=2*5` */
function product(plain: string): MeantNumber | undefined {
  const [, one, other] = /^=?\s*(\d+(?:\.\d+)?)\s*[*x×]\s*(\d+(?:\.\d+)?)$/i.exec(plain) ?? [];
  if (one === undefined || other === undefined) return undefined;
  const number = String(Number((Number(one) * Number(other)).toFixed(5)));
  return { number, advice: `write ${number}: nothing is calculated here.` };
}

/** A number and what surrounds it: quotes, brackets, a currency, `about`. */
function wrapped(plain: string, text: string): MeantNumber | undefined {
  const typed = plain.replace(AROUND, "").replace(/[\s"'“”„‚‘’«»,;:\]}?!+€$£%°.]+$/u, "");
  const isPercent = /%$/.test(plain);
  if (!isNumber(typed) || isPercent || plain.includes("°")) return undefined;
  const quotes = text === typed ? " without quotes" : "";
  return { number: typed, advice: `must be a number; write ${typed}${quotes}.` };
}

const AROUND =
  /^(?:["'“”„‚‘’«»[{~≈<>≤≥=€$£]|ca\.?\s|circa\s|about\s|approx\.?\s|etwa\s|rund\s|min\.?\s|max\.?\s|\s)+/iu;

function isNumber(text: string): boolean {
  return /^[+-]?\d+(?:\.\d+)?$/.test(text);
}

function trimmed(text: string): string {
  return text.includes(".") ? String(Number(text)) : text;
}
