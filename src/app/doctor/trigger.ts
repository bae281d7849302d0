import { broken, type Diagnosis, ok, warning } from "../../core/diagnosis.ts";
import type { GithubAnswer, GithubApi, GithubFailure } from "../../core/github-api.ts";
import { field, own, textIn } from "../../core/records.ts";
import { hasWorkflow } from "../../system/workflow-files.ts";
import type { DoctorDeps } from "./deps.ts";

const AREA = "GitHub";
const WORKFLOW = "/actions/workflows/partwatch.yml";
const DAY = 86_400_000;
/** GitHub stops the schedules of a public repository after so many days without activity. */
const MOST_IDLE_DAYS = 60;
/** From here on, something should be done. */
const IDLE_DAYS = 45;
const TIMEOUT_MS = 30_000;

/**
 * Whether GitHub starts the workflow. A schedule that it has stopped for lack of activity, or is about to stop, is enabled
 * again through its API, which counts as activity.
 * https://docs.github.com/actions/managing-workflow-runs/disabling-and-enabling-a-workflow
 */
export async function examineTrigger(
  { root, github, isOnGithub, clock }: Pick<DoctorDeps, "root" | "github" | "isOnGithub" | "clock">,
  now: Date,
): Promise<readonly Diagnosis[]> {
  if (!hasWorkflow(root)) return [];
  if (github === undefined) return isOnGithub ? [notAsked()] : [];
  const until = new Date(clock.now().getTime() + TIMEOUT_MS);
  const ask = (path: string) => github.rest({ method: "GET", path, until, repeatable: true });
  const [repository, workflow] = await Promise.all([ask(""), ask(WORKFLOW)]);
  if (workflow.kind === "refused" && workflow.status === 404 && repository.kind === "done") return [notThere(github)];
  if (repository.kind !== "done") return [unknown(repository)];
  if (workflow.kind !== "done") return [unknown(workflow)];
  const state = textIn(workflow.body, "state") ?? "unknown";
  const enable = () => github.rest({ method: "PUT", path: `${WORKFLOW}/enable`, until, repeatable: true });
  if (state === "disabled_inactivity") return [await fixed(await enable())];
  if (state !== "active") return [switchedOff(state)];
  if (textIn(repository.body, "visibility") !== "public")
    return [
      ok(
        AREA,
        "The workflow is active. GitHub stops schedules only in public repositories, and this one is not public.",
      ),
    ];
  const branch = textIn(repository.body, "default_branch") ?? "main";
  const commits = await ask(`/commits?sha=${encodeURIComponent(branch)}&per_page=1`);
  if (commits.kind !== "done") return [unknown(commits)];
  const idle = idleDays({ workflow: workflow.body, commits: commits.body, now });
  if (idle < IDLE_DAYS)
    return [ok(AREA, `The workflow is active; the last activity of the repository was ${daysAgo(idle)}.`)];
  return [await prolonged(await enable(), idle)];
}

async function fixed(answer: GithubAnswer): Promise<Diagnosis> {
  const message = `GitHub had stopped the schedule after ${MOST_IDLE_DAYS} days without activity`;
  if (answer.kind === "done") return warning({ area: AREA, message: `${message}; it is enabled again now.` });
  return broken({ area: AREA, message: `${message}, and it could not be enabled: ${why(answer)}.`, fix: ENABLE });
}

async function prolonged(answer: GithubAnswer, idle: number): Promise<Diagnosis> {
  const left = Math.max(0, MOST_IDLE_DAYS - idle);
  const last = `The last activity of the repository was ${daysAgo(idle)}`;
  if (answer.kind === "done")
    return ok(AREA, `${last}; the workflow was enabled again, so that GitHub keeps running it.`);
  const when = left === 0 ? "any day" : left === 1 ? "in a day" : `in ${left} days`;
  const message = `${last}: GitHub stops the schedule ${when}. It could not be enabled again: ${why(answer)}.`;
  return warning({ area: AREA, message, fix: `${ENABLE} A commit to the default branch works too.` });
}

const ENABLE =
  "Press “Enable workflow” under Actions, Partwatch, or run doctor with a GITHUB_TOKEN that has actions: write.";

function switchedOff(state: string): Diagnosis {
  const reasons: Readonly<Record<string, string>> = {
    disabled_manually: "Somebody disabled the workflow",
    disabled_fork: "The repository is a fork: GitHub keeps its schedules off until somebody enables them",
    deleted: "The workflow is gone from the default branch",
  };
  const message = `${own(reasons, state) ?? `The workflow is not active (${state})`}: GitHub starts no checks.`;
  return broken({ area: AREA, message, fix: "Press “Enable workflow” under Actions, Partwatch, if it is to run." });
}

function notThere({ owner, name }: GithubApi): Diagnosis {
  return broken({
    area: AREA,
    message: `${owner}/${name} has no workflow partwatch.yml on its default branch: GitHub starts no checks.`,
    fix: "Commit .github/workflows and push it to the default branch.",
  });
}

function notAsked(): Diagnosis {
  const message = "Could not check whether GitHub starts the workflow: GITHUB_TOKEN is not set.";
  return warning({ area: AREA, message, fix: "Set a token that may read actions, and run doctor again." });
}

function unknown(answer: GithubFailure): Diagnosis {
  const message = `Could not check whether GitHub starts the workflow: ${why(answer)}.`;
  const fix = "Check that GITHUB_TOKEN is valid for this repository and has contents: read and actions: read.";
  return warning({ area: AREA, message, fix });
}

function why(answer: GithubFailure): string {
  const words = answer.kind === "refused" ? answer.errors.map(({ message }) => message).join("; ") : answer.message;
  return `${answer.request}: ${answer.status ?? "no answer"}${words === "" ? "" : `: ${words.replace(/\.$/, "")}`}`;
}

/** Whole days since the last commit, or since the workflow was enabled. */
function idleDays(options: { readonly workflow: unknown; readonly commits: unknown; readonly now: Date }): number {
  const [commit]: readonly unknown[] = Array.isArray(options.commits) ? options.commits : [];
  const dates = [textIn(options.workflow, "updated_at"), textIn(field(field(commit, "commit"), "committer"), "date")];
  const latest = Math.max(...dates.flatMap((date) => (date === undefined ? [] : [Date.parse(date)])));
  return Number.isFinite(latest) ? Math.max(0, Math.floor((options.now.getTime() - latest) / DAY)) : 0;
}

function daysAgo(days: number): string {
  return days === 0 ? "today" : days === 1 ? "a day ago" : `${days} days ago`;
}
