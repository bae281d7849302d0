import { join, relative, resolve, sep } from "node:path";
import { type Forge, forgeIn, runPath, secretsPath } from "../core/forge.ts";
import type { Environment } from "../core/ports.ts";
import { type RunningAction, runningAction } from "./running.ts";

/** The workflow run, from the default environment variables of GitHub, or a forge like it. */
export interface ActionContext {
  readonly forge: Forge;
  readonly repository: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly serverUrl: string;
  /** Short name of the branch or tag, or `12/merge`. */
  readonly refName: string;
  readonly refType: string;
  readonly runUrl: string | undefined;
  /** The page for secrets and variables. */
  readonly settingsUrl: string;
  readonly summaryPath: string | undefined;
  /** What the job's steps have annotated; absent if no file outlives a step. */
  readonly annotatedPath: string | undefined;
  /** The checkout's folder. */
  readonly workspace: string;
  readonly action: RunningAction;
}

/** Reads them; absent ones default to those of github.com. */
export function actionContext(env: Environment): ActionContext {
  const serverUrl = (env.GITHUB_SERVER_URL || "https://github.com").replace(/\/+$/, "");
  const repository = env.GITHUB_REPOSITORY ?? "";
  const apiUrl = (env.GITHUB_API_URL || "https://api.github.com").replace(/\/+$/, "");
  const [, kind, name] = /^refs\/(heads|tags|pull)\/(.+)$/.exec(env.GITHUB_REF ?? "") ?? [];
  const forge = forgeIn(env);
  const run = runPath(forge, env);
  const workspace = resolve(env.GITHUB_WORKSPACE || ".");
  return {
    forge,
    repository,
    serverUrl,
    apiUrl,
    graphqlUrl: env.GITHUB_GRAPHQL_URL || `${apiUrl}/graphql`,
    refName: env.GITHUB_REF_NAME || name || "",
    refType: env.GITHUB_REF_TYPE || (kind === "tags" ? "tag" : "branch"),
    runUrl: run === undefined ? undefined : `${serverUrl}/${repository}/${run}`,
    settingsUrl: `${serverUrl}/${repository}/${secretsPath(forge)}`,
    summaryPath: env.GITHUB_STEP_SUMMARY || undefined,
    annotatedPath: env.RUNNER_TEMP ? join(env.RUNNER_TEMP, "partwatch-annotated") : undefined,
    workspace,
    action: runningAction(env, workspace),
  };
}

/** GitHub shows ten annotations of a sort; elsewhere they are lines of the log. */
export function annotationRoom({ forge }: Pick<ActionContext, "forge">): { readonly most?: number } {
  return forge === "github" ? {} : { most: Number.POSITIVE_INFINITY };
}

/** A folder's path in the repository: below the checkout, with `/`; empty if it is the checkout, or outside of it. */
export function folderInWorkspace(folder: string, { workspace }: Pick<ActionContext, "workspace">): string {
  const way = relative(workspace, folder).split(sep).join("/");
  return way === ".." || way.startsWith("../") ? "" : way;
}
