// Compiles the mails' MJML into the HTML (with Mustache sections) that a run fills in, so that MJML itself is in no bundle.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import mjml2html from "mjml";
import { put, root } from "./generated.ts";

/** Writes one module per template. Throws with MJML's own words where a template is wrong. */
export async function compileMails(): Promise<void> {
  const templates = join(root, "src/notify/email/templates");
  const style = (await readFile(join(templates, "style.css"), "utf8"))
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s*\n\s*/g, "\n")
    .trim();
  for (const name of ["report", "shared", "admin"]) {
    const source = await readFile(join(templates, `${name}.mjml`), "utf8");
    const { html, errors } = await mjml2html(
      source.replace("{{{style}}}", () => style),
      {
        validationLevel: "strict",
        keepComments: true,
        // No mail fetches a font: that would notify a stranger who reads it.
        fonts: {},
      },
    );
    if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join("\n"));
    await put(`src/notify/email/generated/${name}.ts`, moduleOf(name, withLandmark(compact(html))));
  }
}

/** All of a mail is its main part: a reader jumps there, and MJML's own role is no landmark. */
function withLandmark(html: string): string {
  const role = 'aria-roledescription="email" role="article"';
  if (html.split(role).length !== 2) throw new Error("MJML writes the role of a mail in another way");
  return html.replace(role, 'role="main"');
}

function moduleOf(name: string, html: string): string {
  const banner = `// Generated from src/notify/email/templates/${name}.mjml by npm run generate.`;
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
