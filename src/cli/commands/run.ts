import { type Command, Option } from "commander";
import { elsewhereWords } from "../../app/run/describe-delivery.ts";
import { FAIL_ON, type FailOn, failsOn } from "../../app/run/fail-on.ts";
import { allFailures, isRed } from "../../app/run/failures.ts";
import { runJson, runJsonText } from "../../app/run/json.ts";
import { run } from "../../app/run/run.ts";
import { renderRun } from "../../app/run/text.ts";
import { failureOf } from "../../core/failure.ts";
import { defined } from "../../core/records.ts";
import type { RunScope } from "../../core/settings/scope.ts";
import { parseShard } from "../../core/settings/shard.ts";
import { endOnSignal, endSoon } from "../../system/signals.ts";
import { type Heartbeat, openHeartbeat } from "../../wire/heartbeat.ts";
import { type Wired, wire } from "../../wire/run.ts";
import { CommandError, FAILED, USAGE } from "../exit.ts";
import type { Io } from "../io.ts";
import { withProgress } from "../progress.ts";
import { type CommandContext, instantOf, sessionOf } from "../session.ts";

export interface RunOptions {
  readonly all?: true;
  readonly monitor?: readonly string[];
  readonly force?: true;
  readonly dryRun?: true;
  readonly takeOver?: true;
  readonly yes?: true;
  readonly anyBranch?: true;
  readonly instance?: string;
  readonly shard?: string;
  readonly now?: string;
  readonly json?: true;
  readonly acceptState?: true;
  readonly failOn?: FailOn;
}

/** `partwatch run`: checks what is due, notifies, records. */
export function addRun(command: Command, context: CommandContext): void {
  const run = command
    .description(
      "Checks the lists that are due, notifies their recipients of what changed, and records on the state branch what was sent. A list is due by its own cron and time zone, whatever started this command.",
    )
    .option("--all", "check all active monitors, due or not")
    .option("-m, --monitor <id...>", "check these monitors, inactive ones too")
    .option("--instance <label>", "see only to the monitors of this InvenTree server")
    .option(
      "--shard <i/n>",
      "see only to the i-th of n parts of them, as in 2/4; a monitor is always in the same part",
    );
  addRunOptions(run)
    .addHelpText("after", "\nExample:\n  $ partwatch run --monitor sensor-board --dry-run\n")
    .action(async (options: RunOptions, command: Command) => {
      if (options.all && options.monitor !== undefined)
        throw new CommandError("--all and --monitor exclude each other.", USAGE);
      await runAndReport({ options, command, context });
    });
}

const NOT_HERE =
  "This is not the default branch: a dry run. Nobody is notified and nothing is recorded; add --any-branch to do both anyway.";

/** The options that `run` and `monitor run` share. */
export function addRunOptions(command: Command): Command {
  return command
    .option("--force", "notify even if nothing changed")
    .option("--take-over", "notify also where another run may still be sending: that run has died")
    .option("-y, --yes", "do not ask, with --take-over")
    .option("--dry-run", "check and show the result, but notify nobody and record nothing")
    .option("--any-branch", "notify and record on any branch, not only the default one")
    .option(
      "--accept-state",
      "go on with the state branch as it is, where Partwatch refuses it as lost, set back, or another folder's",
    )
    .option("--now <instant>", "take this instant (RFC 3339) for due, dates and mails")
    .option("--json", "print what happened as JSON")
    .addOption(new Option("--fail-on <kind>", "exit 1 if something is short, or critical too").choices([...FAIL_ON]));
}

