import type { Command } from "commander";
import { findMonitor, type KnownMonitor } from "../../../app/manage/find-monitor.ts";
import { createMonitor, deleteMonitor, updateMonitor } from "../../../app/manage/manage.ts";
import type { Monitor } from "../../../core/monitor.ts";
import { writtenParts } from "../../../core/monitor.ts";
import { formatProblem } from "../../../core/problem.ts";
import { idProblem } from "../../../core/settings/monitor-id.ts";
import type { MonitorsRead } from "../../../monitors/read.ts";
import { openCheckout } from "../../../wire/checkout.ts";
import { CommandError, USAGE } from "../../exit.ts";
import { type CommandContext, sessionOf } from "../../session.ts";
import { addFieldOptions, type FieldFlags, fieldHelp, fieldsFrom } from "./fields.ts";
import { GENERATE_OPTION, type OutcomeOptions, reportManaged } from "./outcome.ts";

/** `partwatch monitor add`: a new list in a file of its own. */
export function addMonitorAdd(group: Command, context: CommandContext): void {
  const { io } = context;
  const command = group
    .command("add")
    .summary("add a monitor")
    .description(
      "Writes a new file to monitors/, named after the list, if it is valid. An existing file is never overwritten.",
    );
  addFieldOptions(command)
    .option("--id <id>", "its id, and the name of its file (default: made from the name)")
    .option(...GENERATE_OPTION)
    .option("--json", "print what was done as JSON")
    .addHelpText(
      "after",
      fieldHelp(
        'add --name "Sensor board, next 25" --parts "Sensor Board:25,ipn=CBL-0007:50" --schedule "10 7 * * 1-5" --recipients stock@example.com,purchasing@example.com',
        io.columns,
      ),
    )
    .action(async (options: FieldFlags & OutcomeOptions & { readonly id?: string }, command: Command) => {
      const { root, clock } = sessionOf({ command, io, level: "warning" });
      const { id, name, schedule, parts, partsFile, lists } = options;
      const missing = [
        ...(name === undefined ? ["--name"] : []),
        ...(schedule === undefined ? ["--schedule"] : []),
        ...([parts, partsFile, lists].every((one) => one === undefined) ? ["--parts (or --parts-file, --lists)"] : []),
      ];
      if (missing.length > 0) throw new CommandError(`A new monitor needs ${missing.join(", ")}.`, USAGE);
      const wrong = id === undefined ? undefined : idProblem(id);
      if (wrong !== undefined) throw new CommandError(`--id ${JSON.stringify(id)}: ${wrong}`, USAGE);
      const now = clock.now();
      const read = await openCheckout(root).read(now);
      const { fields } = await fieldsFrom({ flags: options, io, config: read.config });
      await reportManaged({
        managed: await createMonitor({ root, now, read, id, fields }),
        root,
        now,
        options,
        context,
      });
    });
}

/** `partwatch monitor update`: changes some fields. */
export function addMonitorUpdate(group: Command, context: CommandContext): void {
  const { io } = context;
  const command = group
    .command("update")
    .summary("change fields of a monitor")
    .description(
      "Changes the fields that are named, in the monitor's file: remarks, order and style stay, and nothing is written unless the result is valid. An empty text takes an optional field out.",
    )
    .argument("<monitor>", "its id, or a unique prefix of it");
  addFieldOptions(command)
    .option(...GENERATE_OPTION)
    .option("--json", "print what was done as JSON")
    .addHelpText("after", fieldHelp('update sensor --parts "Sensor Board:30,ipn=CBL-0007:50"', io.columns))
    .action(async (reference: string, options: FieldFlags & OutcomeOptions, command: Command) => {
      const { root, clock } = sessionOf({ command, io, level: "warning" });
      const now = clock.now();
      const read = await openCheckout(root).read(now);
      const known = knownMonitor(read, reference);
      const before = known.monitor === undefined ? undefined : writtenParts(known.monitor);
      const { fields, notes } = await fieldsFrom({ flags: options, io, config: read.config, before });
      if (Object.keys(fields).length === 0)
        throw new CommandError('Nothing to change: name a field, as in --schedule "0 8 * * 1".', USAGE);
      const managed = await updateMonitor({ root, now, read, known, changes: fields });
      await reportManaged({ managed, root, now, options, context, notes: managed.action === "refused" ? [] : notes });
    });
}

/** `partwatch monitor activate` and `deactivate`. */
export function addMonitorActivate(group: Command, context: CommandContext): void {
  for (const active of [true, false]) {
    const name = active ? "activate" : "deactivate";
    const says = active ? "let the schedule check a monitor" : "let the schedule pass a monitor over; its state stays";
    group
      .command(name)
      .summary(says)
      .description(`Writes active: ${active} into the monitor's file; everything else in it stays as it is.`)
      .argument("<monitor>", "its id, or a unique prefix of it")
      .option(...GENERATE_OPTION)
      .option("--json", "print what was done as JSON")
      .addHelpText("after", `\nExample:\n  $ partwatch monitor ${name} sensor-board\n`)
      .action(async (reference: string, options: OutcomeOptions, command: Command) => {
        const { root, clock } = sessionOf({ command, io: context.io, level: "warning" });
        const now = clock.now();
        const read = await openCheckout(root).read(now);
        const known = knownMonitor(read, reference);
        const managed = await updateMonitor({ root, now, read, known, changes: { active } });
        await reportManaged({ managed, root, now, options, context });
      });
  }
}

/** `partwatch monitor delete`: asks first. */
export function addMonitorDelete(group: Command, context: CommandContext): void {
  const { io } = context;
  group
    .command("delete")
    .summary("delete a monitor")
    .description(
      "Deletes the monitor's file after asking. Its recorded state is removed by the next run on the default branch.",
    )
    .argument("<monitor>", "its id, or a unique prefix of it")
    .option("-y, --yes", "do not ask")
    .option(...GENERATE_OPTION)
    .option("--json", "print what was done as JSON")
    .addHelpText("after", "\nExample:\n  $ partwatch monitor delete sensor-board --yes\n")
    .action(async (reference: string, options: OutcomeOptions & { readonly yes?: true }, command: Command) => {
      const { root, clock } = sessionOf({ command, io, level: "warning" });
      const now = clock.now();
      const read = await openCheckout(root).read(now);
      const known = knownMonitor(read, reference);
      if (!options.yes) await confirm(known, context);
      await reportManaged({ managed: await deleteMonitor({ root, read, known }), root, now, options, context });
    });
}

/** The matching monitor. Throws CommandError if there is none, or more than one. */
export function knownMonitor(read: MonitorsRead, reference: string): KnownMonitor {
  const found = findMonitor(read, reference);
  if (found.kind === "not_found") throw new CommandError(found.message);
  return found.known;
}

/** The same, if its file can be used. Otherwise throws CommandError with its problems. */
export function usableMonitor(read: MonitorsRead, reference: string): Monitor {
  const { file, monitor, problems } = knownMonitor(read, reference);
  if (monitor !== undefined) return monitor;
  throw new CommandError([`${file} cannot be used:`, ...problems.map(formatProblem)].join("\n"));
}

async function confirm({ id, file, monitor }: KnownMonitor, { io }: CommandContext): Promise<void> {
  const what = `${id} (${file})`;
  if (io.ask === null)
    throw new CommandError(`Nobody is at a terminal to be asked whether to delete ${what}; add --yes.`, USAGE);
  const name = monitor === undefined ? "" : `, "${monitor.name}"`;
  const answer = await io.ask(`Delete ${what}${name}? [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError("Nothing was deleted.");
}
