import type { Splice } from "./edit-text.ts";

/** Something between commas, as it stands in the text. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  /** false: it goes. */
  readonly keep: boolean;
}

/**
 * Takes pieces out of `[…]` or `{…}` and puts new ones behind the last. What is kept stays where it is; new ones are
 * separated as the old ones are.
 */
export function flowSplices(question: {
  readonly text: string;
  /** From the opening bracket to behind the closing one. */
  readonly range: readonly [start: number, end: number];
  readonly pieces: readonly Piece[];
  readonly additions: readonly string[];
}): readonly Splice[] {
  const { text, range, pieces, additions } = question;
  const [first] = pieces;
  const last = pieces.at(-1);
  if (first === undefined || last === undefined)
    return [{ from: range[0] + 1, to: range[1] - 1, text: additions.join(", ") }];
  const separator = separatorOf(text, range[0], pieces);
  const keptLast = pieces.findLast((piece) => piece.keep);
  if (keptLast === undefined) return [{ from: first.from, to: last.to, text: additions.join(separator) }];
  const gone = pieces.flatMap((piece, index): Splice[] => {
    const next = pieces[index + 1];
    return piece.keep || next === undefined || piece.from > keptLast.from
      ? []
      : [{ from: piece.from, to: next.from, text: "" }];
  });
  const tail = additions.map((addition) => `${separator}${addition}`).join("");
  return [...gone, { from: keptLast.to, to: last.to, text: tail }];
}

/** What stands between two of them: a comma and a space, or a comma and a new line. */
function separatorOf(text: string, start: number, [first, second]: readonly Piece[]): string {
  if (first !== undefined && second !== undefined) {
    const between = text.slice(first.to, second.from);
    if (/^\s*,\s*$/.test(between)) return between;
  }
  const lead = text.slice(start + 1, first?.from ?? start + 1);
  return /^\s*\n\s*$/.test(lead) ? `,${lead}` : ", ";
}
