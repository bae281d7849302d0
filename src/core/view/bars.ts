// Charts of characters: bars, and columns of the same width.
import { textWidth } from "../text/text-width.ts";

const BLOCK = "█";

/** A bar for a number of so many that fill all columns; whatever is more than nothing shows. null: all that can be. */
export function bar(
  number: number | null,
  { most, columns }: { readonly most: number; readonly columns: number },
): string {
  if (number === null) return BLOCK.repeat(columns);
  return BLOCK.repeat(number === 0 ? 0 : Math.max(1, Math.round((number / most) * columns)));
}

export function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(textWidth));
}

export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}
