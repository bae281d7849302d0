/** Something that a line begins with and that another line may be aligned with. */
export interface Mark {
  readonly kind: "dash" | "field";
  /** From 0. */
  readonly column: number;
  readonly name: string;
  /** Whether something may stand below it, further in. */
  readonly opens: boolean;
}

/** Dashes and the field that a line begins with. */
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

/** What a line is indented by, tabs among it. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/** Neither empty nor a remark alone. */
export function isWritten(line: string | undefined): boolean {
  return line !== undefined && !/^\s*(?:#.*)?$/.test(line);
}
