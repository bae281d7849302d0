import type { ConfigFile, Runner, ScheduleFile, StepFile } from "../generated/config.ts";

/** What starts the checks. */
export type ScheduleTarget = NonNullable<ScheduleFile["target"]>;

/** How GitHub, or another forge, starts the checks; every field is decided. */
export interface ScheduleSettings {
  readonly mode: "exact" | "tick";
  readonly target: ScheduleTarget;
  /** The cron of mode tick, in UTC. */
  readonly tick: string;
  /** In UTC; null: none. */
  readonly catchUp: string | null;
}

/** What the generated workflows look like; every field is decided. */
export interface WorkflowSettings {
  /** Their folder, from the repository's root. */
  readonly folder: string;
  /** Actions may come from several servers, so `uses` names theirs. */
  readonly namesServers: boolean;
  readonly action: ActionReference;
  /** Who names the action: partwatch.yaml; the running Partwatch, which knows its origin; or nobody. */
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
 * The last resort, if neither partwatch.yaml nor the running Partwatch says which action the workflows use: the newest
 * release. A commit cannot name itself, so the commit after a release updates it (`npm run default-action`), and a test checks
 * it against that release.
 */
export const DEFAULT_ACTION = "partwatch/partwatch@fafb6efed6dd32f823e75012cf1d8e734b220977 # v0.1.0";
/** Minutes. */
export const DEFAULT_TIMEOUT_MINUTES = 15;
const DEFAULT_CHECKOUT = "actions/checkout@df4cb1c069e1874edd31b4311f1884172cec0e10 # v6.0.3";

/** The section `schedule` of partwatch.yaml over its defaults. */
export function scheduleSettings(file: ConfigFile["schedule"]): ScheduleSettings {
  const target = file?.target ?? "github";
  const catchUp = file?.catch_up ?? "23 */6 * * *";
  return {
    mode: file?.mode ?? (target === "ghes" || target === "gitlab" ? "tick" : "exact"),
    target,
    tick: file?.tick ?? "7,22,37,52 * * * *",
    catchUp: catchUp === "off" ? null : catchUp,
  };
}

/** The section `workflow` of partwatch.yaml over its defaults. */
export function workflowSettings(file: Pick<ConfigFile, "workflow" | "schedule">): WorkflowSettings {
  const workflow = file.workflow ?? {};
  const target = file.schedule?.target ?? "github";
  const namesServers = hasSeveralSources(target);
  const address = (uses: string) => addressedAction(uses, { target });
  const action = workflow.action ?? address(DEFAULT_ACTION);
  const runsOn = workflow.runs_on ?? "ubuntu-latest";
  const pullRequest = workflow.pull_request ?? {};
  const pullRequestRunsOn = pullRequest.runs_on ?? (target === "github" ? "ubuntu-latest" : runsOn);
  return {
    folder: workflowFolder(target, workflow.folder),
    namesServers,
    action: actionReference(target === "gitlab" ? withServer(action, GITHUB) : action),
    actionFrom: workflow.action === undefined ? "default" : "file",
    checkout: actionReference(workflow.checkout ?? address(DEFAULT_CHECKOUT)),
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

/**
 * The settings if the running Partwatch knows which action it is, and from which server: that one, unless partwatch.yaml
 * names another.
 */
export function withProgramAction(
  settings: WorkflowSettings,
  program: { readonly action: string; readonly server?: string } | undefined,
): WorkflowSettings {
  if (settings.actionFrom === "file" || program === undefined) return settings;
  const { action, server = GITHUB } = program;
  const uses = settings.namesServers ? withServer(action, server) : action;
  return { ...settings, action: actionReference(uses), actionFrom: "program" };
}

const GITHUB = "https://github.com";

/** Whether workflows there load actions from more than one server. */
function hasSeveralSources(target: ScheduleTarget): boolean {
  return target !== "github" && target !== "ghes";
}

/** An action as workflows for that target refer to it; `server`: where it is from, if that is not GitHub. */
export function addressedAction(
  uses: string,
  { target, server = GITHUB }: { readonly target: ScheduleTarget; readonly server?: string | undefined },
): string {
  return hasSeveralSources(target) ? withServer(uses, server) : uses;
}

/** `owner/name@…` with its server in front; a folder (./) or container stays what it is, and so does one with a server. */
function withServer(uses: string, server: string): string {
  return /^[\w.-]+\/[\w.-]+[/@]/.test(uses) && !uses.startsWith("./") ? `${server}/${uses}` : uses;
}

function workflowFolder(target: ScheduleTarget, folder = ".github"): string {
  if (target === "gitlab") return ".gitlab";
  return target === "gitea" || target === "forgejo" ? `${folder}/workflows` : ".github/workflows";
}

/** Parses `owner/name@<commit> # v1`; the text after the number sign is for people. */
export function actionReference(text: string): ActionReference {
  const [, uses, version] = /^\s*(\S+)\s+#\s*(.*?)\s*$/u.exec(text) ?? [];
  if (uses === undefined) return { uses: text.trim(), version: null };
  return { uses, version: version === undefined || version === "" ? null : version };
}
