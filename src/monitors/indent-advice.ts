import { isError, type Problem } from "../core/problem.ts";
import { printable } from "../core/text/printable.ts";
import type { ParsedYaml } from "./yaml.ts";
import { indentOf, isWritten, type Mark, marksIn } from "./yaml-marks.ts";

/** The result of reading a text. */
export interface ReadResult {
  readonly parsed: ParsedYaml;
  readonly problems: readonly Problem[];
}

interface Read {
  readonly file: string;
  readonly text: string;
  readonly judged: ReadResult;
  readonly judge: (text: string) => ReadResult;
}

/** Lines to move, from 0. */
interface Move {
  readonly from: number;
  readonly to: number;
  /** The column of the first of them after the move. */
  readonly column: number;
  readonly lines: readonly string[];
}

/** At most so many characters are read to find the wrongly indented line: longer is not worth it. */
const MOST_LETTERS = 400_000;
const MOST_TRIES = 500;
/** So many more once there is one that helps. */
const MORE_TRIES = 60;
const MOST_ADVICE = 3;
/** So many lines are moved together with one, or all that are indented as far. */
const MOST_ENDS = 8;
/** So many problems are examined. */
const MOST_ERRORS = 4;
/** So many lines before and after the one at which the parser failed. */
const BEFORE = 6;
const BEHIND = 2;

/**
 * The problems of a text; if a wrongly indented line explains them, that line and where it belongs instead. A
 * line is named only if moving it was tried and makes the file right there.
 */
export function withIndentAdvice(read: Read): readonly Problem[] {
  const { file, text, judged, judge } = read;
  const [first] = judged.problems;
  if (judged.parsed.mayBeIndent !== false) return advised(read).problems;
  // Another mistake explains why this is not YAML: indentation is examined without its line.
  if (judged.problems.length < 2 || first?.line === undefined) return judged.problems;
  const lines = linesOf(text);
  lines[first.line - 1] = "";
  const without = lines.join("\n");
  const { advice } = advised({ file, text: without, judged: judge(without), judge });
  const named = new Set(advice.map(({ line }) => line));
  return [...judged.problems.filter(({ line }) => !named.has(line)), ...advice];
}

