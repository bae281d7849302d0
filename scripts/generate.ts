// Writes what is derived from a single source. `--check` fails where something is stale.
import { compileMails } from "./compile-mail.ts";
import { failIfStale } from "./generated.ts";
import { writeTypes } from "./types.ts";

await writeTypes();
await compileMails();
failIfStale();

async function schemaOf(file: string): Promise<Schema> {
  return JSON.parse(await readFile(join(root, "schemas", file), "utf8"));
}

/** `#/$defs/x` of the schema itself, or of the monitor's. */
async function lookupFor(name: string): Promise<Lookup> {
  const [own, monitor] = await Promise.all([schemaOf(`${name}.schema.json`), schemaOf("monitor.schema.json")]);
  return (ref) => {
    const [file = "", definition = ""] = ref.split("#/$defs/");
    const found = (file === "" ? own : monitor).$defs?.[definition];
    if (found === undefined) throw new Error(`${name}.schema.json: ${ref} names nothing`);
    // In partwatch.yaml the monitor's sections are explained once, with the monitor.
    if (file === "" || found.properties === undefined) return found;
    const { properties: _explained, ...rest } = found;
    return {
      ...rest,
      description: `${found.description ?? ""} The fields are those of a [monitor](monitors.md#reference).`,
    };
  };
}

/** The page with the table between its two marks. */
function between(page: string, table: string): string {
  const [start, end] = ["<!-- reference: npm run generate -->", "<!-- /reference -->"];
  const [before, rest] = page.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`A page lacks the marks ${start} and ${end}`);
  return `${before}${start}\n\n${table}\n\n${end}${after}`;
}
