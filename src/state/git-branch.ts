// The state branch in a local clone, by git plumbing: for the command line, the demo, and other schedulers than Actions.

import { FailureError } from "../core/failure.ts";
import type { StateDelta } from "../core/notification/state.ts";
import type { Clock, Environment, Log } from "../core/ports.ts";
import { readFiles, stateFileChanges } from "./files.ts";
import { type Git, GitMissing, gitIn } from "./git.ts";
import type { RemoteAccess } from "./git-access.ts";
import { authorOf, type Identity } from "./git-identity.ts";
import { isKept, refuseLoss } from "./git-known.ts";
import { refuseStaleLock, type SeenLocks } from "./git-lock.ts";
import { type CommitContent, readCommit, type TextCache, unwrap, writeCommit, writeRoot } from "./git-objects.ts";
import { formatOf, type ObjectFormat } from "./git-pack.ts";
import { type GitObject, type GitReader, openReader } from "./git-reader.ts";
import { checkedOutIn, localRef, remoteRef, type StateRef } from "./git-ref.ts";
import { gitFailure, gitMessage, isPassing } from "./git-refusal.ts";
import { GitRefused } from "./git-refused.ts";
import { isStateBranch, type StateFileFilter, touchedBy, wholeBranch, wholeState } from "./paths.ts";
import { COMMIT_BUDGET_MS, type Retries, type RetryBudget, retriesWithin } from "./retry-budget.ts";
import type { Committed, StateStore } from "./store.ts";

export interface GitBranchOptions {
  /** A folder of the clone; it may be bare, or a linked work tree. */
  readonly root: string;
  /** `partwatch-state` unless partwatch.yaml says otherwise. */
  readonly branch: string;
  /** Name of the remote whose branch it is (fetched before, pushed after); absent: the branch of this clone. */
  readonly remote?: string;
  /** A job's token for that remote; absent: Git has credentials of its own, or needs none. */
  readonly access?: RemoteAccess;
  readonly clock: Clock;
  readonly log: Log;
  /** As the entry read it: git needs PATH, HOME and the user's own settings. */
  readonly environment: Environment;
  /** The branch is taken as it is, although it may have lost what this clone knew of it. */
  readonly accept?: boolean;
  /** Past so many commits the branch is replaced by one root commit of the same tree; default 5,000. */
  readonly compactAfter?: number;
  /** How long the commits of this store may wait for others, all together, in milliseconds; default 120 s. */
  readonly budgetMs?: number;
}

/** The store in a clone. Nothing is run before `read` or `commit`. */
export function openGitBranch(options: GitBranchOptions): StateStore {
  const { root, branch, remote, access, environment, budgetMs = COMMIT_BUDGET_MS } = options;
  const git = gitIn(root, environment);
  const ref = remote === undefined ? localRef(git, branch) : remoteRef(git, { branch, remote, access, environment });
  const label = `branch ${branch} of ${remote === undefined ? "this clone" : remote}`;
  const place: Branch = { ...options, git, ref, label, texts: new Map(), budget: { leftMs: budgetMs } };
  return {
    label,
    read: (more) => {
      const wanted = more?.histories ? wholeBranch : wholeState;
      const read = async (visit: Visit) => readFiles((await retryWhileBusy({ ...visit, wanted, first: true })).texts);
      return inWords(place, "read the state", read);
    },
    commit: (delta, message) => inWords(place, "write the state", (visit) => commitDelta(visit, { delta, message })),
  };
}

interface Branch extends GitBranchOptions {
  readonly git: Git;
  readonly ref: StateRef;
  readonly label: string;
  readonly texts: TextCache;
  readonly budget: RetryBudget;
  identity?: Promise<Identity>;
}

/** One reading or commit, with its retries. */
interface Visit {
  readonly place: Branch;
  readonly reader: GitReader;
  readonly retries: Retries;
  readonly seen: SeenLocks;
  readonly doing: string;
}

interface Look extends Visit {
  readonly wanted: StateFileFilter;
  /** Not a repetition: what seldom changes is looked at too. */
  readonly first: boolean;
}

async function commitDelta(visit: Visit, order: { delta: StateDelta; message: string }): Promise<Committed> {
  const { place, retries } = visit;
  const { git, ref } = place;
  const author = await authorOf(place);
  const wanted = touchedBy(order.delta);
  let content = await retryWhileBusy({ ...visit, wanted, first: true });
  const format = await objectFormat(place, content);
  for (let conflicts = 0; ; conflicts += 1) {
    const { changes, skipped, files } = stateFileChanges(content.texts, order.delta);
    const { base } = content;
    const next = await writeCommit(git, { base, changes, message: order.message, author, format });
    const moved = await ref.move({ old: base?.commit, next });
    if (moved.kind === "moved") {
      const commit = order.delta.interim ? next : await compacted(visit, { commit: next, ...order });
      return { commit, conflicts, files, skipped };
    }
    await giveUpOnLock(visit, moved.stderr);
    await retries.wait(gitMessage(moved.stderr));
    content = await retryWhileBusy({ ...visit, wanted, first: false });
    // A push whose answer was lost did arrive.
    if (content.base?.commit === next) return { commit: next, conflicts, files, skipped };
    if (content.base?.commit === base?.commit && !isPassing(moved.stderr)) throw new GitRefused(moved.stderr);
  }
}