/** Runs, prints what happened, and sets the exit code. */
export async function runAndReport({
  options,
  command,
  context: { io, exit },
}: {
  readonly options: RunOptions;
  readonly command: Command;
  readonly context: CommandContext;
}): Promise<void> {
  const session = sessionOf({ command, io, level: options.json ? "warning" : "info" });
  const failOn = failsOn(options.failOn);
  const now = instantOf(options.now, io.clock);
  const scope = scopeOf(options);
  const ending = endOnSignal();
  const heartbeat = openHeartbeat({ ...session, ending });
  const wired = await wire({
    ...session,
    env: io.env,
    ...defined({ acceptState: options.acceptState }),
    ending,
    needs: {
      inventree: true,
      mail: options.dryRun ? "pretend" : "send",
      ...defined({ instance: scope.instance }),
    },
    onSettings: (found) => {
      const isDry = options.dryRun === true || (!found.onDefaultBranch && options.anyBranch !== true);
      // A check of a named list says nothing about the schedule.
      if (!isDry && options.monitor === undefined) heartbeat.begin(found);
    },
  }).catch((error: unknown) => endedBy(error, heartbeat));
  const elsewhere = !wired.deps.onDefaultBranch && options.anyBranch !== true;
  if (elsewhere && options.dryRun !== true) io.err(`${NOT_HERE}\n`);
  let hasEnded = false;
  try {
    if (options.takeOver && !(await confirmed({ io, wired, isSure: options.yes === true }))) {
      await heartbeat.end([NOTHING_TAKEN]);
      return;
    }
    const result = await withProgress(io, wired.progress, () =>
      run(wired.deps, {
        ...scope,
        which: options.all
          ? { kind: "all" }
          : options.monitor === undefined
            ? { kind: "due" }
            : { kind: "monitors", ids: options.monitor },
        force: options.force === true,
        dryRun: options.dryRun === true || elsewhere,
        acceptState: options.acceptState === true,
        takeOver: options.takeOver === true,
        now,
      }),
    );
    hasEnded = result.ended !== null;
    const spent = wired.spent();
    if (options.json) for (const piece of runJsonText(runJson(result, spent))) io.asIs.out(piece);
    else for (const piece of renderRun(result, { options: io, spent })) io.out(piece);
    const reports = result.outcomes.flatMap((outcome) => (outcome.kind === "checked" ? [outcome.checked.report] : []));
    if (isRed(result) || reports.some(failOn)) exit(FAILED);
    await heartbeat.end(allFailures(result));
  } catch (error) {
    await endedBy(error, heartbeat);
  } finally {
    // Whatever still waits for an answer would keep the process alive.
    await (hasEnded ? Promise.race([wired.close(), io.clock.sleep(CLOSING_MS)]) : wired.close());
    if (hasEnded) endSoon();
  }
}

const CLOSING_MS = 300;
const NOTHING_TAKEN = "Nothing was taken over, and nothing was checked.";

/** Reports to the heartbeat server why there was no run, and throws that on. */
async function endedBy(error: unknown, heartbeat: Heartbeat): Promise<never> {
  await heartbeat.end([failureOf(error).message]);
  throw error;
}

/** Whether to take over the claims of other runs: shows them, and asks. */
async function confirmed({
  io,
  wired,
  isSure,
}: {
  readonly io: Io;
  readonly wired: Wired;
  readonly isSure: boolean;
}): Promise<boolean> {
  const { monitors } = await wired.deps.store.read();
  const claims = Object.values(monitors).flatMap(({ id, sending = {} }) =>
    Object.entries(sending).flatMap(([channel, claim]) =>
      claim.fate === undefined ? [`${id}: ${channel}: ${elsewhereWords(claim)}`] : [],
    ),
  );
  if (isSure || claims.length === 0) return true;
  if (io.ask === null) throw new CommandError("Cannot ask for confirmation here (no terminal); add --yes.", USAGE);
  const answer = await io.ask(
    `${claims.join("\n")}\nIf one of these runs is still alive, people get its message as well as yours. Take over? [y/N] `,
  );
  if (/^\s*y(?:es)?\s*$/i.test(answer)) return true;
  io.err(`${NOTHING_TAKEN}\n`);
  return false;
}

function scopeOf({ instance, shard: text }: RunOptions): RunScope {
  const shard = text === undefined ? undefined : parseShard(text);
  if (text !== undefined && shard === undefined)
    throw new CommandError(`--shard ${text}: must be i/n, as in 2/4, with i from 1 to n and n at most 256.`, USAGE);
  return { ...defined({ instance, shard }) };
}
