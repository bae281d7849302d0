// The state branch on GitHub, read and written through its API: no checkout, no credentials on disk.
import type { Clock } from "../core/clock.ts";
import { FailureError } from "../core/failure.ts";
import type { GithubApi } from "../core/github-api.ts";
import type { Log } from "../core/log.ts";
import type { StateDelta } from "../core/telling/state.ts";
import { changesOf, readFiles } from "./files.ts";
import { type GithubBranch, type GithubHead, readGithubBranch } from "./github-read.ts";
import { refusalOf, type Unfinished } from "./github-refusal.ts";
import { type Changes, commitOnHead, compact, createBranch, type Written } from "./github-write.ts";
import { touchedBy, wholeBranch, wholeState } from "./paths.ts";
import { COMMIT_BUDGET_MS } from "./patience.ts";
import type { Committed, StateStore } from "./store.ts";

export interface GithubBranchOptions {
  readonly api: GithubApi;
  /** `partwatch-state` unless partwatch.yaml says otherwise. */
  readonly branch: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Past so many commits the branch is replaced by one root commit of the same tree; default 5,000. */
  readonly compactAfter?: number;
  /** How long a commit is tried, in milliseconds; default 120 s. */
  readonly budgetMs?: number;
}

const firstWaitMs = 100;
const longestWaitMs = 10_000;
/** So often the same refusal is taken for a server that has not yet seen what was written a moment ago. */
const mostDoubts = 3;

/** The store on GitHub. Nothing is asked before `read` or `commit`. */
export function openGithubBranch(options: GithubBranchOptions): StateStore {
  const { api, branch, clock, budgetMs = COMMIT_BUDGET_MS } = options;
  const known = new Map<string, string>();
  const deadline = () => new Date(clock.now().getTime() + budgetMs);
  return {
    requestsLeft: api.requestsLeft,
    label: `branch ${branch} of ${api.owner}/${api.name} on GitHub`,
    read: async (more) => {
      const wanted = more?.histories ? wholeBranch : wholeState;
      return readFiles(filesOf(await readGithubBranch({ api, branch, known, until: deadline() }, wanted)));
    },
    commit: (delta, message) => commitDelta({ ...options, known, until: deadline(), delta, message }),
  };
}

interface Commission extends GithubBranchOptions {
  readonly known: Map<string, string>;
  readonly until: Date;
  readonly delta: StateDelta;
  readonly message: string;
}

/** What became of the attempts so far. */
interface Attempts {
  readonly number: number;
  readonly conflicts: number;
  /** An attempt after so many conflicts got no answer: its commit may stand on the branch. */
  readonly lost?: { readonly answer: Unfinished; readonly conflicts: number };
  /** Where the branch stood when GitHub refused in words that may mean a conflict, and how often it did so there. */
  readonly doubts?: { readonly head: string | undefined; readonly times: number };
}

async function commitDelta(commission: Commission): Promise<Committed> {
  let attempts: Attempts = { number: 1, conflicts: 0 };
  for (;;) {
    const standing = await readGithubBranch(commission, touchedBy(commission.delta));
    const { changes, skipped, files } = changesOf(filesOf(standing), commission.delta);
    if (attempts.lost && standing.head && changes.size === 0) {
      // Nothing is left to add: the commit whose answer was lost did arrive, and what came after was no conflict.
      return { commit: standing.head.oid, conflicts: attempts.lost.conflicts, files, skipped };
    }
    const written = await write(commission, { head: standing.head, changes });
    if (written.kind === "committed") {
      const commit = (await compactIfLong(commission, { standing, written })) ?? written.commit;
      return { commit, conflicts: attempts.conflicts, files, skipped };
    }
    attempts = nextAttempt(attempts, written, standing.head?.oid);
    if (written.kind === "doubtful" && attempts.doubts?.times === mostDoubts) {
      throw refusalOf(written.answer, { ...commission, doing: standing.head ? "write" : "create" });
    }
    await waitForTurn(commission, attempts);
  }
}

async function write(
  commission: Commission,
  { head, changes }: { readonly head: GithubHead | undefined; readonly changes: Changes },
): Promise<Written> {
  if (head === undefined) return createBranch(commission, changes);
  return commitOnHead(commission, { head, changes });
}

function nextAttempt(
  before: Attempts,
  written: Exclude<Written, { kind: "committed" }>,
  head: string | undefined,
): Attempts {
  const { number, conflicts, lost, doubts } = before;
  const next = { number: number + 1, conflicts, ...(lost && { lost }) };
  switch (written.kind) {
    case "conflict":
      return { ...next, conflicts: conflicts + 1 };
    case "lost":
      return { ...next, lost: { answer: written.answer, conflicts } };
    case "doubtful":
      return { ...next, doubts: { head, times: doubts?.head === head ? (doubts?.times ?? 0) + 1 : 1 } };
  }
}

/** Waits a random while that grows with each attempt. Throws FailureError when the time for this commit is over. */
async function waitForTurn(commission: Commission, { number, conflicts, lost }: Attempts): Promise<void> {
  const { clock, log, until, branch, api } = commission;
  const mostMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (number - 1));
  const waitMs = Math.round(mostMs * (0.2 + 0.8 * clock.random()));
  if (clock.now().getTime() + waitMs > until.getTime()) {
    if (lost) throw refusalOf(lost.answer, { ...commission, doing: "write" });
    const message =
      `could not write the state to branch ${branch} of ${api.owner}/${api.name}: others were faster ${conflicts} times ` +
      "until the time for it was over. Let fewer runs write at the same moment";
    throw new FailureError({ kind: "state", retryable: true, message });
  }
  const cause = lost ? "GitHub gave no answer" : "somebody else wrote first";
  log.info(`${cause}; writing the state again in ${waitMs} ms`, { step: "state", attempt: number, wait_ms: waitMs });
  await clock.sleep(waitMs);
}

/** The root commit that replaced the branch; undefined while it is short, or if somebody else wrote meanwhile. */
async function compactIfLong(
  commission: Commission,
  { standing, written }: { readonly standing: GithubBranch; readonly written: Extract<Written, { kind: "committed" }> },
): Promise<string | undefined> {
  const { repositoryId, head } = standing;
  const { log, branch, compactAfter = 5_000, delta } = commission;
  const commits = (head?.commits ?? 0) + 1;
  if (commits <= compactAfter || delta.interim) return undefined;
  const message = `${commission.message}\n\nTakes the place of ${commits} commits with the same files, the last of them ${written.commit}.`;
  try {
    const root = await compact({ ...commission, message }, { repositoryId, head: written.commit, tree: written.tree });
    if (root !== undefined) log.info(`replaced ${commits} commits of ${branch} by one`, { step: "state" });
    return root;
  } catch (error) {
    // The state itself is committed; a long history is no reason to fail the run, and the next one tries again.
    if (!(error instanceof FailureError)) throw error;
    log.warning(`the branch ${branch} has ${commits} commits and could not be compacted: ${error.message}`, {
      step: "state",
    });
    return undefined;
  }
}

function filesOf({ head }: GithubBranch): ReadonlyMap<string, string> {
  return head?.files ?? new Map();
}
