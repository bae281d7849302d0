// The state branch on GitHub, read and written through its API: no checkout, no credentials on disk.
import { backOffMs } from "../core/back-off.ts";
import { FailureError } from "../core/failure.ts";
import type { GithubApi, GithubFailure } from "../core/github-api.ts";
import type { StateDelta } from "../core/notification/state.ts";
import type { Clock, Log } from "../core/ports.ts";
import { readFiles, stateFileChanges } from "./files.ts";
import { isKept, type Loss, lossesOf, refuseLosses, withoutWords } from "./github-known.ts";
import { refuseInTheWay } from "./github-names.ts";
import { type GithubBranch, type GithubHead, readGithubBranch } from "./github-read.ts";
import { githubFailure } from "./github-refusal.ts";
import { type CommitChanges, type CommitResult, commitOnHead, compact, createBranch } from "./github-write.ts";
import { generationIn } from "./parse.ts";
import { type StateFileFilter, touchedBy, wholeBranch, wholeState } from "./paths.ts";
import { COMMIT_BUDGET_MS, type RetryBudget, spendingOf } from "./retry-budget.ts";
import type { Committed, StateStore } from "./store.ts";

export interface GithubBranchOptions {
  readonly api: GithubApi;
  /** `partwatch-state` unless partwatch.yaml says otherwise. */
  readonly branch: string;
  readonly clock: Clock;
  readonly log: Log;
  /** The branch is used as it is, although GitHub has a record of more. */
  readonly accept?: boolean;
  /** Past so many commits the branch is replaced by one root commit of the same tree; default 5,000. */
  readonly compactAfter?: number;
  /** How long the commits of this store may wait, for others or for GitHub, all together, in milliseconds; default 120 s. */
  readonly budgetMs?: number;
}

const firstWaitMs = 100;
const longestWaitMs = 10_000;
/** So often the same refusal is taken for a server that has not yet seen what was written a moment ago. */
const mostRepeats = 3;

/** The store on GitHub. Nothing is asked before `read` or `commit`. */
export function openGithubBranch(options: GithubBranchOptions): StateStore {
  const { api, branch, budgetMs = COMMIT_BUDGET_MS } = options;
  const seen = { isLooked: false, head: undefined, generation: 0, accepted: [] };
  const place: Place = { ...options, known: new Map(), seen, budget: { leftMs: budgetMs } };
  return {
    requestsLeft: api.requestsLeft,
    label: `branch ${branch} of ${api.owner}/${api.name} on GitHub`,
    read: async (more) => {
      const wanted = more?.histories ? wholeBranch : wholeState;
      return inBudget(place, async (visit) => readFiles(filesOf(await standingOf(visit, wanted))));
    },
    commit: (delta, message) => inBudget(place, (visit) => commitDelta({ ...visit, delta, message })),
  };
}

interface Place extends GithubBranchOptions {
  readonly known: Map<string, string>;
  /** What this store has seen of the branch; what has been written by others since may have lost something. */
  readonly seen: { isLooked: boolean; head: string | undefined; generation: number; accepted: readonly Loss[] };
  readonly budget: RetryBudget;
}

/** One reading or commit, with its retries. */
interface Visit extends Place {
  readonly until: Date;
  /** Called before each wait. */
  readonly onWait: () => void;
}

async function inBudget<T>(place: Place, work: (visit: Visit) => Promise<T>): Promise<T> {
  const { clock, budget, api } = place;
  const { begin: onWait, end } = spendingOf(place);
  const counted: GithubApi = {
    ...api,
    rest: (call) => api.rest({ ...call, onWait }),
    graphql: (call) => api.graphql({ ...call, onWait }),
  };
  try {
    return await work({ ...place, api: counted, until: new Date(clock.now().getTime() + budget.leftMs), onWait });
  } finally {
    end();
  }
}

/** What stands on the branch. Throws FailureError (kind state) where it has lost what GitHub, or this store, still knows. */
async function standingOf(visit: Visit, wanted: StateFileFilter): Promise<GithubBranch> {
  const { seen, accept, clock, onWait } = visit;
  for (let sightings = 1; ; sightings += 1) {
    const standing = await readGithubBranch(visit, wanted);
    const head = standing.head?.oid;
    if (seen.isLooked && seen.head === head) return standing;
    if (head === undefined) await refuseInTheWay(visit);
    const input = { ...visit, head };
    const recorded = await lossesOf(input);
    const losses = recorded ?? (await lossesSince(input, standing));
    // Where there is no record, it may be GitHub that has not yet seen what was written a moment ago.
    if (recorded === undefined && losses.length > 0 && sightings < mostRepeats) {
      onWait();
      await clock.sleep(backOffMs({ attempt: sightings, firstMs: 2_000, sure: 1, chance: 0 }));
      continue;
    }
    if (!accept) refuseLosses(losses, input);
    Object.assign(seen, { isLooked: true, head, generation: generationOf(standing), accepted: losses });
    return standing;
  }
}

