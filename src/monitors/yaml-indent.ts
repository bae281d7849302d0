import { indentOf, isWritten, type Mark, marksIn } from "./yaml-marks.ts";
import type { LineSlip } from "./yaml-slips.ts";

/** Whether a line (from 0) is aligned with nothing above it; which of them it belongs to is not known here. */
export function indentSlip(lines: readonly string[], at: number): LineSlip | undefined {
  const line = lines[at];
  if (line === undefined) return undefined;
  const own = marksIn(line);
  const [first] = own;
  if (first === undefined) return undefined;
  const bare = bareEntry(lines, at);
  if (first.kind === "field" && bare !== undefined) return bare;
  const above: Mark[] = [];
  for (const text of lines.slice(0, at)) {
    const marks = marksIn(text);
    const [begin] = marks;
    if (begin === undefined) continue;
    while ((above.at(-1)?.column ?? -1) >= begin.column) above.pop();
    above.push(...marks);
  }
  const last = above.at(-1);
  if (last === undefined || above.some((mark) => mark.kind === first.kind && mark.column === first.column))
    return undefined;
  if (first.column > last.column && last.opens) return undefined;
  // A list may be indented as little as the field that it belongs to.
  const isFurtherIn = above.some((mark) => mark.kind === "dash" && mark.column > first.column);
  if (first.kind === "dash" && !isFurtherIn && above.some((mark) => mark.opens && mark.column === first.column))
    return undefined;
  const message = `this line is indented by ${first.column}, where nothing above it begins; align it with the lines that it belongs to.`;
  return { line: at + 1, column: first.column + 1, message };
}

/** `- Cable` with a field below it: the part's name has no field. */
function bareEntry(lines: readonly string[], at: number): LineSlip | undefined {
  const before = lines.slice(0, at).findLastIndex(isWritten);
  const [, blanks = "", text] = /^(\s*)-\s+([\p{L}\d][^:#{}[\]"']*)$/u.exec(lines[before] ?? "") ?? [];
  if (text === undefined || indentOf(lines[at] ?? "").length <= blanks.length) return undefined;
  return { line: before + 1, column: blanks.length + 3, message: `a field is missing: write - name: ${text.trim()}` };
}
