import { isAbsolute, join } from "node:path";
import type { Command } from "commander";
import { type Imported, type ImportedList, importPresets } from "../../app/manage/import.ts";
import { type WorkflowsAfter, workflowsAfter } from "../../app/workflows-after.ts";
import { formatProblem, isError } from "../../core/problem.ts";
import { wrapToWidth } from "../../core/text/text-width.ts";
import { painter } from "../../core/view/terminal.ts";
import { openCheckout } from "../../wire/checkout.ts";
import { FAILED } from "../exit.ts";
import type { Io } from "../io.ts";
import { type CommandContext, sessionOf } from "../session.ts";
import { GENERATE_OPTION, type OutcomeOptions, workflowWords } from "./monitor/outcome.ts";

interface ImportOptions extends OutcomeOptions {
  readonly schedule: string;
  readonly recipients?: string;
  readonly dryRun?: true;
}

/** `partwatch import`: imports the lists of an older program as monitors. */
export function addImport(command: Command, { io, exit }: CommandContext): void {
  command
    .description(
      "Imports the presets and monitoring_lists of an older program, each as a file in monitors/, and reports what it could not import, and why. An id (UUID) is kept, an old last_hash is not: the first check notifies. Existing files are never overwritten.",
    )
    .argument("<file>", "the old file, as in presets.json")
    .option("--schedule <cron>", "for lists that have none; these are taken over as inactive", "10 7 * * 1-5")
    .option("--recipients <addresses>", "for lists that have none, separated by commas")
    .option("--dry-run", "write nothing; show what would be done")
    .option(...GENERATE_OPTION)
    .option("--json", "print what was done as JSON")
    .addHelpText("after", "\nExample:\n  $ partwatch import presets.json --dry-run\n")
    .action(async (file: string, options: ImportOptions, command: Command) => {
      const { root, clock } = sessionOf({ command, io, level: "warning" });
      const now = clock.now();
      const dryRun = options.dryRun === true;
      const recipients = (options.recipients ?? "").split(",").map((text) => text.trim());
      const imported = await importPresets({
        root,
        now,
        path: isAbsolute(file) ? file : join(io.cwd, file),
        file,
        schedule: options.schedule,
        recipients: recipients.filter((text) => text !== ""),
        dryRun,
      });
      const isChanged = !dryRun && imported.lists.some(({ outcome }) => outcome === "imported");
      const workflows = isChanged
        ? await workflowsAfter({
            root,
            write: options.generate === true,
            read: await openCheckout(root).readForWorkflows(now),
          })
        : null;
      if (options.json) io.json({ ...imported, dry_run: dryRun, workflows });
      else io.out(render({ imported, workflows, dryRun, io }));
      const refused = imported.lists.some(({ outcome }) => outcome === "refused");
      const wrong = imported.problems.some(isError);
      if (refused || wrong || workflows?.failed) exit(FAILED);
    });
}

function render(options: {
  readonly imported: Imported;
  readonly workflows: WorkflowsAfter | null;
  readonly dryRun: boolean;
  readonly io: Io;
}): string {
  const { imported, workflows, dryRun, io } = options;
  const { lists, notes, problems } = imported;
  const counts = (["imported", "kept", "refused"] as const).map(
    (outcome) => lists.filter((one) => one.outcome === outcome).length,
  );
  const [taken, kept, refused] = counts;
  const lines = [
    ...problems.map(formatProblem),
    ...lists.flatMap((list) => listLines({ list, dryRun, io })),
    ...notes.flatMap((note) => wrapToWidth(note, io.columns)),
    `${taken} ${dryRun ? "would be imported" : "imported"}, ${kept} there already, ${refused} refused.`,
    ...(workflows === null ? [] : workflowWords(workflows)),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function listLines({
  list,
  dryRun,
  io,
}: {
  readonly list: ImportedList;
  readonly dryRun: boolean;
  readonly io: Io;
}): string[] {
  const { outcome, name, file, notes, problems } = list;
  const paint = painter(io.color);
  const shown = name === "" ? "a list without a name" : name;
  const said = notes.flatMap((note) =>
    wrapToWidth(note, io.columns - 4).map((line, index) => `${index === 0 ? "  - " : "    "}${line}`),
  );
  switch (outcome) {
    case "imported":
      return [`${dryRun ? "would write" : "wrote"} ${file}: ${shown}`, ...said];
    case "kept":
      return [`kept ${file}: ${shown} is there already`];
    case "refused":
      return [paint(`refused: ${shown}`, "bad"), ...problems.map((problem) => `  ${formatProblem(problem)}`)];
    default:
      return outcome satisfies never;
  }
}