/** What stands on the branch. A passing refusal (a lock, the network) is tried again while there is time. */
async function retryWhileBusy(visit: Look): Promise<CommitContent> {
  for (;;) {
    try {
      return await standing(visit);
    } catch (error) {
      if (!(error instanceof GitRefused) || !isPassing(error.message)) throw error;
      await giveUpOnLock(visit, error.message);
      await visit.retries.wait(gitMessage(error.message));
    }
  }
}

async function standing(look: Look): Promise<CommitContent> {
  const { place, reader, first } = look;
  const { git, ref, branch, remote, label } = place;
  const tree = first && remote === undefined ? await checkedOutIn(git, branch) : undefined;
  if (tree !== undefined) {
    throw stateFailure(
      `${label} is checked out in ${tree}, and writing to it would confuse that work tree. Switch it to another branch.`,
    );
  }
  const [known] = first ? (await reader.ask(ref.known.map((name) => `${name}^{commit}`))).filter(isThere) : [];
  const content = await whole(look, known);
  const head = content.base?.commit;
  if (first && head !== undefined && known?.oid !== head) await ref.remember(head);
  return content;
}

/** The present branch, including everything that this clone knew before, and that the remote has: other clones may have written since. */
async function whole(look: Look, known: GitObject | undefined): Promise<CommitContent> {
  const { place, reader } = look;
  const { ref, accept, remote } = place;
  const content = await fetched(look);
  if (accept) return content;
  const [marked] = ref.marker === undefined ? [] : await reader.ask([`${ref.marker}^{commit}`]);
  const heads = { ...place, remote, reader, content };
  if (known !== undefined) await refuseLoss({ ...heads, known, isMarked: false });
  if (marked === undefined || (await isKept({ ...heads, known: marked, isMarked: true }))) return content;
  // Somebody may have written while both were read: what was recorded then is there now.
  const again = await fetched(look);
  await refuseLoss({ ...heads, content: again, known: marked, isMarked: true });
  return again;
}

/** Throws where the branch cannot be ours. */
async function fetched({ place, reader, wanted }: Look): Promise<CommitContent> {
  const { git, ref, branch, label, texts } = place;
  const content = (await ref.fetch()) ? await readCommit(reader, { ref: ref.ref, known: texts, wanted }) : NOTHING;
  if (content.base === undefined) {
    const [other] = await ref.inTheWay();
    if (other !== undefined) throw new GitRefused(`'${other}' exists; cannot create '${branch}'`);
  } else if (!isStateBranch(content.paths)) {
    const listed = await unwrap(git.run(["ls-tree", "-r", "--name-only", "--full-tree", content.base.commit]));
    const some = listed.split("\n").slice(0, 3).join(", ");
    throw stateFailure(
      `${label} holds something else (${some}), so nothing is read from it or written to it. Set another branch as state.branch in partwatch.yaml.`,
    );
  }
  return content;
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}

const NOTHING: CommitContent = { paths: [], texts: new Map(), base: undefined };

function giveUpOnLock({ place, doing, seen }: Visit, stderr: string): Promise<void> {
  const { root, clock, label } = place;
  return refuseStaleLock({ stderr, root, now: clock.now(), seen, what: `could not ${doing} (${label})` });
}

/** The branch's own format; of a branch that is to begin, the repository's. */
async function objectFormat({ git }: Branch, { base }: CommitContent): Promise<ObjectFormat> {
  if (base !== undefined) return formatOf(base.commit);
  const { code, stdout } = await git.run(["rev-parse", "--show-object-format"]);
  return code === 0 && stdout.toString("utf8").trim() === "sha256" ? "sha256" : "sha1";
}

/** Past so many commits: one root commit of the same tree takes their place. If somebody is faster, a later run does it. */
async function compacted(
  { place }: Visit,
  made: { readonly commit: string; readonly message: string },
): Promise<string> {
  const { git, ref, log, compactAfter = 5_000 } = place;
  const { commit, message } = made;
  try {
    const count = Number(await unwrap(git.run(["rev-list", "--count", commit])));
    if (count <= compactAfter) return commit;
    const tree = await unwrap(git.run(["rev-parse", "--verify", `${commit}^{tree}`]));
    const words = `${message}\n\nTakes the place of ${count} commits with the same files, the last of them ${commit}.`;
    const root = await writeRoot(git, { tree, message: words, author: await authorOf(place) });
    const moved = await ref.move({ old: commit, next: root });
    if (moved.kind === "moved") return root;
    throw new GitRefused(moved.stderr);
  } catch (error) {
    if (!(error instanceof GitRefused)) throw error;
    // Everything that had to be recorded is: this can wait.
    log.warning("the branch could not be compacted; a later run tries again", {
      step: "state",
      cause: gitMessage(error.message),
    });
    return commit;
  }
}

async function inWords<T>(place: Branch, doing: string, work: (visit: Visit) => Promise<T>): Promise<T> {
  const { git, label, branch, root, access } = place;
  const retries = retriesWithin(place);
  const reader = openReader(git);
  try {
    return await work({ place, reader, retries, doing, seen: new Map() });
  } catch (cause) {
    if (cause instanceof GitMissing) {
      const message = `could not ${doing} (${label}): git cannot be started in ${root}. Install Git (git-scm.com), and check that the folder is there.`;
      throw new FailureError({ kind: "state", retryable: false, message }, { cause });
    }
    if (cause instanceof GitRefused)
      throw gitFailure({ doing, label, branch, stderr: cause.message, hasToken: access !== undefined });
    throw cause;
  } finally {
    retries.end();
    reader.close();
  }
}

function stateFailure(message: string): FailureError {
  return new FailureError({ kind: "state", retryable: false, message });
}
