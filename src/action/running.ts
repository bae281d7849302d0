// The running action: how workflows call it, and how somebody with a clone starts the same program.
import { realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Environment } from "../core/ports.ts";
import { programFolder, versioned } from "../system/program-action.ts";

/** `folder`: its path in its repository; empty for the top. */
export type RunningAction =
  | { readonly kind: "remote"; readonly repository: string; readonly ref: string; readonly folder: string }
  /** In the repository that is checked out (`./`). */
  | { readonly kind: "vendored"; readonly folder: string }
  /** Started by something other than a runner; `folder` is absolute. */
  | { readonly kind: "elsewhere"; readonly folder: string };

/** The runner puts a remote action into `_actions/OWNER/NAME/REF`, and runs one of the same repository in place. */
export function runningAction(env: Environment, workspace: string): RunningAction {
  const program = programFolder();
  const { GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = env;
  if (repository && ref && /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref)) {
    const [, folder = ""] = slashes(program).split(`/_actions/${repository}/${ref}/`);
    return { kind: "remote", repository, ref, folder };
  }
  const way = slashes(relative(real(workspace), program));
  if (way === ".." || way.startsWith("../")) return { kind: "elsewhere", folder: program };
  return { kind: "vendored", folder: way };
}

/** The action as in `uses:`; undefined if no workflow started it. */
export function usesOf(action: RunningAction): string | undefined {
  switch (action.kind) {
    case "remote": {
      const { repository, ref, folder } = action;
      return versioned(`${folder === "" ? repository : `${repository}/${folder}`}@${ref}`);
    }
    case "vendored":
      return `./${action.folder}`;
    case "elsewhere":
      return undefined;
    default:
      return action satisfies never;
  }
}

export interface CloneSteps {
  /** Prepares it, once: the program itself. */
  readonly prepare: readonly string[];
  /** Writes the workflows; needs only Node and a clone. */
  readonly generate: string;
}

/**
 * What to type at the top of a clone. Only the action's own commit writes exactly the bytes that it compares with. npm is no
 * option: since version 12 it loads nothing from Git.
 */
export function cloneSteps(input: {
  readonly action: RunningAction;
  readonly serverUrl: string;
  /** The repository of the lists, and their folder in it. */
  readonly repository: string;
  readonly root: string;
}): CloneSteps {
  const { action, root } = input;
  const options = root === "" ? "" : `-C ${quoted(root)} `;
  const generate = (program: string) => `node ${quoted(slashes(join(program, "dist/cli.mjs")))} ${options}generate`;
  if (action.kind !== "remote") return { prepare: [], generate: generate(action.folder) };
  const name = action.repository.slice(action.repository.indexOf("/") + 1);
  const beside = `../${input.repository.endsWith(`/${name}`) ? `${name}-action` : name}`;
  return {
    prepare: [
      `git clone ${input.serverUrl}/${action.repository} ${beside}`,
      `git -C ${beside} fetch origin ${action.ref}`,
      `git -C ${beside} checkout --detach FETCH_HEAD`,
    ],
    generate: generate(`${beside}/${action.folder}`),
  };
}

function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function slashes(path: string): string {
  return path.split(sep).join("/");
}

function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
