import { UNSAFE_OR_JOINER } from "./foreign-text.ts";

/**
 * Foreign text for a message: on one line, without control characters and without marks that change
 * the direction of what follows, at most `length` characters.
 */
export function printable(text: string, length = 1000): string {
  const safe = Array.from(text.slice(0, length * 2).replace(UNSAFE_OR_JOINER, "\ufffd"));
  return safe.length > length ? `${safe.slice(0, length - 1).join("")}…` : safe.join("");
}
