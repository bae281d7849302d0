// The state branch in a local clone, by git plumbing: for the command line, the demo, and other schedulers than Actions.
import type { Clock } from "../core/clock.ts";
import { FailureError } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import type { StateDelta } from "../core/telling/state.ts";
import { changesOf, isStateBranch, readFiles } from "./files.ts";
import { type Environment, type Git, GitMissing, gitIn } from "./git.ts";
import {
  type CommitContent,
  commitTree,
  GitRefused,
  must,
  type NewCommit,
  readCommit,
  writeCommit,
} from "./git-objects.ts";
import { checkedOutIn, localRef, remoteRef, type StateRef } from "./git-ref.ts";
import { isPassing, refusalOf, withoutSecrets } from "./git-refusal.ts";
import type { Committed, StateStore } from "./store.ts";

export interface GitBranchOptions {
  /** A folder of the clone; it may be bare, or a linked work tree. */
  readonly root: string;
  /** `partwatch-state` unless partwatch.yaml says otherwise. */
  readonly branch: string;
  /** Name of the remote whose branch it is (fetched before, pushed after); absent: the branch of this clone. */
  readonly remote?: string;
  readonly clock: Clock;
  readonly log: Log;
  /** As the entry read it: git needs PATH, HOME and the user's own settings. */
  readonly environment: Environment;
  /** Past so many commits the branch is replaced by one root commit of the same tree; default 5,000. */
  readonly compactAfter?: number;
  /** How long a commit is tried, in milliseconds; default 60 s. */
  readonly budgetMs?: number;
}

const firstWaitMs = 50;
const longestWaitMs = 2_000;
const fallbackIdentity = { name: "Partwatch", email: "partwatch@users.noreply.github.com" };

/** The store in a clone. Nothing is run before `read` or `commit`. */
export function openGitBranch(options: GitBranchOptions): StateStore {
  const { root, branch, remote, environment } = options;
  const git = gitIn(root, environment);
  const ref = remote === undefined ? localRef(git, branch) : remoteRef(git, branch, remote);
  const label = `branch ${branch} of ${remote === undefined ? "this clone" : remote}`;
  const place = { ...options, git, ref, label };
  return {
    label,
    read: () => inWords(place, "read the state", async () => readFiles((await patiently(place)).content.texts)),
    commit: (delta, message) => inWords(place, "write the state", () => commitDelta(place, { delta, message })),
  };
}

interface Place extends GitBranchOptions {
  readonly git: Git;
  readonly ref: StateRef;
  readonly label: string;
}

interface Standing {
  readonly head: string | undefined;
  readonly content: CommitContent;
}

async function commitDelta(place: Place, order: { delta: StateDelta; message: string }): Promise<Committed> {
  const { ref } = place;
  const patience = patienceOf(place);
  const variables = await authorship(place);
  let { head, content } = await patiently(place, patience);
  for (let conflicts = 0; ; conflicts += 1) {
    const { changes, skipped } = changesOf(content.texts, order.delta);
    const next = await writeCommit(place.git, { parent: head, changes, message: order.message, variables });
    const moved = await ref.move({ old: head, next });
    if (moved.kind === "moved") {
      const commit = await compacted(place, { commit: next, message: order.message, variables });
      return { commit, conflicts, skipped };
    }
    await patience.wait(moved.stderr);
    const now = await patiently(place, patience);
    // A push whose answer was lost did arrive.
    if (now.head === next) return { commit: next, conflicts, skipped };
    if (now.head === head && !isPassing(moved.stderr)) throw new GitRefused(moved.stderr);
    ({ head, content } = now);
  }
}

/** What stands on the branch. A passing refusal (a lock, the network) is tried again while there is time. */
async function patiently(place: Place, patience = patienceOf(place)): Promise<Standing> {
  for (;;) {
    try {
      return await standing(place);
    } catch (error) {
      if (!(error instanceof GitRefused) || !isPassing(error.message)) throw error;
      await patience.wait(error.message);
    }
  }
}

