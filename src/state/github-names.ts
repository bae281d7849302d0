// Branches whose names leave no room for the state's: Git keeps names like paths, and a branch cannot be a folder too.
import { FailureError } from "../core/failure.ts";
import type { GithubApi } from "../core/github-api.ts";
import { inside } from "../core/records.ts";

/**
 * Throws FailureError (kind state) with the way out if another branch keeps this one from being created. Nothing where GitHub
 * does not say: then the creation itself fails.
 */
export async function refuseInTheWay({
  api,
  branch,
  until,
}: {
  readonly api: GithubApi;
  readonly branch: string;
  readonly until: Date;
}): Promise<void> {
  const [first = ""] = branch.split("/");
  const path = `/git/matching-refs/heads/${encodeURIComponent(first)}`;
  const answer = await api.rest({ method: "GET", path, until, repeatable: true });
  if (answer.kind !== "done" || !Array.isArray(answer.body)) return;
  const names = answer.body.map((ref: unknown) => String(inside(ref, "ref")).replace(/^refs\/heads\//, ""));
  const other = names.find((name) => name.startsWith(`${branch}/`) || branch.startsWith(`${name}/`));
  if (other === undefined) return;
  const repository = `${api.owner}/${api.name}`;
  throw new FailureError({
    kind: "state",
    retryable: false,
    message: `could not create branch ${branch} of ${repository} on GitHub: the branch ${other} leaves no room for this name. Nothing was written, and nobody was notified. Set another one as state.branch in partwatch.yaml, or rename or delete that branch.`,
  });
}
