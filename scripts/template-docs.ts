import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { REPORT_FIELDS, type TemplateFields } from "../src/notify/email/report-fields.ts";
import { put, root } from "./generated.ts";
import { between } from "./schema-docs-pages.ts";

const PAGE = "docs/template.md";

/** Writes the names that a template can use into their page. */
export async function writeTemplateNames(): Promise<void> {
  const rows = namesOf(REPORT_FIELDS).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  const table = ["| name | meaning |", "| --- | --- |", ...rows].join("\n");
  await put(PAGE, between(await readFile(join(root, PAGE), "utf8"), table));
}

/** What is inside of `tables` is inside of `sections` already. */
function namesOf(fields: TemplateFields, before = ""): readonly (readonly [name: string, meaning: string])[] {
  return Object.entries(fields).flatMap(([name, { meaning, inside }]) => [
    [`${before}${name}`, meaning] as const,
    ...(inside === undefined || before === "tables." ? [] : namesOf(inside, `${before}${name}.`)),
  ]);
}
