import type { Command } from "commander";
import { openCheckout } from "../wire-checkout.ts";
import {
  addMonitorActivate,
  addMonitorAdd,
  addMonitorDelete,
  addMonitorUpdate,
  usableMonitor,
} from "./command-monitor-edit.ts";
import { addMonitorList } from "./command-monitor-list.ts";
import { addMonitorShow } from "./command-monitor-show.ts";
import { addRunOptions, type RunOptions, runAndReport } from "./command-run.ts";
import type { CommandContext } from "./commands.ts";
import { sessionOf } from "./session.ts";

/** `partwatch monitor …`: the monitors, listed, changed and run. */
export function addMonitor(program: Command, context: CommandContext): void {
  const group = program
    .command("monitor")
    .summary("list, show, add, update, delete, activate, deactivate or run monitors")
    .description(
      "Manages the files in monitors/. A monitor is named by its id, or as much of its beginning as is unique.",
    )
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
    .description(
      "The same as `partwatch run --monitor`: checks a monitor now, an inactive one too; tells and remembers.",
    )
    .argument("<monitor...>", "its id, or as much of its beginning as is unique");
  addRunOptions(command)
    .addHelpText("after", "\nExample:\n  $ partwatch monitor run sensor-board --dry-run\n")
    .action(async (references: readonly string[], options: RunOptions, command: Command) => {
      const { root, clock } = sessionOf({ command, io: context.io, level: "warning" });
      const read = await openCheckout(root).read(clock.now());
      const monitor = references.map((reference) => usableMonitor(read, reference).id);
      await runAndReport({ options: { ...options, monitor }, command, context });
    });
}
