import { join, relative, resolve, sep } from "node:path";
import type { Environment } from "./environment.ts";
import { type RunningAction, runningAction } from "./running.ts";

/** What GitHub says of the workflow run; see its default environment variables. */
export interface ActionContext {
  readonly repository: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly serverUrl: string;
  /** Short name of the branch or tag, or `12/merge`. */
  readonly refName: string;
  readonly refType: string;
  readonly runUrl: string | undefined;
  readonly summaryPath: string | undefined;
  /** What the job's steps have annotated; absent where nothing outlives a step. */
  readonly annotatedPath: string | undefined;
  /** The checkout's folder. */
  readonly workspace: string;
  readonly action: RunningAction;
}

/** Reads them; absent ones are what github.com has. */
export function actionContext(env: Environment): ActionContext {
  const serverUrl = (env.GITHUB_SERVER_URL || "https://github.com").replace(/\/+$/, "");
  const repository = env.GITHUB_REPOSITORY ?? "";
  const apiUrl = (env.GITHUB_API_URL || "https://api.github.com").replace(/\/+$/, "");
  const [, kind, name] = /^refs\/(heads|tags|pull)\/(.+)$/.exec(env.GITHUB_REF ?? "") ?? [];
  const workspace = resolve(env.GITHUB_WORKSPACE || ".");
  return {
    repository,
    serverUrl,
    apiUrl,
    graphqlUrl: env.GITHUB_GRAPHQL_URL || `${apiUrl}/graphql`,
    refName: env.GITHUB_REF_NAME || name || "",
    refType: env.GITHUB_REF_TYPE || (kind === "tags" ? "tag" : "branch"),
    runUrl: env.GITHUB_RUN_ID ? `${serverUrl}/${repository}/actions/runs/${env.GITHUB_RUN_ID}` : undefined,
    summaryPath: env.GITHUB_STEP_SUMMARY || undefined,
    annotatedPath: env.RUNNER_TEMP ? join(env.RUNNER_TEMP, "partwatch-annotated") : undefined,
    workspace,
    action: runningAction(env, workspace),
  };
}

/** A folder as GitHub knows it: below the checkout, with `/`; empty if it is the checkout, or outside of it. */
export function folderInWorkspace(folder: string, { workspace }: Pick<ActionContext, "workspace">): string {
  const way = relative(workspace, folder).split(sep).join("/");
  return way === ".." || way.startsWith("../") ? "" : way;
}