async function standing({ git, ref, branch, remote, label }: Place): Promise<Standing> {
  const tree = remote === undefined ? await checkedOutIn(git, branch) : undefined;
  if (tree !== undefined) {
    throw stateFailure(
      `${label} is checked out in ${tree}, and writing to it would confuse that work tree. Switch it to another branch.`,
    );
  }
  const head = await ref.head();
  if (head === undefined) return { head, content: { paths: [], texts: new Map() } };
  const content = await readCommit(git, head);
  if (!isStateBranch(content.paths)) {
    const some = content.paths.slice(0, 3).join(", ");
    throw stateFailure(
      `${label} holds something else (${some}), so nothing is read from it or written to it. Set another branch as state.branch in partwatch.yaml.`,
    );
  }
  return { head, content };
}

/** Waits with growing jitter between tries, each of them logged, until the time is over. */
function patienceOf({ clock, log, label, budgetMs = 60_000 }: Place): {
  readonly wait: (words: string) => Promise<void>;
} {
  const until = clock.now().getTime() + budgetMs;
  let tries = 0;
  return {
    wait: async (words) => {
      const cause = withoutSecrets(words);
      const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** tries);
      tries += 1;
      if (clock.now().getTime() >= until) {
        const message = `could not get at the state (${label}): tried ${tries} times in ${budgetMs / 1000} s, and others were always faster or kept it locked. Git said: ${cause}`;
        throw new FailureError({ kind: "state", retryable: true, message: message.replace(/\s+/g, " ") });
      }
      const waitMs = Math.ceil(clock.random() * longest);
      log.info(`could not get at the state (${label}), trying again`, {
        step: "state",
        attempt: tries,
        cause,
        wait_ms: waitMs,
      });
      await clock.sleep(waitMs);
    },
  };
}

/** The user's own identity, or Partwatch's where there is none; dates by the injected clock. */
async function authorship({ git, clock }: Place): Promise<Readonly<Record<string, string>>> {
  const date = `@${Math.floor(clock.now().getTime() / 1000)} +0000`;
  const dates = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const known = ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"].map((name) =>
    git.run(["-c", "user.useConfigOnly=true", "var", name], { variables: dates }),
  );
  const { name, email } = fallbackIdentity;
  if ((await Promise.all(known)).every((answer) => answer.code === 0)) return dates;
  return {
    ...dates,
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
}

/** Past so many commits: one root commit of the same tree takes their place. If somebody is faster, a later run does it. */
async function compacted(
  place: Place,
  made: Pick<NewCommit, "message" | "variables"> & { commit: string },
): Promise<string> {
  const { git, ref, log, compactAfter = 5_000 } = place;
  const { commit, message, variables } = made;
  try {
    const count = Number(await must(git.run(["rev-list", "--count", commit])));
    if (count <= compactAfter) return commit;
    const tree = await must(git.run(["rev-parse", "--verify", `${commit}^{tree}`]));
    const words = `${message}\n\nTakes the place of ${count} commits with the same files.`;
    const root = await commitTree(git, { parent: undefined, tree, message: words, variables });
    const moved = await ref.move({ old: commit, next: root });
    if (moved.kind === "moved") return root;
    throw new GitRefused(moved.stderr);
  } catch (error) {
    if (!(error instanceof GitRefused)) throw error;
    // What was to be remembered is remembered: this can wait.
    log.warning("the branch could not be compacted; a later run tries again", {
      step: "state",
      cause: withoutSecrets(error.message),
    });
    return commit;
  }
}

async function inWords<T>({ label, branch, root }: Place, doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof GitMissing) {
      const message = `could not ${doing} (${label}): git cannot be started in ${root}. Install Git (git-scm.com), and check that the folder is there.`;
      throw new FailureError({ kind: "state", retryable: false, message }, { cause });
    }
    if (cause instanceof GitRefused) throw refusalOf({ doing, label, branch, stderr: cause.message });
    throw cause;
  }
}

function stateFailure(message: string): FailureError {
  return new FailureError({ kind: "state", retryable: false, message });
}
