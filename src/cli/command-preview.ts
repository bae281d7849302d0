import { mkdir, writeFile } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import type { Command } from "commander";
import { type Preview, preview } from "../app/preview.ts";
import type { ChannelName } from "../core/telling/channels.ts";
import { renderView } from "../core/view/terminal.ts";
import { viewOf } from "../core/view/view.ts";
import { type Wired, wire } from "../wire.ts";
import { usableMonitor } from "./command-monitor-edit.ts";
import type { CommandContext } from "./commands.ts";
import { CommandError, refuseBroken } from "./exit.ts";
import { withProgress } from "./progress.ts";
import { instantOf, sessionOf } from "./session.ts";

/** `partwatch preview MONITOR`: the mail as files, before anybody gets it. */
export function addPreview(program: Command, { io }: CommandContext): void {
  program
    .command("preview")
    .summary("write the mail that a monitor would send")
    .description(
      "Checks a monitor and writes its mail as HTML, text, CSV and .eml. Nobody is told, nothing is remembered, no mail settings are needed.",
    )
    .argument("<monitor>", "its id, or as much of its beginning as is unique")
    .option("-o, --out <folder>", "where to write", "out/preview")
    .option("--now <instant>", "take this instant (RFC 3339) for dates")
    .option("--json", "print the report as JSON")
    .addHelpText("after", "\nExample:\n  $ partwatch preview sensor-board --out /tmp/preview\n")
    .action(
      async (
        reference: string,
        options: { readonly out: string; readonly now?: string; readonly json?: true },
        command: Command,
      ) => {
        const session = sessionOf({ command, io, level: "warning" });
        const now = instantOf(options.now, io.clock);
        const wired = await wire({ ...session, env: io.env, needs: { inventree: false, mail: "pretend" } });
        try {
          refuseBroken(wired.configProblems);
          const monitor = usableMonitor(await wired.deps.readMonitors(), reference);
          const result = await withProgress(io, wired.progress, () => preview({ deps: wired.deps, monitor, now }));
          const folder = isAbsolute(options.out) ? options.out : join(io.cwd, options.out);
          const files = await writeMail(result, { folder, mailFiles: wired.mailFiles });
          const { report, change, telling } = result;
          if (options.json) io.json(report);
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

/** Whom a run would tell, on all channels; the mail is shown in any case. */
function verdict({ channels, monitor }: Preview): string {
  const told = channels.flatMap(({ channel, reason }) =>
    reason === null ? [] : [`${whom(channel, monitor)} (${reason})`],
  );
  const mails = channels.some(({ channel, reason }) => channel === "email" && reason !== null);
  const mail = mails ? "The mail:" : "The mail would be:";
  if (told.length > 0) return `A run would tell ${told.join(", and ")}. ${mail}`;
  return channels.length === 0
    ? `A run would tell nobody: it has no recipients, or mail is switched off. ${mail}`
    : `A run would tell nobody now: nothing has changed. ${mail}`;
}

function whom(channel: ChannelName, { recipients, channels }: Preview["monitor"]): string {
  switch (channel) {
    case "email":
      return recipients.join(", ");
    case "issue":
      return "an issue on GitHub";
    case "webhook":
      return `the webhook of ${channels.webhook.url_env ?? ""}`;
    default:
      return channel satisfies never;
  }
}

async function writeMail(
  { telling, monitor }: Preview,
  { folder, mailFiles }: { readonly folder: string } & Pick<Wired, "mailFiles">,
): Promise<readonly string[]> {
  const contents = await mailFiles(telling);
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
