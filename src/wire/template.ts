// A custom template: read, compiled, and its problems. The part of the wiring that loads MJML, if needed.
import { isAbsolute, join } from "node:path";
import type { Config } from "../core/settings/config.ts";
import { printable } from "../core/text/printable.ts";
import { readTextFile } from "../monitors/file.ts";
import type { OwnTemplate } from "../notify/email/own-template.ts";

/** Without `html` the built-in one is used. Never throws because of what is on the disk. */
export async function readTemplate(root: string, { mail }: Pick<Config, "mail">): Promise<OwnTemplate> {
  if (mail.template === null) return { problems: [] };
  const file = printable(mail.template);
  const wrong = (message: string): OwnTemplate => ({ problems: [{ file, line: 1, message }] });
  if (isAbsolute(mail.template) || mail.template.split(/[\\/]/).includes(".."))
    return wrong("is outside of the repository; mail.template in partwatch.yaml names a file in it.");
  const read = await readTextFile({ path: join(root, mail.template), file, within: root });
  if (read.kind === "absent") return wrong("does not exist; mail.template in partwatch.yaml names it.");
  if (read.kind === "unusable") return { problems: [read.problem] };
  const { compileTemplate } = await import("../notify/email/own-template.ts");
  return compileTemplate({ file, text: read.text });
}
