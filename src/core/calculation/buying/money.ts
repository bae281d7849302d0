import { own } from "../../records.ts";
import type { Snapshot } from "../snapshot.ts";

/** InvenTree has prices of up to six decimals. */
const MILLION = 1_000_000;

/** So many times a price, exact to its six decimals. */
export function priceOf(packs: number, price: number): number {
  return Number(BigInt(packs) * BigInt(Math.round(price * MILLION))) / MILLION;
}

/** An amount in the server's own currency; null if there is no rate for it. */
export function inOwnCurrency(
  { amount, currency }: { readonly amount: number; readonly currency: string },
  { currency: base, rates = {} }: Pick<Snapshot, "currency" | "rates">,
): number | null {
  if (currency === base) return amount;
  const rate = own(rates, currency);
  return rate === undefined || rate <= 0 ? null : amount / rate;
}
