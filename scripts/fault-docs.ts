// The tables of docs/reliability.md that say what each fault leads to: made from what test/faults/ holds every run to.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { put, root } from "./generated.ts";

interface Row {
  readonly fault: string;
  readonly class: string;
  readonly message: string;
  readonly exit: number;
  readonly state: string;
  readonly people: number;
  readonly admins: number;
  readonly waits: number;
}

const PAGE = "docs/reliability.md";
const TABLES = join(root, "test/faults/tables");
const BEGIN = "<!-- faults: made by npm run generate from test/faults/tables -->";
const END = "<!-- /faults -->";

const TITLES: Readonly<Record<string, string>> = {
  inventree: "InvenTree",
  smtp: "The mail server",
  oauth: "The server of tokens for mail (OAuth2)",
  webhooks: "A webhook's server",
  github: "GitHub",
  gitea: "Gitea",
  disk: "The disk, git, and this machine",
};

/** Writes the tables between their marks. */
export async function writeFaultTables(): Promise<void> {
  const names = (await readdir(TABLES)).map((name) => name.replace(/\.json$/, ""));
  const known = Object.keys(TITLES).filter((name) => names.includes(name));
  const sections: string[] = [];
  let all = 0;
  for (const name of known) {
    const rows: readonly Row[] = JSON.parse(await readFile(join(TABLES, `${name}.json`), "utf8"));
    all += rows.length;
    sections.push(sectionOf(TITLES[name] ?? name, rows));
  }
  const text = await readFile(join(root, PAGE), "utf8");
  const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`${PAGE} has no place for the faults.`);
  const tables = `${BEGIN}\n\n${all} faults:\n\n${sections.join("\n\n")}\n\n`;
  await put(PAGE, text.slice(0, before) + tables + text.slice(after));
}

function sectionOf(title: string, rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const cells = [
      cell(row.fault),
      row.class === "none" ? "overcome" : row.class,
      row.message === "" ? "" : cell(row.message),
      String(row.exit),
      row.state,
      `${row.people} / ${row.admins}`,
      row.waits === 0 ? "" : `${row.waits} s`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    `<details><summary>${title}: ${rows.length}</summary>`,
    "",
    "| fault | class | what people read | exit | state | messages / notices | waits |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
    "",
    "</details>",
  ].join("\n");
}

/** Words of servers as words: in code, cut where they are long. */
function cell(text: string): string {
  const plain = text.replaceAll("\u001b", "").replace(/\s+/g, " ");
  const short = plain.length > 220 ? `${plain.slice(0, 219)}…` : plain;
  return `\`\` ${short.replaceAll("``", "` `").replaceAll("|", "\\|")} \`\``;
}
