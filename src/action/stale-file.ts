import { editPath, encodePath, type Forge } from "../core/forge.ts";
import type { PullRequestEvent } from "../github/event.ts";

/** A workflow that is out of date. */
export interface StaleFile {
  /** As in the patch: below the lists' folder. */
  readonly path: string;
  /** The expected text; null: the file should not exist. */
  readonly text: string | null;
  readonly action: "new" | "edit" | "delete";
  /** The forge's editor, opened at that file of the pull request's branch; absent if the event names no branch. */
  readonly url: string | undefined;
}

/** `folder`: the lists' folder in their repository. */
export function staleFiles(options: {
  readonly diffs: ReadonlyMap<string, string>;
  readonly texts: ReadonlyMap<string, string | null>;
  readonly folder: string;
  readonly serverUrl: string;
  readonly forge: Forge;
  readonly pullRequest: PullRequestEvent | undefined;
}): readonly StaleFile[] {
  const { headRepository, headBranch } = options.pullRequest ?? {};
  return [...options.texts].map(([path, text]) => {
    const isNew = options.diffs.get(path)?.includes("\nnew file mode ") === true;
    const action = text === null ? "delete" : isNew ? "new" : "edit";
    const file = options.folder === "" ? path : `${options.folder}/${path}`;
    if (headRepository === undefined || headBranch === undefined) return { path, text, action, url: undefined };
    const way = editPath(options.forge, { action, branch: headBranch, path: file });
    return { path, text, action, url: `${options.serverUrl}/${encodePath(headRepository)}/${way}` };
  });
}
