import type { Command } from "commander";
import { generate } from "../../app/generate.ts";
import { formatProblem, isError } from "../../core/problem.ts";
import { openCheckout } from "../../wire/checkout.ts";
import { FAILED } from "../exit.ts";
import { type CommandContext, sessionOf } from "../session.ts";
import type { Terminal } from "../terminal.ts";

/** `partwatch generate`: writes the workflows for the monitors. */
export function addGenerate(command: Command, { io, exit }: CommandContext): void {
  command
    .description(
      "Writes .github/workflows/partwatch*.yml (for another forge, see schedule.target) from the monitors' crons and partwatch.yaml, and removes generated workflows that are no longer needed. Other files are never touched.",
    )
    .option("--check", "write nothing; show what would change, and exit 1 if something would")
    .option("--json", "print what was done as JSON")
    .addHelpText("after", "\nExample:\n  $ partwatch generate --check\n")
    .action(async (options: { readonly check?: true; readonly json?: true }, command: Command) => {
      const { root, clock } = sessionOf({ command, io, level: "warning" });
      const read = await openCheckout(root).readForWorkflows(clock.now());
      const result = await generate({ root, check: options.check === true, ...read });
      const errors = result.problems.filter(isError);
      if (options.json) io.json({ ...result, diffs: Object.fromEntries(result.diffs) });
      else show(result, { check: options.check === true, io });
      if (errors.length > 0 || (options.check && result.diffs.size > 0)) exit(FAILED);
    });
}

type Generated = Awaited<ReturnType<typeof generate>>;

function show(result: Generated, { check, io }: { readonly check: boolean; readonly io: Terminal }): void {
  const { problems, diffs } = result;
  for (const problem of problems) io.out(`${formatProblem(problem)}\n`);
  // `git apply` takes them.
  if (check) for (const diff of diffs.values()) io.asIs.out(`${diff}\n`);
  io.out(`${verdict(result, { check }).join("\n")}\n`);
}

function verdict({ written, removed, diffs, problems }: Generated, { check }: { readonly check: boolean }): string[] {
  if (problems.some(isError)) return ["Nothing was written."];
  if (diffs.size === 0) return ["Workflows are up to date."];
  if (!check) return [...written.map((path) => `wrote ${path}`), ...removed.map((path) => `removed ${path}`)];
  return [`Stale: ${[...diffs.keys()].join(", ")}. Run: partwatch generate`];
}