function advised({ file, text, judged, judge }: Read): {
  readonly advice: readonly Problem[];
  readonly problems: readonly Problem[];
} {
  const advice: Problem[] = [];
  let current = judged;
  let lines: readonly string[] = linesOf(text);
  let left = MOST_LETTERS;
  while (advice.length < MOST_ADVICE && current.problems.some(isError) && current.parsed.mayBeIndent !== false) {
    const allowed = Math.min(MOST_TRIES, Math.floor(left / (text.length + 1)));
    const found = findMove({ lines, current, judge, allowed });
    left -= found.tried * (text.length + 1);
    if (found.move === undefined) break;
    advice.push({ file, ...adviceFor(lines, found.move) });
    lines = found.move.lines;
    current = found.judged;
  }
  const named = new Set(advice.map(({ line }) => line));
  const others = current.problems.filter(({ line }) => !named.has(line));
  return { advice, problems: advice.length === 0 ? judged.problems : [...advice, ...others] };
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

interface Search {
  readonly lines: readonly string[];
  readonly current: ReadResult;
  readonly judge: (text: string) => ReadResult;
  /** So many texts may be read. */
  readonly allowed: number;
}

type Found = ({ readonly tried: number } & Trial) | { readonly tried: number; readonly move?: undefined };

/** The move that leaves the fewest problems; one after which the text is still not YAML further down, only if there is no other. */
function findMove({ lines, current, judge, allowed }: Search): Found {
  const errors = current.problems.filter(isError);
  let tried = 0;
  let most = allowed;
  let best: Trial | undefined;
  const partial: Trial[] = [];
  for (const move of movesNear(lines, suspects(lines, current))) {
    if (tried >= most) break;
    tried += 1;
    const judged = judge(move.lines.join("\n"));
    if (isCure({ move, judged }, { was: current, errors })) {
      if (best === undefined || errorsIn(judged) < errorsIn(best.judged)) best = { move, judged };
      if (errorsIn(judged) === 0) break;
      most = Math.min(most, tried + MORE_TRIES);
    }
    if (!isYaml(current) && !isYaml(judged) && isLater(judged, errors, move)) partial.push({ move, judged });
  }
  if (best !== undefined) return { tried, ...best };
  let looked = 0;
  for (const { move, judged } of partial) {
    // What comes before the next problem is judged separately.
    const end = sectionStart(move.lines, firstLine(judged.problems.filter(isError)) - 1);
    if (end <= move.to || looked >= allowed) continue;
    looked += 1;
    const above = judge(move.lines.slice(0, end).join("\n"));
    const known = { ...above, problems: above.problems.filter(({ line }) => line !== 1) };
    if (isCure({ move, judged: known }, { was: current, errors })) return { tried, move, judged };
  }
  return { tried };
}

function errorsIn({ problems }: ReadResult): number {
  return problems.filter(isError).length;
}

function isYaml({ parsed }: ReadResult): boolean {
  return parsed.document !== undefined;
}

function isLater(judged: ReadResult, before: readonly Problem[], move: Move): boolean {
  const first = firstLine(judged.problems.filter(isError));
  return first > firstLine(before) && first > move.to + 1;
}

function firstLine(problems: readonly Problem[]): number {
  return Math.min(...problems.map(({ line }) => line ?? Number.POSITIVE_INFINITY));
}

/** Where the section of a line (from 0) begins. */
function sectionStart(lines: readonly string[], at: number): number {
  return lines.findLastIndex((line, index) => index <= at && /^[^\s#-]/.test(line));
}

/** A move, and the problems of the text after it. */
interface Trial {
  readonly move: Move;
  readonly judged: ReadResult;
}

/** Whether the moved lines, and what they belong to, have no more problems. */
function isCure(
  { move, judged }: Trial,
  { was, errors: before }: { readonly was: ReadResult; readonly errors: readonly Problem[] },
): boolean {
  const { document } = judged.parsed;
  if (document === undefined) return false;
  const errors = judged.problems.filter(isError);
  if (isYaml(was) && errors.length >= before.length) return false;
  const marks = marksIn(move.lines[move.from] ?? "");
  if (marks.length > 0 && !marks.some(({ opens }) => opens) && !document.beginsIn(move.from + 1)) return false;
  const owner = ownerOf(move);
  return !errors.some(({ line = 0 }) => line === owner + 1 || (line > move.from && line <= move.to + 1));
}

/** The line that the moved one belongs to: its entry's or its field's; the first one at the outermost level. */
function ownerOf({ lines, from, column }: Move): number {
  for (let at = from - 1; at >= 0; at -= 1) {
    const [first] = isWritten(lines[at]) ? marksIn(lines[at] ?? "") : [];
    if (first !== undefined && (first.column < column || (first.column === column && first.opens && column > 0)))
      return at;
  }
  return 0;
}

/**
 * The lines that may be indented wrongly, the most likely first: those of problems, those that contain what is missing
 * elsewhere, and those around where the parser failed.
 */
function suspects(lines: readonly string[], judged: ReadResult): readonly number[] {
  const written = lines.flatMap((line, index) => (isWritten(line) ? [index] : []));
  const errors = judged.problems.filter(isError).slice(0, isYaml(judged) ? MOST_ERRORS : 1);
  const names = new Set(errors.map(({ path }) => path?.split(/[.\]]/).at(-1)));
  const holding = written.filter((at) => marksIn((lines[at] ?? "").trimStart()).some(({ name }) => names.has(name)));
  const near = errors.flatMap(({ line = 1 }) => {
    const place = written.findIndex((index) => index >= line - 1);
    if (place < 0) return written.slice(-BEFORE).toReversed();
    const around = written.slice(Math.max(0, place - BEFORE), place + BEHIND + 1);
    return around.toSorted((a, b) => Math.abs(a - (written[place] ?? 0)) - Math.abs(b - (written[place] ?? 0)));
  });
  return [...new Set([...holding.slice(0, MOST_ERRORS), ...near])];
}

/** The most likely come first; each is made only when it is its turn. */
function* movesNear(lines: readonly string[], at: readonly number[]): Generator<Move> {
  yield* tabMoves(lines);
  const marks = lines.flatMap((line) => (isWritten(line) ? marksIn(line) : []));
  const aligned = new Set(marks.map(({ kind, column }) => `${kind} ${column}`));
  const columns = columnsOf(marks);
  const moves = at.flatMap((from, rank) => {
    const own = indentOf(lines[from] ?? "");
    const [first] = marksIn((lines[from] ?? "").trimStart());
    return endsOf(lines, from).flatMap((to) =>
      columns.flatMap((column) => {
        if (own === " ".repeat(column)) return [];
        const cost = (to - from) * 100 + rank * 10 + Math.abs(column - own.length);
        return [{ from, to, column, cost: cost + (aligned.has(`${first?.kind} ${column}`) ? 0 : 50) }];
      }),
    );
  });
  for (const move of moves.toSorted((one, other) => one.cost - other.cost)) yield moved(lines, move);
}

/** Columns where lines begin and may begin: below a field without a value on its line, also further in. */
function columnsOf(marks: readonly Mark[]): readonly number[] {
  const begins = marks.flatMap(({ kind, column, opens }) =>
    opens || kind === "dash" ? [column, column + 2] : [column],
  );
  return [...new Set([0, ...begins])].sort((a, b) => a - b).slice(0, 12);
}

/** The last line of each range to move: the line alone, some lines with it that are indented as far, all of them. */
function endsOf(lines: readonly string[], from: number): readonly number[] {
  const own = indentOf(lines[from] ?? "").length;
  const later = lines.findIndex((line, at) => at > from && isWritten(line) && indentOf(line).length < own);
  const together = lines
    .slice(0, later < 0 ? lines.length : later)
    .flatMap((line, at) => (at > from && isWritten(line) ? [at] : []));
  return [from, ...together.slice(0, MOST_ENDS), ...together.slice(MOST_ENDS).slice(-1)];
}

function moved(lines: readonly string[], { from, to, column }: Omit<Move, "lines">): Move {
  const shift = column - indentOf(lines[from] ?? "").length;
  const shifted = lines.map((line, at) => {
    if (at < from || at > to || line.trim() === "") return line;
    const indent = at === from ? column : Math.max(0, indentOf(line).length + shift);
    return " ".repeat(indent) + line.trimStart();
  });
  return { from, to, column, lines: shifted };
}

/** Tabs that indent several lines, as so many blanks each. */
function tabMoves(lines: readonly string[]): readonly Move[] {
  const tabbed = lines.flatMap((line, index) => (isWritten(line) && indentOf(line).includes("\t") ? [index] : []));
  const [from] = tabbed;
  const to = tabbed.at(-1);
  if (from === undefined || to === undefined || from === to) return [];
  return [2, 4, 8].map((width) => {
    const spaced = lines.map(
      (line) => indentOf(line).replaceAll("\t", " ".repeat(width)) + line.slice(indentOf(line).length),
    );
    return { from, to, column: width, lines: spaced };
  });
}

function adviceFor(lines: readonly string[], move: Move): Omit<Problem, "file"> {
  const line = lines[move.from] ?? "";
  const own = indentOf(line);
  const place = { line: move.from + 1, column: own.length + 1 };
  const isTabbed = own.includes("\t");
  const more = lines.slice(move.from + 1, move.to + 1).filter(isWritten);
  if (isTabbed && more.some((one) => indentOf(one).includes("\t")))
    return {
      ...place,
      message: `tabs indent these lines, where YAML wants blanks: write ${move.column} blanks for each tab.`,
    };
  const what = isTabbed ? "a tab indents this line" : `this line is indented by ${own.length}`;
  const target = aligned(lines, move);
  const where = target === undefined ? `indent it by ${move.column}` : `align it with ${target} (${move.column})`;
  const along =
    more.length === 0 ? "" : `, and move the ${more.length === 1 ? "line" : `${more.length} lines`} below it along`;
  return { ...place, message: `${what}, ${where}${along}.` };
}

/** The line that the moved one would be aligned with; undefined if there is none. */
function aligned(lines: readonly string[], { from, to, column, lines: after }: Move): string | undefined {
  const [own] = marksIn(after[from] ?? "");
  const nearest = (all: readonly string[]) =>
    all.flatMap((line) => (isWritten(line) ? marksIn(line) : [])).filter((mark) => mark.column === column);
  const same = (marks: readonly Mark[]) => marks.find(({ kind }) => kind === own?.kind);
  const above = nearest(lines.slice(0, from).toReversed());
  const below = nearest(lines.slice(to + 1));
  const mark = same(above) ?? same(below) ?? above[0];
  if (mark === undefined) return undefined;
  const where = above.includes(mark) ? "above" : "below";
  return `${mark.kind === "dash" ? "the dash" : `"${printable(mark.name, 60)}"`} ${where}`;
}
