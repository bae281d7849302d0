// Compiles the mails' MJML into the HTML (with Mustache sections) that a run fills in, so that MJML itself is in no bundle.
// `--check` fails where a compiled template is stale.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import mjml2html from "mjml";

const root = join(import.meta.dirname, "..");
const templates = join(root, "src/notify/email/templates");
const generated = join(root, "src/notify/email/generated");
const style = (await readFile(join(templates, "style.css"), "utf8"))
  .replace(/\/\*[\s\S]*?\*\//g, "")
  .replace(/\s*\n\s*/g, "\n")
  .trim();
const stale: string[] = [];

for (const name of ["report", "admin"]) {
  const source = await readFile(join(templates, `${name}.mjml`), "utf8");
  const { html, errors } = await mjml2html(
    source.replace("{{{style}}}", () => style),
    {
      validationLevel: "strict",
      keepComments: true,
      // No mail fetches a font: that would tell a stranger who reads it.
      fonts: {},
    },
  );
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join("\n"));
  await put(join(generated, `${name}.ts`), moduleOf(name, compact(html)));
}

if (stale.length > 0) {
  console.error(`Stale: ${stale.join(", ")}. Run: node bin/node24.cjs scripts/compile-mail.ts`);
  process.exit(1);
}

function moduleOf(name: string, html: string): string {
  const banner = `// Generated from src/notify/email/templates/${name}.mjml by scripts/compile-mail.ts.`;
  const lines = html.split("\n").map((line) => `  ${JSON.stringify(line)},`);
  return `${banner}\nexport const ${name}Template: string = [\n${lines.join("\n")}\n].join("\\n");\n`;
}

/** No indentation, no empty lines: mails are clipped by their size. */
function compact(html: string): string {
  return html
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}

async function put(file: string, text: string): Promise<void> {
  const old = await readFile(file, "utf8").catch(() => undefined);
  if (old === text) return;
  if (process.argv.includes("--check")) {
    stale.push(relative(root, file));
    return;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  console.log(`wrote ${relative(root, file)}`);
}
