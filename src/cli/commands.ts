import type { Command } from "commander";
import type { CommandContext } from "./session.ts";

/** A command as the overview shows it; the rest is loaded on demand. */
interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** The command's arguments; default: only options. */
  readonly usage?: string;
  readonly load: () => Promise<(command: Command, context: CommandContext) => void>;
}

/** All commands, in the order of the overview. Only the one that runs is loaded: otherwise each start would pay for all of them. */
const COMMANDS: readonly CommandEntry[] = [
  {
    name: "run",
    summary: "check the lists that are due, notify their recipients, record what was sent",
    load: async () => (await import("./commands/run.ts")).addRun,
  },
  {
    name: "calc",
    summary: "show what is missing to build the given quantities",
    usage: "[options] [part:quantity...]",
    load: async () => (await import("./commands/calc.ts")).addCalc,
  },
  {
    name: "order",
    summary: "show what to order for all lists together, by supplier",
    usage: "[options] [monitor...]",
    load: async () => (await import("./commands/order.ts")).addOrder,
  },
  {
    name: "stock",
    summary: "show how the stock of a part develops, day by day",
    usage: "[options] <part>",
    load: async () => (await import("./commands/stock.ts")).addStock,
  },
  {
    name: "validate",
    summary: "check partwatch.yaml and all monitors",
    load: async () => (await import("./commands/validate.ts")).addValidate,
  },
  {
    name: "preview",
    summary: "write the mail that a list would send",
    usage: "[options] <monitors...>",
    load: async () => (await import("./commands/preview.ts")).addPreview,
  },
  {
    name: "status",
    summary: "show the last result and next check of each list",
    load: async () => (await import("./commands/status.ts")).addStatus,
  },
  {
    name: "monitor",
    summary: "list, show, add, update, delete, activate, deactivate or run monitors",
    usage: "[options] [command]",
    load: async () => (await import("./commands/monitor/monitor.ts")).addMonitor,
  },
  {
    name: "alerts",
    summary: "show the alerts of all monitors, or of one",
    usage: "[options] [monitor]",
    load: async () => (await import("./commands/alerts.ts")).addAlerts,
  },
  {
    name: "ack",
    summary: "acknowledge or dismiss the alerts of a part",
    usage: "[options] <monitor> <part>",
    load: async () => (await import("./commands/ack.ts")).addAck,
  },
  {
    name: "import",
    summary: "import lists from an old presets file",
    usage: "[options] <file>",
    load: async () => (await import("./commands/import.ts")).addImport,
  },
  {
    name: "generate",
    summary: "write the workflows that run the checks",
    load: async () => (await import("./commands/generate.ts")).addGenerate,
  },
  {
    name: "init",
    summary: "set up a repository for Partwatch",
    load: async () => (await import("./commands/init.ts")).addInit,
  },
  {
    name: "doctor",
    summary: "check your setup and explain how to fix what is wrong",
    load: async () => (await import("./commands/doctor.ts")).addDoctor,
  },
  {
    name: "dashboard",
    summary: "write pages of all lists, for any web server or a browser",
    usage: "[options] <out>",
    load: async () => (await import("./commands/dashboard.ts")).addDashboard,
  },
  {
    name: "ui",
    summary: "show and change everything in a browser on this machine",
    load: async () => (await import("./commands/ui.ts")).addUi,
  },
  {
    name: "demo",
    summary: "play through a week with a sample product; nothing to configure",
    load: async () => (await import("./commands/demo.ts")).addDemo,
  },
];

/** Adds the commands to the program, each as the overview shows it; returns what loads one, or without a name all. */
export function addCommands(program: Command, context: CommandContext): (name?: string) => Promise<void> {
  const left = new Map<string, () => Promise<void>>();
  for (const { name, summary, usage = "[options]", load } of COMMANDS) {
    const command = program.command(name).summary(summary).usage(usage);
    left.set(name, async () => {
      const add = await load();
      // From here on, its own arguments determine the usage.
      add(command.usage(""), context);
    });
  }
  const loadOne = async (name: string) => {
    const load = left.get(name);
    left.delete(name);
    await load?.();
  };
  program.hook("preSubcommand", (_, command) => loadOne(command.name()));
  return async (name) => {
    for (const one of name === undefined ? [...left.keys()] : [name]) await loadOne(one);
  };
}
