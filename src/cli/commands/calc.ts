import { type Command, Option } from "commander";
import { type CalcList, calc } from "../../app/calc.ts";
import { FAIL_ON, type FailOn, failsOn } from "../../app/run/fail-on.ts";
import type { ListEntry, Monitor } from "../../core/monitor.ts";
import { formatProblem, problemText } from "../../core/problem.ts";
import { parseTypedPart } from "../../core/settings/part-argument.ts";
import { renderHowMany } from "../../core/view/how-many.ts";
import { renderView } from "../../core/view/terminal.ts";
import { viewOf } from "../../core/view/view.ts";
import { type Wired, wire } from "../../wire/run.ts";
import { CommandError, FAILED, refuseBroken, USAGE } from "../exit.ts";
import { withProgress } from "../progress.ts";
import { type CommandContext, instantOf, sessionOf } from "../session.ts";

interface CalcOptions {
  readonly from?: string;
  readonly json?: true;
  readonly failOn?: FailOn;
  readonly now?: string;
  readonly byWhen?: true;
}

/** `partwatch calc PART:QTY…`: what is missing to build these quantities. */
export function addCalc(command: Command, { io, exit }: CommandContext): void {
  command
    .description(
      "Shows what is missing to build or stock these quantities. Nothing is recorded, nobody is notified, and no mail settings are needed. PART is a name, ipn=X or #pk; the quantity follows the last colon. With a day behind an @ it also answers whether that is in time.",
    )
    .argument("[part:quantity...]", 'as in "Sensor Board:25" or ipn=CBL-0007:50@2027-02-15')
    .option("--from <file>", "a file with parts, watch and policy as in a monitor, or a table of parts (CSV)")
    .option("--by-when", "also show how many of each assembly could be built, as what is on its way arrives")
    .option("--json", "print the report as JSON (schemas/report.schema.json)")
    .addOption(new Option("--fail-on <kind>", "exit 1 if something is short, or critical too").choices([...FAIL_ON]))
    .option("--now <instant>", "take this instant (RFC 3339) for dates")
    .addHelpText("after", '\nExample:\n  $ partwatch calc "Sensor Board:25" ipn=CBL-0007:50\n')
    .action(async (parts: readonly string[], options: CalcOptions, command: Command) => {
      const session = sessionOf({ command, io, level: "warning" });
      const failOn = failsOn(options.failOn);
      const now = instantOf(options.now, io.clock);
      const entries = entriesOf(parts);
      if (entries.length === 0 && options.from === undefined)
        throw new CommandError('Name at least one part, as in "Sensor Board:25", or --from FILE.', USAGE);
      const wired = await wire({ ...session, env: io.env, needs: { inventree: false, mail: "none" } });
      try {
        refuseBroken(wired.configProblems);
        const list = await listOf({ wired, entries, from: options.from });
        const inventree = wired.deps.inventree(list.instance);
        const { report, snapshot } = await withProgress(io, wired.progress, () =>
          calc({ list, inventree, now, byWhen: options.byWhen === true }),
        );
        const view = viewOf({ report, monitor: list, at: now, links: { inventree: snapshot.serverUrl } });
        if (options.json) io.json(report);
        else {
          // The chart shows everything.
          const sections = view.sections.filter(({ id }) => options.byWhen !== true || id !== "how_many");
          io.out(
            `${renderView({ ...view, sections }, io)}${options.byWhen === true ? renderHowMany({ report, monitor: list }, io) : ""}`,
          );
        }
        if (failOn(report)) exit(FAILED);
      } finally {
        await wired.close();
      }
    });
}

function entriesOf(parts: readonly string[]): readonly ListEntry[] {
  const read = parts.map(parseTypedPart);
  const wrong = read.flatMap((one) => (one.kind === "wrong" ? [one.message] : []));
  if (wrong.length > 0) throw new CommandError(wrong.join("\n"), USAGE);
  return read.flatMap((one) => (one.kind === "entry" ? [one.entry] : []));
}

type NamedList = CalcList & Pick<Monitor, "name" | "description" | "language" | "instance">;

/** The file's list, with additions from the command line. */
async function listOf({
  wired,
  entries,
  from,
}: {
  readonly wired: Wired;
  readonly entries: readonly ListEntry[];
  readonly from: string | undefined;
}): Promise<NamedList> {
  const { monitorDefaults: defaults } = wired.config;
  if (from === undefined) {
    const { policy, timezone, language, lead_times, order_soon_days, suppliers } = defaults;
    return {
      name: "Calculation",
      description: "",
      instance: defaults.instance,
      parts: entries,
      watch: [],
      policy,
      timezone,
      language,
      lead_times,
      order_soon_days,
      suppliers,
    };
  }
  const { list, problems } = await wired.readList(from);
  if (list === undefined) throw new CommandError(problems.map(formatProblem).join("\n"));
  for (const problem of problems) wired.deps.log.warning(problemText(problem));
  return { ...list, parts: [...list.parts, ...entries] };
}
