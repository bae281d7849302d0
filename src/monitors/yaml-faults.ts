import type { ErrorCode, YAMLError } from "yaml";
import type { Problem } from "../core/problem.ts";
import { printable } from "../core/text/printable.ts";
import { bracketSlip } from "./yaml-brackets.ts";
import { indentSlip } from "./yaml-indent.ts";
import { isWritten } from "./yaml-marks.ts";
import { type LineSlip, lineSlip } from "./yaml-slips.ts";

export const STAR = 'a value that starts with * must be in quotes, as in cron_schedule: "*/15 8-17 * * *".';
export const DEEP = "values are nested too deep; a list needs three levels.";

interface Faults {
  readonly file: string;
  readonly text: string;
  readonly faults: readonly YAMLError[];
  readonly place: (offset: number) => SourcePosition;
}

/**
 * The parser's errors as the mistake that a person most likely made, with the fix. One mistake makes the parser report
 * everything after it: after the first, only lines with a recognized mistake of their own are named.
 */
export function faultProblems({ file, text, faults, place }: Faults): FoundFaults {
  const lines = text.split(/\r\n|\r|\n/);
  const isJson = /\.json$/i.test(file);
  const found: Problem[] = [];
  let mayBeIndent = false;
  for (const fault of faults) {
    const at = place(fault.code === "DUPLICATE_KEY" ? begin(fault, text) : fault.pos[0]);
    const clear = isJson ? undefined : clearMessage(fault, text);
    const slip = isJson ? undefined : slipNear({ lines, at, fault });
    const problem: Problem =
      clear !== undefined
        ? { file, ...at, message: clear }
        : slip !== undefined
          ? { file, line: slip.line, column: slip.column, message: slip.message }
          : { file, ...at, message: isJson ? JSON_FAULT : plainFault(lines[at.line - 1] ?? "") };
    if (found.length === 0) mayBeIndent = !isJson && (clear === undefined ? slip?.isSure !== true : isOfIndent(fault));
    const isOwn = found.length === 0 || slip !== undefined || clear !== undefined;
    if (isOwn && !found.some(({ line }) => line === problem.line)) found.push(problem);
  }
  return { problems: found, mayBeIndent };
}

export interface FoundFaults {
  readonly problems: readonly Problem[];
  /** Whether a wrongly indented line may be the cause of it all. */
  readonly mayBeIndent: boolean;
}

/** A duplicate key may belong to two entries. */
function isOfIndent({ code }: YAMLError): boolean {
  return code === "TAB_AS_INDENT" || code === "DUPLICATE_KEY";
}

const JSON_FAULT =
  "is not valid JSON here; look for a comma, a quote or a bracket that is missing or too many before this place.";

function plainFault(line: string): string {
  const shown = printable(line.trim(), 60);
  return `is not valid YAML${shown === "" ? "" : ` at "${shown}"`}; a line is a field, a colon, a blank and a value, as in name: Sensor board.`;
}

/** Where a key begins: the parser names what comes before it if that ended without a value. */
function begin({ pos }: YAMLError, text: string): number {
  return pos[0] + (/^\s*/.exec(text.slice(pos[0]))?.[0].length ?? 0);
}

/** Parser codes with an unambiguous meaning. */
function clearMessage(fault: YAMLError, text: string): string | undefined {
  const at = text.slice(fault.pos[0], fault.pos[1]);
  const code: ErrorCode = fault.code;
  switch (code) {
    case "DUPLICATE_KEY": {
      const key = /^[^:\r\n]*/.exec(text.slice(begin(fault, text)))?.[0].trim() ?? "";
      return `the key ${printable(key, 60)} appears twice; keep one of them.`;
    }
    case "TAB_AS_INDENT":
      return "a tab indents this line; YAML wants spaces.";
    case "MULTIPLE_DOCS":
      return "a second document begins here (---); a file holds one: make a file of its own of it.";
    case "TAG_RESOLVE_FAILED":
      return `the tag ${printable(at, 60)} means nothing here; leave it out, or put the whole text in quotes.`;
    case "RESOURCE_EXHAUSTION":
      return DEEP;
    case "NON_STRING_KEY":
      return "a key must be a plain name.";
    default:
      return undefined;
  }
}

interface Near {
  readonly lines: readonly string[];
  readonly at: SourcePosition;
  readonly fault: YAMLError;
}

interface NearSlip extends LineSlip {
  /** A mistake in the line explains the parser's error; brackets and indentation are a guess. */
  readonly isSure?: boolean;
}

/** The mistake in the line that the parser names, or in the one before it, which the parser had accepted. */
function slipNear({ lines, at, fault }: Near): NearSlip | undefined {
  const index = at.line - 1;
  // An unclosed quote is found at the end of the file.
  const isQuote = /closing ["']/.test(fault.message);
  const open = isQuote ? lines.findIndex((line, row) => row <= index && lineSlip(line, row + 1) !== undefined) : -1;
  if (open >= 0) return sure(lineSlip(lines[open] ?? "", open + 1));
  const before = lastWritten(lines, index - 1);
  const own = lineSlip(lines[index] ?? "", at.line);
  if (own !== undefined) return sure(own);
  const previous = before === undefined ? undefined : lineSlip(lines[before] ?? "", before + 1);
  if (previous !== undefined) return sure(previous);
  const isBracket = /flow|\bend with a [\]}]/i.test(fault.message);
  const bracket = bracketSlip(lines, index);
  const indent = indentSlip(lines, index) ?? indentSlip(lines, nextWritten(lines, index + 1));
  if (isBracket) return bracket ?? indent;
  if (indent !== undefined) return indent;
  if (bracket !== undefined) return bracket;
  return fault.code === "BAD_ALIAS" ? { line: at.line, column: at.column, message: STAR } : undefined;
}

function sure(slip: LineSlip | undefined): NearSlip | undefined {
  return slip === undefined ? undefined : { ...slip, isSure: true };
}

function lastWritten(lines: readonly string[], from: number): number | undefined {
  const index = lines.slice(0, from + 1).findLastIndex(isWritten);
  return index < 0 ? undefined : index;
}

function nextWritten(lines: readonly string[], from: number): number {
  const index = lines.slice(from).findIndex(isWritten);
  return index < 0 ? lines.length : from + index;
}

/** 1-based. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}
