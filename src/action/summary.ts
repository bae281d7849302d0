import { appendFile } from "node:fs/promises";
import { failureIn, type MonitorOutcome, outcomeName } from "../app/remember.ts";
import type { RunResult } from "../app/run.ts";
import { markdownText, viewMarkdown } from "../core/markdown.ts";
import { formatProblem, type Problem } from "../core/problem.ts";
import { viewOf } from "../core/view.ts";

/** GitHub takes 1 MiB a step; whole reports are left out before that. */
const MOST_BYTES = 1_000_000;
const ROWS = 100;

/** Appends to the step summary; where there is none (a runner without it), nothing happens. */
export async function writeSummary(path: string | undefined, parts: readonly string[]): Promise<void> {
  if (path === undefined) return;
  const kept: string[] = [];
  let bytes = 0;
  for (const part of parts) {
    bytes += Buffer.byteLength(part) + 2;
    if (bytes > MOST_BYTES) {
      kept.push("More would not fit here; the log and the mails have all of it.");
      break;
    }
    kept.push(part);
  }
  await appendFile(path, `${kept.join("\n\n")}\n`);
}

/** A run: one line per monitor, what failed, then the reports. */
export function runSummary(result: RunResult): readonly string[] {
  const { outcomes, failures } = result;
  if (outcomes.length === 0 && failures.length === 0) return ["## Partwatch\n\nNothing is due."];
  const table =
    outcomes.length === 0
      ? []
      : [
          `| Monitor | Result | Short | To build | Told |\n| --- | --- | --: | --: | --- |\n${outcomes.map(row).join("\n")}`,
        ];
  const failed =
    failures.length === 0
      ? []
      : [`### Failed\n\n${failures.map((failure) => `- ${markdownText(failure)}`).join("\n")}`];
  return ["## Partwatch", ...table, ...failed, ...outcomes.flatMap(reportOf)];
}

/** Problems of files, all of them: annotations are limited, this is not. */
export function problemsSummary(problems: readonly Problem[], monitors: number): readonly string[] {
  const count = `${monitors === 1 ? "1 monitor is" : `${monitors} monitors are`} valid.`;
  if (problems.length === 0) return [`## Partwatch\n\n${count}`];
  return [
    `## Partwatch\n\n${problems.map((problem) => `- ${markdownText(formatProblem(problem))}`).join("\n")}\n\n${count}`,
  ];
}

/** Stale workflows: the command, and the patch for those who have only a browser. */
export function staleSummary(diffs: ReadonlyMap<string, string>): readonly string[] {
  if (diffs.size === 0) return ["## Partwatch\n\nThe workflows are what the monitors say."];
  const names = [...diffs.keys()].map((path) => `\`${path}\``).join(", ");
  const patch = [...diffs.values()].join("");
  const fence = "`".repeat(Math.max(3, ...[...patch.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return [
    `## Partwatch: the workflows are stale\n\n${names} no longer say what the monitors say. Run this in a clone and commit the result:\n\n\`\`\`sh\nnpx partwatch generate\n\`\`\`\n\nOr make these changes in the browser (or save them as a file and \`git apply\` it):`,
    `${fence}diff\n${patch}${fence}`,
  ];
}

function row(outcome: MonitorOutcome): string {
  const { id, name } = outcome.selected.monitor;
  const checked = outcome.kind === "checked" ? outcome : undefined;
  const { short = "–", to_build = "–" } = checked?.checked.report.summary ?? {};
  const told = checked?.tellings.deliveries
    .map(({ channel, outcome: delivery }) => `${channel} ${delivery.kind.replace("_", " ")}`)
    .join(", ");
  const result =
    failureIn(outcome) === undefined
      ? outcomeName(outcome).replace("_", " ")
      : `**${outcomeName(outcome).replace("_", " ")}**`;
  return `| ${markdownText(name)} (${markdownText(id)}) | ${result} | ${short} | ${to_build} | ${told || "nothing to tell"} |`;
}

function reportOf(outcome: MonitorOutcome): readonly string[] {
  if (outcome.kind !== "checked") return [];
  const { selected, checked, tellings, startedAt } = outcome;
  const [delivery] = tellings.deliveries;
  const view = viewOf({
    report: checked.report,
    monitor: selected.monitor,
    at: startedAt,
    alerts: checked.alerts,
    episode: tellings.episode ?? selected.state?.episode ?? null,
    ...(delivery === undefined ? {} : { change: delivery.change }),
  });
  return [viewMarkdown(view, { rows: ROWS })];
}
