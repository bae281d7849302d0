import type { ConfigFile, Runner, StepFile } from "../generated/config.ts";

/** How GitHub wakes the checks; every field is decided. */
export interface ScheduleSettings {
  readonly mode: "exact" | "tick";
  readonly target: "github" | "ghes";
  /** The cron of mode tick, in UTC. */
  readonly tick: string;
  /** In UTC; null: none. */
  readonly catchUp: string | null;
}

/** What the generated workflows look like; every field is decided. */
export interface WorkflowSettings {
  readonly action: ActionReference;
  /** Whether partwatch.yaml names the action; otherwise it is the one that this version of Partwatch proposes. */
  readonly actionIsNamed: boolean;
  readonly checkout: ActionReference;
  readonly branch: string;
  readonly runsOn: Runner;
  readonly environment: string | null;
  readonly timeoutMinutes: number;
  /** A GitHub expression; null: the checks always run. */
  readonly condition: string | null;
  readonly stepsBefore: readonly Readonly<StepFile>[];
  /** null: no workflow for pull requests. */
  readonly pullRequest: { readonly runsOn: Runner; readonly preview: boolean } | null;
}

/** `owner/name@<commit> # v1`, taken apart. */
export interface ActionReference {
  readonly uses: string;
  readonly version: string | null;
}

/** The release that new repositories begin with. A commit cannot name itself: this is moved by the commit after a release. */
export const DEFAULT_ACTION = "partwatch/partwatch@b3d8ed3e2b3801e6db4d8afd8cfdf2104db42583 # v0.1.0";
const DEFAULT_CHECKOUT = "actions/checkout@df4cb1c069e1874edd31b4311f1884172cec0e10 # v6.0.3";

/** The section `schedule` of partwatch.yaml over its defaults. */
export function scheduleSettings(file: ConfigFile["schedule"]): ScheduleSettings {
  const target = file?.target ?? "github";
  const catchUp = file?.catch_up ?? "23 */6 * * *";
  return {
    mode: file?.mode ?? (target === "ghes" ? "tick" : "exact"),
    target,
    tick: file?.tick ?? "7,22,37,52 * * * *",
    catchUp: catchUp === "off" ? null : catchUp,
  };
}

/** The section `workflow` of partwatch.yaml over its defaults. */
export function workflowSettings(file: Pick<ConfigFile, "workflow" | "schedule">): WorkflowSettings {
  const workflow = file.workflow ?? {};
  const runsOn = workflow.runs_on ?? "ubuntu-latest";
  const pullRequest = workflow.pull_request ?? {};
  const pullRequestRunsOn = pullRequest.runs_on ?? (file.schedule?.target === "ghes" ? runsOn : "ubuntu-latest");
  return {
    action: actionReference(workflow.action ?? DEFAULT_ACTION),
    actionIsNamed: workflow.action !== undefined,
    checkout: actionReference(workflow.checkout ?? DEFAULT_CHECKOUT),
    branch: workflow.branch ?? "main",
    runsOn,
    environment: workflow.environment ?? null,
    timeoutMinutes: workflow.timeout_minutes ?? 15,
    condition: workflow.if ?? null,
    stepsBefore: workflow.steps_before ?? [],
    pullRequest:
      pullRequest.active === false ? null : { runsOn: pullRequestRunsOn, preview: pullRequest.preview ?? true },
  };
}

/** Takes `owner/name@<commit> # v1` apart; what stands behind the number sign is for people. */
export function actionReference(text: string): ActionReference {
  const [, uses, version] = /^\s*(\S+)\s+#\s*(.*?)\s*$/u.exec(text) ?? [];
  if (uses === undefined) return { uses: text.trim(), version: null };
  return { uses, version: version === undefined || version === "" ? null : version };
}
