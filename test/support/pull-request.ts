// A pull request from a branch of the same repository, as a workflow sees it: its checkout is the merge.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type ActionResult, type ActionRun, openRunner, type Runner } from "./action.ts";
import { type LocalPull, openPull } from "./github-api/pull-comments.ts";

export const NUMBER = 7;

export interface PullRequest extends AsyncDisposable {
  readonly runner: Runner;
  readonly pull: LocalPull;
  /** Makes these files its change, instead of what it changed before; null: deleted. Without: the base as it is. */
  readonly propose: (files: Readonly<Record<string, string | null>>) => Promise<void>;
  /** Runs the command preview. */
  readonly preview: (run?: Partial<ActionRun>) => Promise<ActionResult>;
  /** The bodies of its comments. */
  readonly bodies: () => readonly string[];
}

/** Opens one on a repository with these files; `await using` closes it. */
export async function openPullRequest(files: Readonly<Record<string, string>>): Promise<PullRequest> {
  const runner = await openRunner(files);
  const pull = openPull(runner.github.world.pulls, NUMBER);
  return {
    runner,
    pull,
    propose: (change) => propose(runner, change),
    preview: async (run = {}) => {
      const { inputs, ...rest } = run;
      const payload = await payloadOf(runner);
      return runner.run({
        event: "pull_request",
        ref: `refs/pull/${NUMBER}/merge`,
        payload,
        inputs: { command: "preview", ...inputs },
        ...rest,
      });
    },
    bodies: () => pull.comments.map(({ body }) => body),
    [Symbol.asyncDispose]: () => runner[Symbol.asyncDispose](),
  };
}

/** What GitHub says of it in the event. */
export async function payloadOf({ git }: Runner): Promise<Readonly<Record<string, unknown>>> {
  const [base, head] = await Promise.all([git("rev-parse", "main"), git("rev-parse", "HEAD^2").catch(() => "")]);
  return {
    number: NUMBER,
    pull_request: {
      number: NUMBER,
      head: { ref: "change", sha: head, repo: { full_name: "acme/lists", fork: false } },
      base: { ref: "main", sha: base },
    },
  };
}

/** Makes these files the change of a branch, and merges it as GitHub does for its checkout; null: deleted. */
export async function propose(
  { git, root, write }: Runner,
  files: Readonly<Record<string, string | null>>,
): Promise<void> {
  await git("checkout", "--quiet", "-B", "change", "main");
  for (const [path, text] of Object.entries(files)) {
    if (text === null) await rm(join(root, path));
    else await write(path, text);
  }
  await git("add", "--all");
  await git("commit", "--quiet", "--allow-empty", "--message=Change");
  await git("checkout", "--quiet", "--detach", "main");
  await git("merge", "--quiet", "--no-ff", "--message=Merge", "change");
}
