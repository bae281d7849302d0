import { mkdir, writeFile } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import type { Command } from "commander";
import { type Preview, preview } from "../app/preview.ts";
import { viewOf } from "../core/view/view.ts";
import { type Wired, wire } from "../wire.ts";
import type { CommandContext } from "./commands.ts";
import { CommandError, refuseBroken } from "./exit.ts";
import { withProgress } from "./progress.ts";
import { renderView } from "./render-view.ts";
import { instantOf, sessionOf } from "./session.ts";

/** `partwatch preview MONITOR`: the mail as files, before anybody gets it. */
export function addPreview(program: Command, { io }: CommandContext): void {
  program
    .command("preview")
    .summary("write the mail that a monitor would send")
    .description(
      "Checks a monitor and writes its mail as HTML, text, CSV and .eml. Nobody is told, nothing is remembered, no mail settings are needed.",
    )
    .argument("<monitor>", "the monitor's id")
    .option("-o, --out <folder>", "where to write", "out/preview")
    .option("--now <instant>", "take this instant (RFC 3339) for dates")
    .option("--json", "print the report as JSON")
    .addHelpText("after", "\nExample:\n  $ partwatch preview sensor-board --out /tmp/preview\n")
    .action(
      async (
        id: string,
        options: { readonly out: string; readonly now?: string; readonly json?: true },
        command: Command,
      ) => {
        const session = sessionOf({ command, io, level: "warning" });
        const now = instantOf(options.now);
        const wired = await wire({ ...session, env: io.env, needs: { inventree: false, mail: "none" } });
        try {
          refuseBroken(wired.configProblems);
          const { monitors, broken } = await wired.deps.readMonitors();
          const monitor = monitors.find((one) => one.id === id);
          if (monitor === undefined)
            throw new CommandError(
              unknownMonitor(
                id,
                monitors.map((one) => one.id),
                broken.length,
              ),
            );
          const result = await withProgress(io, wired.progress, () => preview({ deps: wired.deps, monitor, now }));
          const folder = isAbsolute(options.out) ? options.out : join(io.cwd, options.out);
          const files = await writeMail(result, { folder, rows: wired.config.mail.rows, sender: wired.sender });
          const { report, change, telling } = result;
          if (options.json) io.out(`${JSON.stringify(report, null, 2)}\n`);
          else {
            io.out(
              `${renderView(viewOf({ report, monitor, at: now, change, episode: telling.episode, links: telling.links }), io)}\n${verdict(result)}\n`,
            );
            io.out(files.map((file) => `  ${relative(io.cwd, file)}\n`).join(""));
          }
        } finally {
          await wired.close();
        }
      },
    );
}

function unknownMonitor(id: string, ids: readonly string[], broken: number): string {
  const known = ids.length === 0 ? "There are none here." : `There are: ${ids.join(", ")}.`;
  const hint = broken === 0 ? "" : " Some files cannot be read: see partwatch validate.";
  return `There is no monitor ${id}. ${known}${hint}`;
}

function verdict({ decision, monitor }: Preview): string {
  const whom = monitor.recipients.length === 0 ? "nobody (it has no recipients)" : monitor.recipients.join(", ");
  return decision.tell
    ? `A run would tell ${whom} (${decision.reason}). The mail:`
    : "A run would tell nobody now: nothing has changed. The mail would be:";
}

async function writeMail(
  { telling, monitor }: Preview,
  { folder, rows, sender }: { readonly folder: string; readonly rows: number; readonly sender: Wired["sender"] },
): Promise<readonly string[]> {
  // The mail's parts are loaded only where a mail is made.
  const { renderReportMail } = await import("../notify/email/report-mail.ts");
  const { toEml } = await import("../notify/email/eml.ts");
  const mail = renderReportMail(telling, { rows });
  const eml = await toEml(mail, { from: sender, to: monitor.recipients });
  const contents = { html: mail.html, txt: mail.text, csv: mail.csv, eml } as const;
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new CommandError(`--out ${folder}: no folder can be made there (${error.message}); name another.`);
  });
  const files = Object.entries(contents).map(([ending, content]) => ({
    file: join(folder, `${monitor.id}.${ending}`),
    content,
  }));
  await Promise.all(files.map(({ file, content }) => writeFile(file, content)));
  return files.map(({ file }) => file);
}
