import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { put, root } from "./generated.ts";

/** What of action.yml the tables show. */
interface Manifest {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

const PAGES = ["docs/action.md", "README.md"] as const;

/** Writes the tables of the action's inputs and outputs into the pages that have marks for them. */
export async function writeActionDocs(): Promise<void> {
  const { inputs, outputs }: Manifest = parse(await readFile(join(root, "action.yml"), "utf8"));
  const tables = {
    inputs: table(
      ["input", "what it does", "default"],
      Object.entries(inputs).map(([name, { description, default: value }]) => [
        code(name),
        description,
        value === undefined || value === "" ? "" : code(value),
      ]),
    ),
    outputs: table(
      ["output", "what it is"],
      Object.entries(outputs).map(([name, { description }]) => [code(name), description]),
    ),
  };
  for (const page of PAGES) {
    const text = await readFile(join(root, page), "utf8");
    const withTables = Object.entries(tables).reduce((now, [name, rows]) => between(now, { name, rows }), text);
    if (page === "docs/action.md" && withTables.match(MARK)?.length !== 2) throw new Error(`${page} lacks its marks`);
    await put(page, withTables);
  }
}

const MARK = /<!-- (?:inputs|outputs) of action\.yml: npm run generate -->/g;

function between(page: string, { name, rows }: { readonly name: string; readonly rows: string }): string {
  const marks = new RegExp(`(<!-- ${name} of action\\.yml: npm run generate -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
  return page.replace(marks, (_all, start: string, end: string) => `${start}\n${rows}\n\n${end}`);
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [titles, titles.map(() => "---"), ...rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")))];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}
