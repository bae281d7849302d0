import type { LineSlip } from "./yaml-slips.ts";

interface Open {
  readonly mark: string;
  readonly line: number;
  readonly column: number;
}

const CLOSES: ReadonlyMap<string, string> = new Map([
  ["[", "]"],
  ["{", "}"],
]);

/** The bracket that is one too many up to that line (from 0), or that is open there and never closed. */
export function bracketSlip(lines: readonly string[], upTo: number): LineSlip | undefined {
  const open: Open[] = [];
  for (const [index, text] of lines.slice(0, upTo + 1).entries()) {
    for (const { mark, column } of bracketsIn(text)) {
      if (CLOSES.has(mark)) {
        open.push({ mark, line: index + 1, column });
        continue;
      }
      const last = open.pop();
      if (last !== undefined && CLOSES.get(last.mark) === mark) continue;
      const place = { line: index + 1, column };
      if (last === undefined) return { ...place, message: `the bracket ${mark} is one too many; delete it.` };
      return { ...place, message: `${last.mark} is closed with ${mark}; write ${CLOSES.get(last.mark)}.` };
    }
  }
  const [first] = open;
  if (first === undefined) return undefined;
  const { mark, line, column } = first;
  const message = `the bracket ${mark} that begins here is never closed; add ${CLOSES.get(mark)} at the end.`;
  return { line, column, message };
}

/** Brackets outside quotes and comments; one in the middle of a plain text is part of it. */
function bracketsIn(text: string): readonly { readonly mark: string; readonly column: number }[] {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:^|\s)#.*/g, (part) => " ".repeat(part.length));
  return [...bare.matchAll(/[[\]{}]/g)].map(({ 0: mark, index }) => ({ mark, column: index + 1 }));
}
