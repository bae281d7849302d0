/** Something at the beginning of a line with which another line may be aligned. */
export interface Mark {
  readonly kind: "dash" | "field";
  /** From 0. */
  readonly column: number;
  readonly name: string;
  /** Whether something may be nested below it, further in. */
  readonly opens: boolean;
}

/** Dashes, and the field at the beginning of a line. */
export function marksIn(text: string): Mark[] {
  const [, blanks, dashes = "", rest = ""] = /^( *)((?:- +|-$)*)(.*)$/.exec(text) ?? [];
  if (blanks === undefined || rest.startsWith("#") || (dashes === "" && rest === "")) return [];
  const marks: Mark[] = [...dashes.matchAll(/-/g)].map(({ index }) => ({
    kind: "dash",
    column: blanks.length + index,
    name: "-",
    opens: rest === "",
  }));
  const [, name, value] = /^("[^"]*"|'[^']*'|[^\s:#"'{[][^:]*):(?:\s+(.*))?$/.exec(rest) ?? [];
  if (name === undefined) return marks;
  const opens = value === undefined || /^(?:#.*|[|>][-+\d]*\s*)?$/.test(value);
  return [...marks, { kind: "field", column: blanks.length + dashes.length, name, opens }];
}

/** A line's indentation, including tabs. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/** Neither empty nor only a comment. */
export function isWritten(line: string | undefined): boolean {
  return line !== undefined && !/^\s*(?:#.*)?$/.test(line);
}
