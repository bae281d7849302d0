import type { Failed } from "./outcome.ts";

/** The server cannot give that much in one answer; less may do. */
export class TooHeavy extends Error {
  constructor(cause: string) {
    super(cause);
    this.name = "TooHeavy";
  }
}

/**
 * Whether a smaller page is a better next attempt than the same one: it came too late, or twice as an error of the server
 * (SQLite answers 500 to a page that names too many other rows, and will each time).
 */
export function isTooHeavy({ status, tooSlow }: Failed, attempt: number): boolean {
  return tooSlow === true || status === 504 || (status === 500 && attempt >= 2);
}
