import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { renderOverview, renderReports } from "../app/run-text.ts";
import { painter } from "../core/view/terminal.ts";
import type { Morning } from "../demo/demo.ts";
import { silentLog } from "../system/log.ts";
import type { CommandContext } from "./commands.ts";
import { CommandError } from "./exit.ts";
import type { Io } from "./io.ts";
import { sessionOf } from "./session.ts";

/** `partwatch demo`: a week of the real thing, over a sample product. */
export function addDemo(program: Command, { io }: CommandContext): void {
  program
    .command("demo")
    .summary("live through a week with a sample product; nothing to configure")
    .description(
      "Starts an embedded InvenTree with a sample product and a mail sink, makes a temporary Git repository, and runs the real thing over five mornings. Nothing leaves this machine.",
    )
    .option("-o, --out <folder>", "an empty folder for repository and mails (default: a temporary one)")
    .addHelpText("after", "\nExample:\n  $ partwatch demo\n")
    .action(async (options: { readonly out?: string }, command: Command) => {
      const session = sessionOf({ command, io, level: "error" });
      // What went wrong stands in the tables; the log is for those who ask for it.
      const log = command.optsWithGlobals().logLevel === undefined ? silentLog : session.log;
      const folder = await emptyFolder(options.out, io);
      // Server, sample and sink are loaded only where somebody wants to see them.
      const { demo } = await import("../demo/demo.ts");
      const result = await demo({
        folder,
        lists: join(installation(), "monitors"),
        log,
        clock: session.clock,
        onMorning: (morning) => io.out(renderMorning(morning, io)),
      });
      const paint = painter(io.color);
      io.out(`${paint("What is remembered: git log of the state branch", "title")}\n${result.history}\n\n`);
      io.out(
        `${paint("Where it all is", "title")}\n  mails (.eml, .html)  ${result.mailFolder}\n  repository           ${result.repository}\n`,
      );
    });
}

function renderMorning({ title, events, result, mails }: Morning, io: Io): string {
  const paint = painter(io.color);
  const rule = "=".repeat(Math.min(io.columns, 80));
  const told = result.outcomes.some((outcome) => outcome.kind === "checked" && outcome.tellings.deliveries.length > 0);
  const reports = told ? renderReports(result, { ...io, rows: 12 }) : [];
  const sent =
    mails.length === 0
      ? ["No mail."]
      : mails.map(
          ({ parsed, to, files }) => `Mail: ${parsed.subject ?? ""}\n  to ${to.join(", ")}\n  ${files[0] ?? ""}`,
        );
  return `${[rule, paint(title, "title"), ...events, "", ...reports, renderOverview(result, io), ...sent].join("\n")}\n\n`;
}

async function emptyFolder(wanted: string | undefined, io: Io): Promise<string> {
  if (wanted === undefined) return await mkdtemp(join(tmpdir(), "partwatch-demo-"));
  const folder = resolve(io.cwd, wanted);
  await mkdir(folder, { recursive: true });
  const present = await readdir(folder);
  if (present.length > 0) throw new CommandError(`${wanted} is not empty; name an empty folder, or leave out --out.`);
  return folder;
}

/** Where Partwatch itself is: the folder above this file that has the example lists. */
function installation(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "action.yml"))) {
    const above = dirname(folder);
    if (above === folder)
      throw new CommandError("The example lists are not there: the demo needs a whole checkout of Partwatch.");
    folder = above;
  }
  return folder;
}
