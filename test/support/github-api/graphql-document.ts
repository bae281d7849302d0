// A reader for the GraphQL documents that Partwatch sends: one operation with variables, fields with arguments and
// aliases, inline fragments. Anything else is an error, as it would be a document that no test has proven.

export interface Operation {
  readonly kind: "query" | "mutation";
  readonly name: string;
  readonly selections: readonly Selection[];
}

export type Selection =
  | {
      readonly kind: "field";
      readonly name: string;
      readonly alias: string;
      readonly args: Readonly<Record<string, unknown>>;
      readonly selections: readonly Selection[];
    }
  | { readonly kind: "fragment"; readonly on: string; readonly selections: readonly Selection[] };

/** Parses a document and puts the variables in. Throws an Error that says where it stopped. */
export function parseOperation(text: string, variables: Readonly<Record<string, unknown>>): Operation {
  const tokens = [...text.matchAll(/\.\.\.|[{}()[\]:!$=]|"(?:[^"\\]|\\.)*"|-?\d+|[A-Za-z_]\w*|[^\s,]/g)].map(
    (m) => m[0],
  );
  const reader = { tokens, at: 0, variables };
  const kind = next(reader);
  if (kind !== "query" && kind !== "mutation") throw new Error(`Expected query or mutation, got ${kind}`);
  const name = next(reader);
  if (peek(reader) === "(") readVariables(reader);
  const selections = readSelections(reader);
  if (reader.at < tokens.length) throw new Error(`Unexpected ${peek(reader)} after the operation ${name}`);
  return { kind, name, selections };
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  readonly variables: Readonly<Record<string, unknown>>;
}

function peek(reader: Reader): string {
  return reader.tokens[reader.at] ?? "the end";
}

function next(reader: Reader): string {
  const token = peek(reader);
  reader.at += 1;
  return token;
}

function expect(reader: Reader, token: string): void {
  const found = next(reader);
  if (found !== token) throw new Error(`Parse error on "${found}" (expected "${token}")`);
}

function readVariables(reader: Reader): void {
  expect(reader, "(");
  while (peek(reader) !== ")") {
    expect(reader, "$");
    const name = next(reader);
    expect(reader, ":");
    const list = peek(reader) === "[";
    if (list) next(reader);
    const type = next(reader);
    if (list) {
      if (peek(reader) === "!") next(reader);
      expect(reader, "]");
    }
    const required = peek(reader) === "!";
    if (required) next(reader);
    const value = reader.variables[name];
    if (required && (value === undefined || value === null)) {
      throw new Error(`Variable $${name} of type ${type}! was provided invalid value`);
    }
  }
  expect(reader, ")");
}

function readSelections(reader: Reader): Selection[] {
  expect(reader, "{");
  const selections: Selection[] = [];
  while (peek(reader) !== "}") selections.push(readSelection(reader));
  expect(reader, "}");
  return selections;
}

function readSelection(reader: Reader): Selection {
  if (peek(reader) === "...") {
    next(reader);
    expect(reader, "on");
    return { kind: "fragment", on: next(reader), selections: readSelections(reader) };
  }
  const first = next(reader);
  if (!/^\w+$/.test(first)) throw new Error(`Parse error on "${first}" (expected a field)`);
  let name = first;
  if (peek(reader) === ":") {
    next(reader);
    name = next(reader);
  }
  const args = peek(reader) === "(" ? readArguments(reader) : {};
  const selections = peek(reader) === "{" ? readSelections(reader) : [];
  return { kind: "field", name, alias: first, args, selections };
}

function readArguments(reader: Reader): Record<string, unknown> {
  expect(reader, "(");
  const args: Record<string, unknown> = {};
  while (peek(reader) !== ")") {
    const name = next(reader);
    expect(reader, ":");
    args[name] = readValue(reader);
  }
  expect(reader, ")");
  return args;
}

function readValue(reader: Reader): unknown {
  const token = next(reader);
  if (token === "$") {
    const name = next(reader);
    return reader.variables[name];
  }
  if (token === "true" || token === "false") return token === "true";
  if (token === "null") return null;
  if (/^(?:-?\d|")/.test(token)) return JSON.parse(token);
  throw new Error(`Parse error on "${token}" (expected a value)`);
}
