import type { Deps } from "../app/deps.ts";
import { editPath, encodePath, type Forge, filePath } from "../core/forge.ts";
import type { Config } from "../core/settings/config.ts";
import { type Variables, variable } from "../core/settings/variables.ts";
import type { Repository } from "../system/repository.ts";

/** Pages of the repository in the browser: of its default branch, as far as it has an address there. */
export function repositoryPages(
  repository: Repository,
  {
    context,
    issues,
    config,
    variables,
  }: {
    /** The workflow in which this runs; absent: a clone somewhere else. */
    readonly context: { readonly forge?: Forge } | undefined;
    /** `owner/name` of the repository on GitHub that has the issues. */
    readonly issues: string | undefined;
    readonly config: Config;
    readonly variables: Variables;
  },
): Pick<Deps, "fileUrl" | "editUrl" | "issueUrl"> {
  const { webUrl, defaultBranch, branch: current } = repository;
  const workflow = context === undefined ? undefined : (context.forge ?? "github");
  const forge = workflow ?? targetForge(config);
  const editor = editorOf(repository, { workflow, config });
  const branch = defaultBranch || current;
  const server = (variable(variables, "GITHUB_SERVER_URL") ?? "https://github.com").replace(/\/+$/, "");
  const page = (path: string | undefined): string | undefined =>
    webUrl === undefined || path === undefined ? undefined : `${webUrl}/${path}`;
  return {
    // GitLab's addresses of files are like GitHub's.
    fileUrl: (path) => page(branch === undefined ? undefined : filePath(forge, { branch, path })),
    editUrl: (path) => page(branch === undefined ? undefined : editor?.({ branch, path })),
    issueUrl: (number) => (issues === undefined ? undefined : `${server}/${issues}/issues/${number}`),
  };
}

/** The forge that the workflows of a clone are written for. */
export function targetForge({ schedule: { target } }: Config): Forge {
  return target === "gitea" || target === "forgejo" ? target : "github";
}

type Editor = (file: { readonly branch: string; readonly path: string }) => string;

/** undefined: nobody has said which forge this is, and its editor may stand anywhere. */
function editorOf(
  { webUrl = "" }: Repository,
  { workflow, config }: { readonly workflow: Forge | undefined; readonly config: Config },
): Editor | undefined {
  const { target } = config.schedule;
  const on =
    (forge: Forge): Editor =>
    (file) =>
      editPath(forge, { action: "edit", ...file });
  if (workflow !== undefined) return on(workflow);
  if (target === "gitlab") return ({ branch, path }) => `-/edit/${encodePath(branch)}/${encodePath(path)}`;
  if (target === "gitea" || target === "forgejo") return on(target);
  return webUrl.startsWith("https://github.com/") ? on("github") : undefined;
}
