import type { PullRequestEvent } from "../github/event.ts";

/** A workflow that is not what the monitors say. */
export interface StaleFile {
  /** As the patch has it: below the lists' folder. */
  readonly path: string;
  /** What it is to be; null: not there. */
  readonly text: string | null;
  readonly action: "new" | "edit" | "delete";
  /** GitHub's editor, opened at that file of the pull request's branch; absent where the event names no branch. */
  readonly url: string | undefined;
}

/** `folder`: where the lists stand in their repository. */
export function staleFiles(of: {
  readonly diffs: ReadonlyMap<string, string>;
  readonly texts: ReadonlyMap<string, string | null>;
  readonly folder: string;
  readonly serverUrl: string;
  readonly pullRequest: PullRequestEvent | undefined;
}): readonly StaleFile[] {
  const { headRepository, headBranch } = of.pullRequest ?? {};
  return [...of.texts].map(([path, text]) => {
    const isNew = of.diffs.get(path)?.includes("\nnew file mode ") === true;
    const action = text === null ? "delete" : isNew ? "new" : "edit";
    const file = of.folder === "" ? path : `${of.folder}/${path}`;
    if (headRepository === undefined || headBranch === undefined) return { path, text, action, url: undefined };
    const at = `${of.serverUrl}/${encodePath(headRepository)}/${action}/${encodePath(headBranch)}`;
    const url = action === "new" ? `${at}?filename=${encodeURIComponent(file)}` : `${at}/${encodePath(file)}`;
    return { path, text, action, url };
  });
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
