import type { Command } from "commander";
import { validate } from "../app/validate.ts";
import { formatProblem } from "../core/problem.ts";
import { openCheckout } from "../wire-checkout.ts";
import type { CommandContext } from "./commands.ts";
import { FAILED } from "./exit.ts";
import { sessionOf } from "./session.ts";

/** `partwatch validate`: all problems of all files, each with its line and the fix. */
export function addValidate(program: Command, { io, exit }: CommandContext): void {
  program
    .command("validate")
    .summary("check partwatch.yaml and all monitors")
    .description(
      "Says all problems of partwatch.yaml and of all files in monitors/, each with file, line, column and the fix. Needs no settings and asks no server.",
    )
    .option("--json", "print the problems as JSON")
    .addHelpText(
      "after",
      '\nExample:\n  $ partwatch validate\n  monitors/a.yaml:7:16 cron_schedule: "61 7 * * *": minute must be 0-59.\n',
    )
    .action(async (options: { readonly json?: true }, command: Command) => {
      const { root, clock } = sessionOf({ command, io, level: "warning" });
      const checkout = openCheckout(root);
      const [read, renames] = await Promise.all([checkout.readForWorkflows(clock.now()), checkout.renamedInWork()]);
      const { monitors } = read;
      const problems = validate({ root, read, renames });
      const errors = problems.filter((problem) => problem.severity !== "warning");
      if (options.json) io.json({ monitors: monitors.map(({ id, file }) => ({ id, file })), problems });
      else
        io.out(
          [...problems.map(formatProblem), summary(monitors.length, errors.length)].map((line) => `${line}\n`).join(""),
        );
      if (errors.length > 0) exit(FAILED);
    });
}

function summary(monitors: number, errors: number): string {
  const valid = monitors === 1 ? "1 monitor is valid" : `${monitors} monitors are valid`;
  if (errors === 0) return `${valid}.`;
  return `${errors === 1 ? "1 problem" : `${errors} problems`}; ${valid}.`;
}