/** What the branch has lost since this store read it, as far as the branch itself shows. */
async function lossesSince(
  input: Visit & { readonly head: string | undefined },
  standing: GithubBranch,
): Promise<readonly Loss[]> {
  const { head: commit, generation } = input.seen;
  if (commit === undefined || (await isKept(input, commit))) return [];
  // Replaced by one commit of the same files, at the end of a run.
  if (generationOf(standing) > generation) return [];
  return [{ commit, kind: input.head === undefined ? "deleted" : "set back" }];
}

function generationOf(standing: GithubBranch): number {
  return generationIn(filesOf(standing).get("runs.json"));
}

interface Commission extends Visit {
  readonly delta: StateDelta;
  readonly message: string;
}

/** What became of the attempts so far. */
interface Attempts {
  readonly number: number;
  readonly conflicts: number;
  /** An attempt after so many conflicts got no answer: its commit may stand on the branch. */
  readonly lost?: { readonly answer: GithubFailure; readonly conflicts: number };
  /** Where the branch stood when GitHub refused in words that may mean a conflict, and how often it did so there. */
  readonly ambiguous?: { readonly head: string | undefined; readonly times: number };
}

async function commitDelta(commission: Commission): Promise<Committed> {
  let attempts: Attempts = { number: 1, conflicts: 0 };
  for (;;) {
    const standing = await standingOf(commission, touchedBy(commission.delta));
    const { changes, skipped, files } = stateFileChanges(filesOf(standing), commission.delta);
    if (attempts.lost && standing.head && changes.size === 0) {
      // Nothing is left to add: the commit whose answer was lost did arrive, and what came after was no conflict.
      return { commit: standing.head.oid, conflicts: attempts.lost.conflicts, files, skipped };
    }
    const written = await write(commission, { head: standing.head, changes });
    if (written.kind === "committed") {
      const commit = (await compactIfLong(commission, { standing, written })) ?? written.commit;
      Object.assign(commission.seen, { head: commit, generation: files.generation, accepted: [] });
      return { commit, conflicts: attempts.conflicts, files, skipped };
    }
    attempts = nextAttempt(attempts, written, standing.head?.oid);
    if (written.kind === "ambiguous" && attempts.ambiguous?.times === mostRepeats) {
      throw githubFailure(written.answer, { ...commission, doing: standing.head ? "write" : "create" });
    }
    await waitForTurn(commission, attempts);
  }
}

async function write(
  commission: Commission,
  { head, changes }: { readonly head: GithubHead | undefined; readonly changes: CommitChanges },
): Promise<CommitResult> {
  const { message, seen } = commission;
  const without = withoutWords(seen.accepted);
  const writing = without === "" ? commission : { ...commission, message: `${message}\n\n${without}` };
  return head === undefined ? createBranch(writing, changes) : commitOnHead(writing, { head, changes });
}

function nextAttempt(
  before: Attempts,
  written: Exclude<CommitResult, { kind: "committed" }>,
  head: string | undefined,
): Attempts {
  const { number, conflicts, lost, ambiguous } = before;
  const next = { number: number + 1, conflicts, ...(lost && { lost }) };
  switch (written.kind) {
    case "conflict":
      return { ...next, conflicts: conflicts + 1 };
    case "lost":
      return { ...next, lost: { answer: written.answer, conflicts } };
    case "ambiguous":
      return { ...next, ambiguous: { head, times: ambiguous?.head === head ? (ambiguous?.times ?? 0) + 1 : 1 } };
  }
}

/** Waits a random while that grows with each attempt. Throws FailureError when the time for commits is over. */
async function waitForTurn(commission: Commission, { number, conflicts, lost }: Attempts): Promise<void> {
  const { clock, log, until, branch, api, onWait } = commission;
  const chance = clock.random();
  const waitMs = backOffMs({ attempt: number, firstMs: firstWaitMs, longestMs: longestWaitMs, sure: 0.2, chance });
  if (clock.now().getTime() + waitMs > until.getTime()) {
    if (lost) throw githubFailure(lost.answer, { ...commission, doing: "write" });
    const message =
      `could not write the state to branch ${branch} of ${api.owner}/${api.name}: others were faster ${conflicts} times ` +
      "until the time for it was over. Let fewer runs write at the same moment";
    throw new FailureError({ kind: "state", retryable: true, message });
  }
  const cause = lost ? "GitHub gave no answer" : "another run wrote first";
  log.info(`${cause}; writing the state again in ${waitMs} ms`, { step: "state", attempt: number, wait_ms: waitMs });
  onWait();
  await clock.sleep(waitMs);
}

/** The root commit that replaced the branch; undefined while it is short, or if somebody else wrote meanwhile. */
async function compactIfLong(
  commission: Commission,
  {
    standing,
    written,
  }: { readonly standing: GithubBranch; readonly written: Extract<CommitResult, { kind: "committed" }> },
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
