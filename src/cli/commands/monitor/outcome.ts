import type { Managed } from "../../../app/manage/manage.ts";
import { type WorkflowsAfter, workflowsAfter } from "../../../app/workflows-after.ts";
import { type Monitor, plannedLists, planWords } from "../../../core/monitor.ts";
import { formatProblem } from "../../../core/problem.ts";
import { cronInWords } from "../../../core/schedule/describe.ts";
import { nextOccurrences } from "../../../core/schedule/schedule.ts";
import { formatFor } from "../../../core/view/format.ts";
import { openCheckout } from "../../../wire/checkout.ts";
import { FAILED } from "../../exit.ts";
import type { CommandContext } from "../../session.ts";

export interface OutcomeOptions {
  readonly json?: true;
  readonly generate?: true;
}

export const GENERATE_OPTION = ["--generate", "also rewrite the workflows"] as const;

/** Prints what became of a monitor, and whether the workflows match it; sets the exit code. */
export async function reportManaged(input: {
  readonly managed: Managed;
  readonly root: string;
  readonly now: Date;
  readonly options: OutcomeOptions;
  readonly context: CommandContext;
  readonly notes?: readonly string[];
}): Promise<void> {
  const { managed, root, now, options, context, notes = [] } = input;
  const { io, exit } = context;
  const isRefused = managed.action === "refused";
  const workflows = isRefused
    ? NOTHING
    : await workflowsAfter({
        root,
        write: options.generate === true,
        read: await openCheckout(root).readForWorkflows(now),
      });
  if (isRefused || workflows.failed) exit(FAILED);
  if (options.json) {
    const { action, id, file, changed, problems } = managed;
    io.json({ action, id, file, changed, problems, notes, workflows });
    return;
  }
  const problems = managed.problems.map((problem) => `${formatProblem(problem)}\n`).join("");
  if (isRefused) {
    io.err(`${problems}Nothing was written.\n`);
    return;
  }
  io.err(problems);
  io.out([...words(managed, now), ...notes, ...workflowWords(workflows)].map((line) => `${line}\n`).join(""));
}

const NOTHING: WorkflowsAfter = { due: false, failed: false, written: [], removed: [], problems: [] };

function words({ action, id, file, changed, monitor }: Managed, now: Date): string[] {
  switch (action) {
    case "added":
      return [`added ${id} (${file})`, ...(monitor === undefined ? [] : facts(monitor, now))];
    case "updated":
      return [`updated ${id} (${file}): ${changed.join(", ")}`, ...(monitor === undefined ? [] : facts(monitor, now))];
    case "unchanged":
      return [`${id} (${file}) already says that; nothing was written.`];
    case "deleted":
      return [`deleted ${id} (${file})`, "  Its recorded state is removed by the next run on the default branch."];
    default:
      return [];
  }
}

const WHEN: Readonly<Record<Monitor["notify_condition"], string>> = {
  always: "after every check",
  on_change: "when something changes",
  digest: "in the digest",
};

function facts(monitor: Monitor, now: Date): string[] {
  const { cron_schedule: cron, timezone, parts, watch, recipients, notify_condition: condition } = monitor;
  const [next] = nextOccurrences({ cron, timezone, after: now, count: 1 });
  const at = next === undefined ? "never" : formatFor({ language: "en", timezone }).instant(next);
  const lists = plannedLists(monitor);
  const counted = [
    ...(lists !== undefined ? [planWords(lists)] : parts.length > 0 ? [plural(parts.length, "part")] : []),
    ...(watch.length > 0 ? [plural(watch.length, "rule")] : []),
  ];
  const whom = recipients.length === 0 ? "nobody" : recipients.join(", ");
  return [
    `  ${cronInWords(cron, "en")} (${timezone}); ${monitor.active ? `next ${at}` : "inactive"}`,
    `  ${counted.join(", ")}; notifies ${whom} ${WHEN[condition]}`,
  ];
}

/** What to say about the workflows after a change. */
export function workflowWords({ due, written, removed, problems, failed }: WorkflowsAfter): string[] {
  if (failed) return [...problems, "The workflows were not written."];
  if (due) return ["The workflows are not up to date now. Run: partwatch generate"];
  return [...problems, ...written.map((path) => `wrote ${path}`), ...removed.map((path) => `removed ${path}`)];
}

function plural(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}
