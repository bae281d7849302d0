import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import type { DemoPlace, Morning } from "../../../demo/demo.ts";
import { renderOverview, renderReports } from "../../app/run/text.ts";
import type { Log } from "../../core/ports.ts";
import { painter } from "../../core/view/terminal.ts";
import { silentLog } from "../../system/log.ts";
import { endOnSignal } from "../../system/signals.ts";
import { CommandError } from "../exit.ts";
import type { Io } from "../io.ts";
import { type CommandContext, sessionOf } from "../session.ts";
import type { Terminal } from "../terminal.ts";

/** `partwatch demo`: a week of real runs with a sample product. */
export function addDemo(command: Command, { io }: CommandContext): void {
  command
    .description(
      "Starts an embedded InvenTree with a sample product and a mail sink, makes a temporary Git repository, and runs the real thing over five mornings. Nothing leaves this machine.",
    )
    .option("-o, --out <folder>", "an empty folder for repository and mails (default: a temporary one)")
    .option("--ui", "afterwards, leave the local UI open on the demo's data until Ctrl-C")
    .addHelpText("after", "\nExample:\n  $ partwatch demo --ui\n")
    .action(async (options: { readonly out?: string; readonly ui?: true }, command: Command) => {
      const session = sessionOf({ command, io, level: "error" });
      // Failures are in the tables; the log is for those who ask for it.
      const log = command.optsWithGlobals().logLevel === undefined ? silentLog : session.log;
      const folder = await emptyFolder(options.out, io);
      // Server, sample and sink are loaded only if the demo runs.
      const { demo } = await import("../../../demo/demo.ts");
      await demo({
        folder,
        lists: join(installation(), "monitors"),
        log,
        clock: session.clock,
        onMorning: (morning) => io.out(renderMorning(morning, io)),
        afterwards: async (place) => {
          io.out(renderPlace(place, io));
          if (options.ui) await stay(place, { io, log });
        },
      });
    });
}

function renderPlace({ history, mailFolder, repository }: DemoPlace, io: Io): string {
  const paint = painter(io.color);
  return `${paint("What was recorded: git log of the state branch", "title")}\n${history}\n\n${paint("Where it all is", "title")}\n  mails (.eml, .html)  ${mailFolder}\n  repository           ${repository}\n`;
}

/** The local UI for the demo's repository, with its servers still running. */
async function stay(
  { repository, env, now }: DemoPlace,
  { io, log }: { readonly io: Terminal; readonly log: Log },
): Promise<void> {
  const [{ serveUi }, { startUi }] = await Promise.all([import("./ui.ts"), import("../../web/start.ts")]);
  const wiring = { root: repository, env, log, clock: io.clock };
  const start = () => startUi({ wiring, port: 0, now: () => now });
  await serveUi({ io, ending: endOnSignal(), open: false, start });
}

function renderMorning({ title, events, result, mails }: Morning, io: Io): string {
  const paint = painter(io.color);
  const rule = "=".repeat(Math.min(io.columns, 80));
  const delivered = result.outcomes.some(
    (outcome) => outcome.kind === "checked" && outcome.notifications.deliveries.length > 0,
  );
  const reports = delivered ? renderReports(result, { ...io, rows: 12 }) : [];
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

/** The folder of Partwatch itself, with the example lists. */
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
