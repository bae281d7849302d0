import type { Command } from "commander";
import { openCheckout } from "../../../wire/checkout.ts";
import { type CommandContext, sessionOf } from "../../session.ts";
import { addRunOptions, type RunOptions, runAndReport } from "../run.ts";
import { addMonitorActivate, addMonitorAdd, addMonitorDelete, addMonitorUpdate, usableMonitor } from "./edit.ts";
import { addMonitorList } from "./list.ts";
import { addMonitorShow } from "./show.ts";

/** `partwatch monitor …`: lists, changes and runs monitors. */
export function addMonitor(command: Command, context: CommandContext): void {
  const group = command
    .description("Manages the files in monitors/. A monitor is named by its id, or a unique prefix of it.")
    .addHelpText("after", "\nExample:\n  $ partwatch monitor list\n");
  for (const add of [addMonitorList, addMonitorShow, addMonitorAdd, addMonitorUpdate, addMonitorDelete])
    add(group, context);
  addMonitorActivate(group, context);
  addMonitorRun(group, context);
}

/** `partwatch monitor run`: the same as `run --monitor`. */
function addMonitorRun(group: Command, context: CommandContext): void {
  const command = group
    .command("run")
    .summary("check a monitor now")
    .description("Same as `partwatch run --monitor`: checks a list now, even an inactive one; notifies and records.")
    .argument("<monitor...>", "its id, or a unique prefix of it");
  addRunOptions(command)
    .addHelpText("after", "\nExample:\n  $ partwatch monitor run sensor-board --dry-run\n")
    .action(async (references: readonly string[], options: RunOptions, command: Command) => {
      const { root, clock } = sessionOf({ command, io: context.io, level: "warning" });
      const read = await openCheckout(root).read(clock.now());
      const monitor = references.map((reference) => usableMonitor(read, reference).id);
      await runAndReport({ options: { ...options, monitor }, command, context });
    });
}
