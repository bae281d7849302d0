import type { Command } from "commander";
import { stockOf } from "../../app/stock.ts";
import { parsePartWords } from "../../core/settings/part-argument.ts";
import { formatFor } from "../../core/view/format.ts";
import { renderStockAhead } from "../../core/view/stock-ahead.ts";
import { wire } from "../../wire/run.ts";
import { CommandError, refuseBroken, USAGE } from "../exit.ts";
import { withProgress } from "../progress.ts";
import { type CommandContext, instantOf, sessionOf } from "../session.ts";
import { refuseBrokenLists } from "./broken-lists.ts";

interface StockOptions {
  readonly instance?: string;
  readonly json?: true;
  readonly now?: string;
}

/** `partwatch stock PART`: how the stock of a part develops. */
export function addStock(command: Command, { io }: CommandContext): void {
  command
    .description(
      "Shows how the stock of a part develops: what orders and builds bring, what builds, sales and all active lists take, by day; the lowest point, and which delivery would have to come sooner. Nothing is recorded, nobody is notified. docs/stock-ahead.md explains it.",
    )
    .argument("<part>", "a name, ipn=X or #pk")
    .option("--instance <name>", "in this InvenTree (see instances in partwatch.yaml)")
    .option("--json", "print it as JSON")
    .option("--now <instant>", "take this instant (RFC 3339) for dates")
    .addHelpText("after", "\nExample:\n  $ partwatch stock ipn=IC-0007\n")
    .action(async (words: string, options: StockOptions, command: Command) => {
      const session = sessionOf({ command, io, level: "warning" });
      const now = instantOf(options.now, io.clock);
      const part = parsePartWords(words);
      if ("message" in part) throw new CommandError(`${JSON.stringify(words)}: ${part.message}`, USAGE);
      const wired = await wire({ ...session, env: io.env, needs: { inventree: false, mail: "none" } });
      try {
        refuseBroken(wired.configProblems);
        const read = await wired.deps.readMonitors();
        refuseBrokenLists(read, "Fix it: what it takes from stock cannot be counted.");
        const { monitorDefaults: defaults } = wired.config;
        const instance = options.instance ?? defaults.instance;
        // A plan's entries are already in its lists.
        const lists = read.monitors.filter((one) => one.active && one.instance === instance && one.plan === undefined);
        const inventree = wired.deps.inventree(instance);
        const developing = await withProgress(io, wired.progress, () =>
          stockOf({ part, lists, defaults, inventree, now }),
        );
        if (developing.kind === "refused") throw new CommandError(developing.message);
        const { ahead } = developing;
        const format = formatFor({ language: "en", timezone: defaults.timezone });
        if (options.json) io.json(ahead);
        else io.out(renderStockAhead(ahead, { ...io, format }));
      } finally {
        await wired.close();
      }
    });
}
