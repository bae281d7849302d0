// Forges: software that hosts repositories and runs workflows. All their differences are in this file.
import type { Environment } from "./ports.ts";

/** Where a workflow may run. */
export type Forge = "github" | "gitea" | "forgejo";

export const FORGE_NAMES: Readonly<Record<Forge, string>> = { github: "GitHub", gitea: "Gitea", forgejo: "Forgejo" };

/** The forge that runs this. Forgejo sets Gitea's variable as well; both leave the address of GraphQL empty, which they do not have. */
export function forgeIn(env: Environment): Forge {
  if (env.FORGEJO_ACTIONS === "true") return "forgejo";
  return env.GITEA_ACTIONS === "true" || env.GITHUB_GRAPHQL_URL === "" ? "gitea" : "github";
}

/** A run's page in the browser; undefined if the runner does not name its run. */
export function runPath(forge: Forge, env: Environment): string | undefined {
  // Gitea counts runs of all repositories since 1.26, as GitHub does; Forgejo's pages have the number within the repository.
  const run = forge === "forgejo" ? env.GITHUB_RUN_NUMBER : env.GITHUB_RUN_ID;
  return run ? `actions/runs/${run}` : undefined;
}

/** The page for secrets and variables of a repository. */
export function secretsPath(forge: Forge): string {
  return forge === "github" ? "settings/secrets/actions" : "settings/actions/secrets";
}

/** A file of a branch in the browser. Both are encoded here. */
export function filePath(forge: Forge, { branch, path }: { readonly branch: string; readonly path: string }): string {
  return `${forge === "github" ? "blob" : "src/branch"}/${encodePath(branch)}/${encodePath(path)}`;
}

/** The forge's editor, opened at a file of a branch. */
export function editPath(
  forge: Forge,
  {
    action,
    branch,
    path,
  }: { readonly action: "new" | "edit" | "delete"; readonly branch: string; readonly path: string },
): string {
  const at = `${forge === "github" ? "" : "_"}${action}/${encodePath(branch)}`;
  if (action !== "new") return `${at}/${encodePath(path)}`;
  return forge === "github" ? `${at}?filename=${encodeURIComponent(path)}` : `${at}/${encodePath(path)}`;
}

export function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
