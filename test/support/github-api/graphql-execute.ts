// Answers a parsed GraphQL operation from objects whose fields are functions. A field that an object does not have is a
// BadDocument: the server refuses it with 400, so that no test passes with a field that GitHub does not know.
import type { Operation, Selection } from "./graphql-document.ts";

export interface GraphqlObject {
  readonly type: string;
  readonly fields: Readonly<Record<string, (args: Readonly<Record<string, unknown>>) => unknown>>;
}

/** A document that asks for what this server does not know. */
export class BadDocument extends Error {
  override readonly name = "BadDocument";
}

/** An error that GitHub reports with status 200, beside the data. */
export class GraphqlRefusal extends Error {
  override readonly name = "GraphqlRefusal";
  readonly type: string | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;

  constructor(message: string, details: { type?: string; extensions?: Record<string, unknown> } = {}) {
    super(message);
    this.type = details.type;
    this.extensions = details.extensions;
  }
}

export interface GraphqlAnswer {
  data: Record<string, unknown> | null;
  errors?: unknown[];
}

/** Executes the operation on the root object. Throws BadDocument. */
export async function execute(operation: Operation, root: GraphqlObject): Promise<GraphqlAnswer> {
  const errors: unknown[] = [];
  const data: Record<string, unknown> = {};
  for (const selection of operation.selections) {
    if (selection.kind !== "field") throw new BadDocument("fragments at the root are not known here");
    try {
      data[selection.alias] = await resolve(selection, root);
    } catch (error) {
      if (!(error instanceof GraphqlRefusal)) throw error;
      data[selection.alias] = null;
      errors.push({
        ...(error.type === undefined ? {} : { type: error.type }),
        path: [selection.alias],
        ...(error.extensions === undefined ? {} : { extensions: error.extensions }),
        locations: [{ line: 2, column: 3 }],
        message: error.message,
      });
    }
  }
  return errors.length > 0 ? { data, errors } : { data };
}

async function resolve(field: Extract<Selection, { kind: "field" }>, parent: GraphqlObject): Promise<unknown> {
  if (field.name === "__typename") return parent.type;
  const resolver = parent.fields[field.name];
  if (resolver === undefined) throw new BadDocument(`Field '${field.name}' doesn't exist on type '${parent.type}'`);
  return shape(await resolver(field.args), field);
}

async function shape(value: unknown, field: Extract<Selection, { kind: "field" }>): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => shape(item, field)));
  if (value === null || value === undefined) return null;
  if (!isObject(value)) {
    if (field.selections.length > 0)
      throw new BadDocument(`Selections can't be made on scalars (field '${field.name}')`);
    return value;
  }
  if (field.selections.length === 0) throw new BadDocument(`Field must have selections (field '${field.name}')`);
  return fill(field.selections, value);
}

async function fill(selections: readonly Selection[], object: GraphqlObject): Promise<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  for (const selection of selections) {
    if (selection.kind === "field") result[selection.alias] = await resolve(selection, object);
    else if (selection.on === object.type) Object.assign(result, await fill(selection.selections, object));
  }
  return result;
}

function isObject(value: unknown): value is GraphqlObject {
  return typeof value === "object" && value !== null && "type" in value && "fields" in value;
}
