// The reference table of a schema, for the docs: one row a field, in the schema's own words.

/** The part of JSON Schema that our schemas use. */
export interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

interface Row {
  readonly field: string;
  readonly kind: string;
  readonly fallback: string;
  readonly meaning: string;
}

/** Looks up what a `$ref` names. */
export type Lookup = (ref: string) => Schema;

/** A Markdown table of all fields, nested ones with their path; a field that another document explains is one row. */
export function referenceTable(schema: Schema, lookup: Lookup): string {
  const lines = rowsOf({ schema, path: "", lookup }).map(
    ({ field, kind, fallback, meaning }) => `| \`${field}\` | ${kind} | ${fallback} | ${meaning} |`,
  );
  return ["| field | what | default | meaning |", "| --- | --- | --- | --- |", ...lines].join("\n");
}

interface Level {
  readonly schema: Schema;
  readonly path: string;
  readonly lookup: Lookup;
}

function rowsOf({ schema, path, lookup }: Level): Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, own]) => {
    const field = `${path}${name}`;
    const property = resolved(own, lookup);
    const required = schema.required?.includes(name) === true;
    const meaning = escaped(property.description ?? "");
    const row = { field, kind: kindOf(property, lookup), fallback: fallbackOf(property, required), meaning };
    const items = property.items === undefined ? undefined : resolved(property.items, lookup);
    if (property.properties !== undefined) return [row, ...rowsOf({ schema: property, path: `${field}.`, lookup })];
    if (items?.properties !== undefined) return [row, ...rowsOf({ schema: items, path: `${field}[].`, lookup })];
    return [row];
  });
}

/** What stands beside a `$ref` goes before what it names. */
function resolved(schema: Schema, lookup: Lookup): Schema {
  return schema.$ref === undefined ? schema : { ...lookup(schema.$ref), ...schema };
}

function kindOf(schema: Schema, lookup: Lookup): string {
  const either = schema.anyOf ?? schema.oneOf;
  if (schema.type === undefined && either !== undefined) {
    return either.map((one) => kindOf(resolved(one, lookup), lookup)).join(" or ");
  }
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(", ");
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.type === "array") {
    const items = schema.items === undefined ? "" : kindOf(resolved(schema.items, lookup), lookup);
    return items === "fields" ? "list" : `list: ${items}`;
  }
  return [schema.type ?? "text"]
    .flat()
    .map((type) => named(type, schema))
    .join(" or ");
}

function named(type: string, { minimum, maximum, exclusiveMinimum }: Schema): string {
  if (type === "string") return "text";
  if (type === "object") return "fields";
  if (type === "boolean") return "`true`, `false`";
  const word = type === "integer" ? "whole number" : "number";
  if (exclusiveMinimum !== undefined) return `${word} above ${exclusiveMinimum}`;
  return minimum !== undefined && maximum !== undefined ? `${word}, ${minimum} to ${maximum}` : word;
}

function fallbackOf(schema: Schema, required: boolean): string {
  if (required) return "*required*";
  return schema.default === undefined ? "" : `\`${String(schema.default)}\``;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
