import { mkdir, writeFile } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import type { Command } from "commander";
import { type Preview, preview } from "../../app/preview/preview.ts";
import type { ChannelName } from "../../core/channels.ts";
import type { Monitor } from "../../core/monitor.ts";
import { audience } from "../../core/notification/combine.ts";
import { renderView } from "../../core/view/terminal.ts";
import { viewOf } from "../../core/view/view.ts";
import { type Wired, wire } from "../../wire/run.ts";
import { CommandError, refuseBroken } from "../exit.ts";
import { withProgress } from "../progress.ts";
import { type CommandContext, instantOf, sessionOf } from "../session.ts";
import { usableMonitor } from "./monitor/edit.ts";

/** `partwatch preview MONITOR`: writes the mail to files, before anybody gets it. */
export function addPreview(command: Command, { io }: CommandContext): void {
  command
    .description(
      "Checks a monitor and writes its mail as HTML, text, CSV and .eml; of several, the one mail that they share with mail.combine or in the digest. Nobody is notified, nothing is recorded, and no mail settings are needed.",
    )
    .argument("<monitors...>", "their ids, or unique prefixes of them")
    .option("-o, --out <folder>", "where to write", "out/preview")
    .option("--now <instant>", "take this instant (RFC 3339) for dates")
    .option("--json", "print the report as JSON")
    .addHelpText("after", "\nExample:\n  $ partwatch preview sensor-board --out /tmp/preview\n")
    .action(
      async (
        references: readonly string[],
        options: { readonly out: string; readonly now?: string; readonly json?: true },
        command: Command,
      ) => {
        const session = sessionOf({ command, io, level: "warning" });
        const now = instantOf(options.now, io.clock);
        const wired = await wire({ ...session, env: io.env, needs: { inventree: false, mail: "pretend" } });
        try {
          refuseBroken(wired.configProblems);
          const read = await wired.deps.readMonitors();
          const monitors = [...new Set(references.map((reference) => usableMonitor(read, reference)))];
          refuseStrangers(monitors);
          const results = await withProgress(io, wired.progress, () => previews({ deps: wired.deps, monitors, now }));
          const folder = isAbsolute(options.out) ? options.out : join(io.cwd, options.out);
          const files = await writeMail(results, { folder, wired });
          if (options.json) io.json(results.length === 1 ? results[0]?.report : results.map(({ report }) => report));
          else {
            for (const result of results) io.out(`${renderView(shownView(result, now), io)}\n${verdict(result)}\n`);
            io.out(files.map((file) => `  ${relative(io.cwd, file)}\n`).join(""));
          }
        } finally {
          await wired.close();
        }
      },
    );
}

async function previews({
  monitors,
  ...rest
}: Omit<Parameters<typeof preview>[0], "monitor"> & { readonly monitors: readonly Monitor[] }): Promise<
  readonly Preview[]
> {
  const results: Preview[] = [];
  for (const monitor of monitors) results.push(await preview({ ...rest, monitor }));
  return results;
}

/** Lists share a mail only if it is for the same people. */
function refuseStrangers(monitors: readonly Monitor[]): void {
  const [first, ...others] = monitors;
  if (first === undefined) return;
  const key = (monitor: Monitor) => audience({ to: monitor.recipients, language: monitor.language });
  const stranger = others.find((monitor) => key(monitor) !== key(first));
  if (stranger !== undefined)
    throw new CommandError(
      `${first.id} and ${stranger.id} never share a mail: their recipients or languages differ. Look at one after the other.`,
    );
}

function shownView({ report, monitor, change, notification: { episode, links } }: Preview, at: Date) {
  return viewOf({ report, monitor, at, change, episode, links });
}

/** Whom a run would notify, on all channels; the mail is shown in any case. */
function verdict({ channels, monitor }: Preview): string {
  const delivered = channels.flatMap(({ channel, reason }) =>
    reason === null ? [] : [`${whom(channel, monitor)} (${reason})`],
  );
  const mails = channels.some(({ channel, reason }) => channel === "email" && reason !== null);
  const mail = mails ? "The mail:" : "The mail would be:";
  if (delivered.length > 0) return `A run would notify ${delivered.join(", and ")}. ${mail}`;
  return channels.length === 0
    ? `A run would notify nobody: it has no recipients, or mail is switched off. ${mail}`
    : `A run would notify nobody now: ${monitor.digest === null ? "nothing has changed" : "the digest is not due"}. ${mail}`;
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
  [first, ...others]: readonly Preview[],
  { folder, wired }: { readonly folder: string; readonly wired: Pick<Wired, "mailFiles" | "sharedMailFiles"> },
): Promise<readonly string[]> {
  if (first === undefined) return [];
  const { notification, monitor } = first;
  const contents =
    others.length === 0
      ? await wired.mailFiles(notification)
      : await wired.sharedMailFiles([notification, ...others.map((other) => other.notification)]);
  const name = others.length === 0 ? monitor.id : "your-lists";
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new CommandError(`--out ${folder}: no folder can be made there (${error.message}); name another.`);
  });
  const files = Object.entries(contents).map(([ending, content]) => ({
    file: join(folder, `${name}.${ending}`),
    content,
  }));
  await Promise.all(files.map(({ file, content }) => writeFile(file, content)));
  return files.map(({ file }) => file);
}
