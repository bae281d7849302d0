// How many requests a run makes to GitHub's API, counted off src/state/github-*.ts and src/app/run/batches.ts;
// test/github/simulation.test.ts holds it to what a run really asks.

/** Lists whose messages are claimed by one commit (src/app/run/batches.ts). */
export const BATCH = 25;
/** Files that one query reads (src/state/github-read.ts). */
export const TEXTS_AT_ONCE = 50;
/** Longer files come one by one: GraphQL cuts them. */
const LONGEST_TEXT = 512_000;
/** Of a list in runs.json and in data.json. */
const RUNS_BYTES = 560;

/** Open orders and the outlook of one server. */
const SERVER_FILES = 2;

/** The branch as a run finds it. */
export interface Standing {
  /** Lists with a state, a report and a history there. */
  readonly known: number;
  /** All lists of the branch. */
  readonly lists: number;
}

/** Requests for so many files that are not known yet. */
export function textCalls(files: number): number {
  return Math.ceil(files / TEXTS_AT_ONCE);
}

/** Requests for runs.json, each time that it has changed: with many lists it does not come along with the branch. */
export function runsCalls(lists: number): number {
  return lists * RUNS_BYTES > LONGEST_TEXT ? 2 : 0;
}

/** What a run reads before anything else: the branch, what GitHub remembers of it, and states and reports of all lists. */
export function readCalls({ known, lists }: Standing): number {
  // Without a branch: whether another one is in its way.
  if (lists === 0) return 3;
  return 2 + runsCalls(lists) + textCalls(2 * known + SERVER_FILES);
}

/**
 * One commit: a look at the branch, what it does not know of the files that it touches, and the writing. `moved`: others
 * have written since this run last looked, so that GitHub is asked once more what it remembers.
 */
export function commitCalls(of: {
  readonly unknown: number;
  readonly isFirst: boolean;
  readonly moved: boolean;
}): number {
  const { unknown, isFirst, moved } = of;
  const writing = isFirst ? 3 : 1;
  return 1 + (moved ? 1 : 0) + textCalls(unknown) + writing;
}

/** Files that a commit for a batch does not know: states of the batch before, which it has claimed itself. */
export function unknownToBatch(before: number): number {
  return before;
}

/**
 * Files that the last commit does not know: states of all that were told, which the run's own commits have changed, reports of
 * all but the last batch, and histories.
 */
export function unknownAtTheEnd(of: {
  readonly told: number;
  readonly lastBatch: number;
  readonly histories: number;
}): number {
  return 2 * of.told - of.lastBatch + of.histories;
}

/** All requests of a run that nobody else writes beside. */
export function callsAlone({ told, ...standing }: Standing & { readonly told: number }): number {
  let calls = readCalls(standing);
  let isFirst = standing.lists === 0;
  let before = 0;
  for (let left = told; left > 0; left -= BATCH) {
    calls += commitCalls({ unknown: unknownToBatch(before), isFirst, moved: false });
    before = Math.min(BATCH, left);
    isFirst = false;
  }
  const unknown = unknownAtTheEnd({ told, lastBatch: before, histories: standing.known });
  return calls + runsCalls(standing.lists) + commitCalls({ unknown, isFirst, moved: false });
}
