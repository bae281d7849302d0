// What is published is read by strangers: whatever text a page is made of, no mail address and no secret goes out.
import { withoutSecrets } from "../../core/text/without-secrets.ts";

/** As people write them, in any script; the part after the last dot begins with a letter, since `2A@3.3V` is not an address. */
const ADDRESS =
  /[\p{L}\p{M}\p{N}.!#$%&'’*+^_`{|}~-]+@(?:localhost\b|(?:[\p{L}\p{M}\p{N}-]+\.)+(?:xn--[a-z0-9-]+|\p{L}[\p{L}\p{M}]+))/giu;
/** Shorter ones would be found in ordinary words. */
const SHORTEST_SECRET = 6;

/** The text without mail addresses and without these values. */
export function publicText(text: string, secrets: readonly string[]): string {
  return maskedText(text.includes("@") ? text.replace(ADDRESS, "(address)") : text, secrets);
}

/** The text without these values, for somebody who may read everything else. */
export function maskedText(text: string, secrets: readonly string[]): string {
  return withoutSecrets(text, { secrets, shortest: SHORTEST_SECRET });
}

/** A copy without these values in any of its texts. */
export function maskedCopy<T>(value: T, secrets: readonly string[]): T {
  const copy = structuredClone(value);
  clean(copy, (text) => maskedText(text, secrets));
  return copy;
}

/**
 * A copy all of whose texts are public. In the finished page a text may have been escaped, shortened or broken into lines, and
 * an address would no longer be known as one.
 */
export function publicCopy<T>(value: T, secrets: readonly string[]): T {
  const copy = structuredClone(value);
  clean(copy, (text) => publicText(text, secrets));
  return copy;
}

function clean(value: unknown, cleaned: (text: string) => string): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, one] of Object.entries(value)) {
    if (typeof one !== "string") clean(one, cleaned);
    else if (cleaned(one) !== one) Object.defineProperty(value, key, { value: cleaned(one) });
  }
}
