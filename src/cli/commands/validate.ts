import { createHash } from "node:crypto";
import { type Command, Option } from "commander";
import { validate } from "../../app/validate.ts";
import { codeQualityReport } from "../../core/code-quality.ts";
import { formatProblem, isError } from "../../core/problem.ts";
import { placeInRepository } from "../../system/repository.ts";
import { openCheckout } from "../../wire/checkout.ts";
import { FAILED } from "../exit.ts";
import { type CommandContext, sessionOf } from "../session.ts";

/** `partwatch validate`: all problems of all files, each with its line and the fix. */
export function addValidate(command: Command, { io, exit }: CommandContext): void {
  command
    .description(
      "Lists every problem in partwatch.yaml and monitors/, each with file, line, column and fix. Needs no settings and contacts no server.",
    )
    .option("--json", "print the problems as JSON")
    .addOption(
      new Option("--format <format>", "codequality: print the problems as GitLab's merge requests show them")
        .choices(["text", "json", "codequality"])
        .default("text"),
    )
    .addHelpText(
      "after",
      '\nExample:\n  $ partwatch validate\n  monitors/a.yaml:7:16 cron_schedule: "61 7 * * *": minute must be 0-59.\n',
    )
    .action(async (options: ValidateFlags, command: Command) => {
      const { root, clock } = sessionOf({ command, io, level: "warning" });
      const checkout = openCheckout(root);
      const [read, renames] = await Promise.all([checkout.readForWorkflows(clock.now()), checkout.renamedInWork()]);
      const { monitors } = read;
      const problems = validate({ root, read, renames, template: await checkout.templateProblems(read.config) });
      const errors = problems.filter(isError);
      const format = options.json ? "json" : options.format;
      if (format === "codequality") io.json(codeQualityReport(problems, { folder: await folderOf(root), digest }));
      else if (format === "json") io.json({ monitors: monitors.map(({ id, file }) => ({ id, file })), problems });
      else
        io.out(
          [...problems.map(formatProblem), summary(monitors.length, errors.length)].map((line) => `${line}\n`).join(""),
        );
      if (errors.length > 0) exit(FAILED);
    });
}

interface ValidateFlags {
  readonly json?: true;
  readonly format: "text" | "json" | "codequality";
}

/** The lists' folder in their repository; empty: at its top, or outside of one. */
async function folderOf(root: string): Promise<string> {
  const place = (await placeInRepository(root)) ?? ".";
  return place === "." ? "" : place;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function summary(monitors: number, errors: number): string {
  const valid = monitors === 1 ? "1 monitor is valid" : `${monitors} monitors are valid`;
  if (errors === 0) return `${valid}.`;
  return `${errors === 1 ? "1 problem" : `${errors} problems`}; ${valid}.`;
}
