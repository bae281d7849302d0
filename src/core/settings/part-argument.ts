import type { ListEntry } from "../monitor.ts";

/** `Sensor Board:25`, `ipn=CBL-0007:50`, `#12:3`: what the last colon splits. */
export type PartArgument =
  | { readonly kind: "entry"; readonly entry: ListEntry }
  | { readonly kind: "wrong"; readonly message: string };

/** Greatest quantity that is counted exactly; see docs/calculation.md. */
const MOST = 1e10;

/** Reads PART:QTY of the command line, PART being a name, `ipn=X` or `#pk`. */
export function parsePartArgument(text: string): PartArgument {
  const colon = text.lastIndexOf(":");
  const part = text.slice(0, Math.max(0, colon)).trim();
  const digits = text.slice(colon + 1).trim();
  if (colon < 0 || part === "") return wrong(text, 'write PART:QUANTITY, as in "Sensor Board:25".');
  if (!/^\d+(\.\d{1,5})?$/.test(digits)) {
    return wrong(
      text,
      `the quantity "${digits}" must be a number above 0 with at most five decimals, as in ${part}:25.`,
    );
  }
  const quantity = Number(digits);
  if (quantity <= 0 || quantity > MOST) return wrong(text, "the quantity must be above 0 and at most 10000000000.");
  if (/^ipn=./i.test(part)) return { kind: "entry", entry: { ipn: part.slice("ipn=".length).trim(), quantity } };
  if (!part.startsWith("#")) return { kind: "entry", entry: { name: part, quantity } };
  if (!/^#[1-9]\d{0,14}$/.test(part))
    return wrong(text, `"${part}" is no pk; write # and a whole number, as in #12:${digits}.`);
  return { kind: "entry", entry: { pk: Number(part.slice(1)), quantity } };
}

function wrong(text: string, message: string): PartArgument {
  return { kind: "wrong", message: `${JSON.stringify(text)}: ${message}` };
}
