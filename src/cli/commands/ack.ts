import { type Command, Option } from "commander";
import { type Decided, type Decision, decide, partWords } from "../../app/manage/alerts.ts";
import type { AlertKind } from "../../core/notification/significant.ts";
import { defined } from "../../core/records.ts";
import { localDate } from "../../core/schedule/local-date.ts";
import { plainText } from "../../core/text/plain-text.ts";
import { describeRepository } from "../../system/repository.ts";
import { wire } from "../../wire/run.ts";
import { CommandError, USAGE } from "../exit.ts";
import { type CommandContext, sessionOf } from "../session.ts";
import { dismissedWords, rememberedId, zoneOf } from "./alerts.ts";

interface AckOptions {
  readonly kind?: AlertKind;
  readonly by?: string;
  readonly dismiss?: true;
  readonly until?: string;
  readonly undo?: true;
  readonly json?: true;
}

const KINDS = [
  "short",
  "critical",
  "low",
  "out",
  "unresolved",
  "late",
  "order_now",
] as const satisfies readonly AlertKind[];

/** `partwatch ack`: somebody takes care of an alert, or dismisses it. */
export function addAck(command: Command, { io }: CommandContext): void {
  command
    .description(
      "Acknowledges the open alerts of a part: they stay in reports, and reminders stop. Dismissed ones leave the result until that day, or until more is missing. It is a commit on the state branch.",
    )
    .argument("<monitor>", "its id, or a unique prefix of it")
    .argument("<part>", "a name, ipn=X or #pk; of an unresolved entry its own words")
    .addOption(new Option("--kind <kind>", "only the alert of this kind").choices([...KINDS]))
    .option("--by <name>", "your name for the record (default: your name in Git)")
    .option("--dismiss", "dismiss instead of acknowledging")
    .option("--until <date>", "the last day of the dismissal, as in 2026-12-31")
    .option("--undo", "take an acknowledgement or a dismissal back")
    .option("--json", "print the alerts as they are now as JSON")
    .addHelpText("after", "\nExample:\n  $ partwatch ack sensor-board ipn=CBL-0007 --dismiss --until 2026-12-31\n")
    .action(async (reference: string, part: string, options: AckOptions, command: Command) => {
      const { dismiss, undo, until } = options;
      if (dismiss && undo) throw new CommandError("--dismiss and --undo exclude each other.", USAGE);
      if (until !== undefined && !dismiss) throw new CommandError("--until needs --dismiss.", USAGE);
      const session = sessionOf({ command, io, level: "warning" });
      const wired = await wire({ ...session, env: io.env, needs: { inventree: false, mail: "none" } });
      try {
        const { store, clock, readMonitors } = wired.deps;
        const [read, state] = await Promise.all([readMonitors(), store.read()]);
        const id = rememberedId(reference, read, state);
        const at = clock.now();
        if (until !== undefined) refuseDay(until, localDate(at, zoneOf(id, read)));
        const by = options.by ?? (await describeRepository(session.root)).email ?? io.env.USER ?? "somebody";
        const decision: Decision = undo
          ? { kind: "undo", by }
          : dismiss
            ? { kind: "dismiss", by, ...defined({ until }) }
            : { kind: "acknowledge", by };
        const decided = await decide({ store, id, part, alertKind: options.kind, decision, at });
        if (decided.kind === "refused") throw new CommandError(decided.message);
        const { kind, alerts } = decided;
        if (options.json) io.json({ monitor: id, changed: kind === "decided", alerts });
        else
          io.out(
            words(id, decided)
              .map((line) => `${line}\n`)
              .join(""),
          );
      } finally {
        await wired.close();
      }
    });
}

function words(id: string, decided: Exclude<Decided, { kind: "refused" }>): string[] {
  const already = decided.kind === "unchanged" ? " already" : "";
  const lines = decided.alerts.map(({ name, part, kind, state, acknowledged, dismissed }) => {
    const by = state === "acknowledged" && acknowledged !== undefined ? ` by ${acknowledged.by}` : "";
    const how = state === "dismissed" && dismissed !== undefined ? dismissedWords(dismissed) : `${state}${by}`;
    const which = typeof part === "number" ? `${name} (${partWords(part)})` : name;
    return plainText(`${id}: ${which}, ${kind}, is${already} ${how}.`);
  });
  return decided.kind === "decided" ? [...lines, `State: ${decided.commit.slice(0, 12)}.`] : lines;
}

/** Throws CommandError unless it is a calendar date that has not passed. */
function refuseDay(until: string, today: string): void {
  const instant = new Date(`${until}T00:00:00Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until) && !Number.isNaN(instant.getTime());
  if (!isDay || instant.toISOString().slice(0, 10) !== until)
    throw new CommandError(`--until ${until}: must be a calendar day, as in 2026-12-31.`, USAGE);
  if (until < today) throw new CommandError(`--until ${until}: is over already; today is ${today}.`, USAGE);
}
