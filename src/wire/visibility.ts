import type { Clock, Log } from "../core/ports.ts";
import { isPrivateIn } from "../core/settings/visibility.ts";
import type { GithubContext } from "./run.ts";

const WAIT_MS = 60_000;

/** Whether a repository on GitHub is private; undefined: GitHub does not say. */
export async function isPrivate(
  github: GithubContext,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<boolean | undefined> {
  const { connectGithub } = await import("../github/octokit.ts");
  const api = connectGithub({ settings: github, clock, log });
  const until = new Date(clock.now().getTime() + WAIT_MS);
  const answer = await api.rest({ method: "GET", path: "", until, repeatable: true });
  return answer.kind === "done" ? isPrivateIn(answer.body) : undefined;
}
