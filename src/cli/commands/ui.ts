import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { openFile } from "../../system/open-file.ts";
import { ownScratch } from "../../system/scratch.ts";
import { endOnSignal } from "../../system/signals.ts";
import { type RunningUi, startUi } from "../../web/start.ts";
import { CommandError, USAGE } from "../exit.ts";
import { type CommandContext, instantOf, sessionOf } from "../session.ts";
import type { Terminal } from "../terminal.ts";

interface UiOptions {
  readonly open?: true;
  readonly port?: string;
  readonly now?: string;
}

/** `partwatch ui`: the pages of the dashboard on this machine, with forms. */
export function addUi(command: Command, { io }: CommandContext): void {
  command
    .description(
      "Shows lists, parts, alerts and runs in a browser on this machine, where lists can be changed and checked. Nobody else can reach it: it listens on 127.0.0.1, and the address that it prints works once. Ctrl-C ends it.",
    )
    .option("--open", "open the browser")
    .option("--port <number>", "the port (default: 7878, or a free one if that is taken)")
    .option(
      "--now <instant>",
      "take this instant (RFC 3339) for what is next, due and overdue, and for checks that are started from the pages",
    )
    .addHelpText("after", "\nExample:\n  $ partwatch ui --open\n")
    .action(async (options: UiOptions, command: Command) => {
      const session = sessionOf({ command, io, level: "warning" });
      const port = portIn(options.port);
      const fixed = options.now === undefined ? undefined : instantOf(options.now, io.clock);
      const ending = endOnSignal();
      const { root, log, clock, mask } = session;
      const wiring = { root, log, clock, mask, env: io.env };
      await serveUi({
        io,
        ending,
        open: options.open === true,
        start: () => startOn(port, { wiring, now: () => fixed ?? clock.now() }),
      });
    });
}

/** Serves until the process is asked to end. */
export async function serveUi({
  io,
  ending,
  open,
  start,
}: {
  readonly io: Terminal;
  readonly ending: AbortSignal;
  readonly open: boolean;
  readonly start: () => Promise<RunningUi>;
}): Promise<void> {
  const ui = await start();
  const removed = open ? await show(ui, io) : async () => {};
  io.asIs.out(`Partwatch is at\n  ${ui.address}\nThe address works once. Ctrl-C ends it.\n`);
  await new Promise<void>((resolve) => {
    if (ending.aborted) resolve();
    ending.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.all([ui.close(), removed()]);
}

type Starting = Omit<Parameters<typeof startUi>[0], "port">;

const USUAL_PORT = 7878;

async function startOn(port: number | undefined, starting: Starting): Promise<RunningUi> {
  try {
    return await startUi({ ...starting, port: port ?? USUAL_PORT });
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
    if (port === undefined) return startUi({ ...starting, port: 0 });
    const why = error.code === "EACCES" ? "may not be used by you" : "is taken";
    throw new CommandError(`--port ${port}: this port ${why}; name another, or leave it out.`);
  }
}

/** All users of the machine can see an address among the arguments: the browser gets a file that only this user may read. */
async function show({ address }: RunningUi, io: Terminal): Promise<() => Promise<void>> {
  const folder = await ownScratch("ui");
  const file = join(folder, "partwatch.html");
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0; url=${address}"><title>Partwatch</title></html>\n`;
  await writeFile(file, page, { mode: 0o600 });
  if (!(await openFile(file))) io.err("No browser could be opened here; open the address yourself.\n");
  return () => rm(folder, { recursive: true, force: true });
}

function portIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new CommandError(`--port ${text}: must be a number up to 65535; 0 is any free one.`, USAGE);
  return port;
}
