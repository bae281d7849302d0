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
  /** Who names the action: partwatch.yaml; the running Partwatch, which knows where it comes from; or nobody. */
  readonly actionFrom: "file" | "program" | "default";
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

/**
 * The last resort, where neither partwatch.yaml nor the running Partwatch says which action the workflows use: the newest
 * release. A commit cannot name itself, so the commit after a release moves it (`npm run default-action`), and a test holds
 * what it names to that release.
 */
export const DEFAULT_ACTION = "partwatch/partwatch@ce9bed268037547af004e770a8dfafdf904f1908 # v0.1.0";
/** Minutes. */
export const DEFAULT_TIMEOUT_MINUTES = 15;
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
    actionFrom: workflow.action === undefined ? "default" : "file",
    checkout: actionReference(workflow.checkout ?? DEFAULT_CHECKOUT),
    branch: workflow.branch ?? "main",
    runsOn,
    environment: workflow.environment ?? null,
    timeoutMinutes: workflow.timeout_minutes ?? DEFAULT_TIMEOUT_MINUTES,
    condition: workflow.if ?? null,
    stepsBefore: workflow.steps_before ?? [],
    pullRequest:
      pullRequest.active === false ? null : { runsOn: pullRequestRunsOn, preview: pullRequest.preview ?? true },
  };
}

/** The settings where the running Partwatch knows which action it is: that one, unless partwatch.yaml names another. */
export function withProgramAction(settings: WorkflowSettings, action: string | undefined): WorkflowSettings {
  if (settings.actionFrom === "file" || action === undefined) return settings;
  return { ...settings, action: actionReference(action), actionFrom: "program" };
}

/** Takes `owner/name@<commit> # v1` apart; what stands behind the number sign is for people. */
export function actionReference(text: string): ActionReference {
  const [, uses, version] = /^\s*(\S+)\s+#\s*(.*?)\s*$/u.exec(text) ?? [];
  if (uses === undefined) return { uses: text.trim(), version: null };
  return { uses, version: version === undefined || version === "" ? null : version };
}
