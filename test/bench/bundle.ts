import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { markdownTable, verdict } from "./table.ts";

const DIST = join(import.meta.dirname, "../../dist");
const AIM_MB = 1.5;

/** What an entry loads: at once, and later if it is needed. */
interface Loaded {
  readonly atOnce: ReadonlySet<string>;
  readonly later: ReadonlySet<string>;
}

/** Bytes of all files that the action loads for a run that tells nobody. */
export async function bytesWithoutMail(): Promise<number> {
  return bytes(await withoutMail(await loadedBy(["action.cjs", "action.mjs"])));
}

/** How large the bundles are that GitHub runs, and what of them a run loads. */
export async function benchBundles(): Promise<string> {
  const action = await loadedBy(["action.cjs", "action.mjs"]);
  const github = await withoutMail(action);
  // Of templates, only their owners load what compiles them.
  const rendered = await withLater(github, /email-(?!own-template)/);
  const mail = new Set([...(await withLater(rendered, /nodemailer/))].filter((file) => !github.has(file)));
  const cli = await loadedBy(["cli.mjs", "chunks/cli-main.mjs"]);
  const all = new Set([...github, ...mail]);
  const rows: (string | number)[][] = [
    ["action, loaded at once", action.atOnce.size, await kb(action.atOnce)],
    ["action, with GitHub's client: all that a run without mail needs", github.size, await kb(github)],
    ["mail, loaded when somebody is notified", mail.size, await kb(mail)],
    ["command line, loaded at once", cli.atOnce.size, await kb(cli.atOnce)],
  ];
  const withMjml = await filesWith(all, /mjml-core|mj-section/);
  const withMail = await filesWith(github, /nodemailer\.com/);
  return [
    "## Bundles",
    markdownTable(["what", "files", "kB"], rows),
    [
      verdict("the action without mail", { value: (await bytes(github)) / 1e6, aim: AIM_MB, unit: "MB" }),
      `- ${withMjml.length === 0 ? "met" : "**not met**"}: mjml in no default path${listed(withMjml)}`,
      `- ${withMail.length === 0 ? "met" : "**not met**"}: mail is loaded only when something is told${listed(withMail)}`,
    ].join("\n"),
  ].join("\n\n");
}

/** With GitHub's client, which holds the state. */
function withoutMail(action: Loaded): Promise<ReadonlySet<string>> {
  return withLater(action, /octokit/);
}

function listed(files: readonly string[]): string {
  return files.length === 0 ? "" : ` (${files.join(", ")})`;
}

async function loadedBy(entries: readonly string[]): Promise<Loaded> {
  const atOnce = new Set<string>();
  const later = new Set<string>();
  const open = [...entries];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (atOnce.has(file)) continue;
    atOnce.add(file);
    const text = await readFile(join(DIST, file), "utf8");
    const resolved = (match: RegExpExecArray) => join(dirname(file), match[1] ?? "");
    open.push(...[...text.matchAll(/(?:from|import)\s*"(\.[^"]+)"/g)].map(resolved));
    for (const match of text.matchAll(/import\("(\.[^"]+)"\)/g)) later.add(resolved(match));
  }
  return { atOnce, later };
}

/** What is loaded at once, and those of the later ones that bear such a name. */
async function withLater(loaded: Loaded | ReadonlySet<string>, name: RegExp): Promise<ReadonlySet<string>> {
  const atOnce = "atOnce" in loaded ? loaded.atOnce : loaded;
  const { later } = await loadedBy([...atOnce]);
  const more = await loadedBy([...later].filter((file) => name.test(file)));
  return new Set([...atOnce, ...more.atOnce]);
}

async function filesWith(files: ReadonlySet<string>, pattern: RegExp): Promise<readonly string[]> {
  const texts = await Promise.all(
    [...files].map(async (file) => ({ file, text: await readFile(join(DIST, file), "utf8") })),
  );
  return texts.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
}

async function bytes(files: ReadonlySet<string>): Promise<number> {
  const sizes = await Promise.all([...files].map(async (file) => (await readFile(join(DIST, file))).length));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function kb(files: ReadonlySet<string>): Promise<string> {
  return ((await bytes(files)) / 1000).toFixed(0);
}
