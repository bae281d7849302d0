import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { put, root } from "./generated.ts";
import { type Lookup, referenceTable, type Schema } from "./schema-docs.ts";

const PAGES = [
  { schema: "monitor", page: "docs/monitors.md" },
  { schema: "config", page: "docs/configuration.md" },
] as const;

/** Writes the reference table of each schema into its page of the docs, between two marks. */
export async function writeReferences(): Promise<void> {
  const [monitor, config] = await Promise.all([schemaOf("monitor"), schemaOf("config")]);
  for (const { schema, page } of PAGES) {
    const own = schema === "monitor" ? monitor : config;
    const text = await readFile(join(root, page), "utf8");
    await put(page, between(text, referenceTable(own, lookupIn(own, monitor))));
  }
}

async function schemaOf(name: string): Promise<Schema> {
  return JSON.parse(await readFile(join(root, "schemas", `${name}.schema.json`), "utf8"));
}

/** `#/$defs/x` of the schema itself, or of the monitor's. */
function lookupIn(own: Schema, monitor: Schema): Lookup {
  return (ref) => {
    const [file = "", definition = ""] = ref.split("#/$defs/");
    const found = (file === "" ? own : monitor).$defs?.[definition];
    if (found === undefined) throw new Error(`${ref} names nothing`);
    if (file === "" || found.properties === undefined) return found;
    // In partwatch.yaml the monitor's sections are explained once, with the monitor.
    const { properties: _explained, ...rest } = found;
    return {
      ...rest,
      description: `${found.description ?? ""} Its fields are those of a [monitor](monitors.md#reference).`,
    };
  };
}

/** The page with the table between its two marks. */
export function between(page: string, table: string): string {
  const [start, end] = ["<!-- reference: npm run generate -->", "<!-- /reference -->"];
  const [before, rest] = page.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`A page lacks the marks ${start} and ${end}`);
  return `${before}${start}\n\n${table}\n\n${end}${after}`;
}
