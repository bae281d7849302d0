// One hour of the jobs of a matrix that share a state branch on GitHub, second by second, with the program's own rules: what
// they ask, how they get into each other's way, when each is done. Pure: the same seed gives the same hour.
import { backOffMs } from "../src/core/back-off.ts";
import { BOM_ROWS, ROW_COST, type RowCost } from "../src/inventree/request-estimate.ts";
import { COMMIT_BUDGET_MS } from "../src/state/retry-budget.ts";
import { BATCH, commitCalls, readCalls, runsCalls, textCalls, unknownAtTheEnd } from "./simulation-calls.ts";

/** GitHub allows GITHUB_TOKEN so many requests an hour for each repository. */
export const HOURLY_CALLS = 1_000;
/** With fewer left nothing is claimed (src/app/run/batches.ts). */
const LEAST_CALLS = 100;

/** What is outside of the program, and was measured or is assumed; docs/instances.md names them. */
const WORLD = {
  /** A query for the branch, one for 50 files, a commit: GitHub answers in about that time. */
  lookMs: 400,
  textsMs: 700,
  writeMs: 1_000,
  /** Mails of a run go out over three connections, each at 2,000 in 247 s. */
  mailMs: 247_000 / 2_000 / 3,
  /** Jobs of a matrix begin within so long of each other. */
  spreadMs: 20_000,
  /** Checking a list. */
  checkMs: 2,
  parts: 10_000,
  bomLines: 100_000,
  pageSize: 500,
  /** Processes of InvenTree that answer. */
  workers: 4,
} as const;

/** Waits of src/state/github-branch.ts. */
const WAITS = { firstMs: 100, longestMs: 10_000, sure: 0.2 } as const;

export interface Hour {
  /** Lists of the repository, and those of them that have files on the branch already. */
  readonly lists: number;
  readonly known: number;
  /** Lists that are checked, and those of them that have something to say. */
  readonly due: number;
  readonly told: number;
  readonly shards: number;
  /** Jobs that read the same InvenTree at the same time, those of other repositories included. */
  readonly readers: number;
  readonly runTimeMs: number;
  readonly seed: number;
}

export interface HourResult {
  readonly calls: number;
  readonly commits: number;
  readonly conflicts: number;
  /** Lists that were told. */
  readonly told: number;
  /** Jobs that could not write what they had done, or not read at all. */
  readonly failed: number;
  /** Until the last job was done. */
  readonly ms: number;
}

interface Job {
  at: number;
  step: "read" | "check" | "look" | "land" | "done";
  left: number;
  /** Lists of the batch that is to be claimed; 0: the last commit. */
  batch: number;
  before: number;
  told: number;
  readonly due: number;
  /** Of lists that are checked, as far as they have one. */
  readonly histories: number;
  /** The branch as it looked at it. */
  seen: number;
  attempt: number;
  waitingSince: number | undefined;
  budgetMs: number;
  /** Files that others have changed and it has not read. */
  foreign: number;
  failed: boolean;
}

/** Milliseconds that a server with so many workers takes to be read whole, once for each of the jobs. */
export function inventreeMs(readers: number): number {
  return (readers * (pages(WORLD.parts, ROW_COST) + pages(WORLD.bomLines, BOM_ROWS))) / WORLD.workers;
}

/** What pages of a listing cost the server, by the table in docs/performance.md. */
function pages(count: number, { rowMs, skippedRowMs }: RowCost): number {
  const number = Math.ceil(count / WORLD.pageSize);
  return number * 60 + count * rowMs + ((WORLD.pageSize * number * (number - 1)) / 2) * skippedRowMs;
}

/** Runs it. */
export function simulateHour(hour: Hour): HourResult {
  const chance = chances(hour.seed);
  const jobs = Array.from({ length: hour.shards }, (_, index) => jobOf(hour, { index, chance }));
  let version = 0;
  let calls = 0;
  let commits = 0;
  let conflicts = 0;
  let hasBranch = hour.lists > 0 && hour.known > 0;
  const ask = (job: Job, count: number): boolean => {
    if (calls + count > HOURLY_CALLS) {
      calls = HOURLY_CALLS;
      return fail(job);
    }
    calls += count;
    return true;
  };
  for (;;) {
    const job = jobs.filter(({ step }) => step !== "done").toSorted((a, b) => a.at - b.at)[0];
    if (job === undefined) break;
    if (job.step === "read") {
      const asked = readCalls({ known: hour.known, lists: hasBranch ? hour.lists : 0 });
      if (!ask(job, asked)) continue;
      job.seen = version;
      job.foreign = 0;
      const checkMs = WORLD.checkMs * job.due;
      Object.assign(job, { step: "check", at: job.at + readMs(asked) + inventreeMs(hour.readers) + checkMs });
    } else if (job.step === "check") {
      const mayClaim = job.at < hour.runTimeMs && HOURLY_CALLS - calls >= LEAST_CALLS;
      job.batch = mayClaim ? Math.min(BATCH, job.left) : 0;
      Object.assign(job, { step: "look", attempt: 1 });
    } else if (job.step === "look") {
      const unknown = unknownOf(job);
      const moved = job.seen !== version;
      const more = job.batch === 0 ? runsCalls(hour.lists) : 0;
      if (!ask(job, more + commitCalls({ unknown, isFirst: !hasBranch, moved }))) continue;
      if (job.batch === 0) job.foreign = 0;
      job.seen = version;
      job.step = "land";
      job.at += WORLD.lookMs * (moved ? 2 : 1) + textCalls(unknown) * WORLD.textsMs + WORLD.writeMs;
    } else if (job.seen !== version) {
      conflicts += 1;
      waitForTurn(job, chance());
    } else {
      version += 1;
      commits += 1;
      hasBranch = true;
      job.seen = version;
      for (const other of jobs) if (other !== job) other.foreign += job.before + job.batch;
      settle(job);
    }
  }
  return {
    calls,
    commits,
    conflicts,
    told: jobs.reduce((sum, { told }) => sum + told, 0),
    failed: jobs.filter(({ failed }) => failed).length,
    ms: Math.max(...jobs.map(({ at }) => at)),
  };
}

function jobOf(
  { shards, told, due, known, lists }: Hour,
  { index, chance }: { index: number; chance: () => number },
): Job {
  // Ids decide by a hash who has a list: the shares are equal, but for a few.
  const share = (all: number) => Math.floor((all * (index + 1)) / shards) - Math.floor((all * index) / shards);
  return {
    at: chance() * WORLD.spreadMs,
    step: "read",
    left: share(told),
    due: share(due),
    histories: share(Math.max(0, due + known - lists)),
    batch: 0,
    before: 0,
    told: 0,
    seen: 0,
    attempt: 1,
    waitingSince: undefined,
    budgetMs: COMMIT_BUDGET_MS,
    foreign: 0,
    failed: false,
  };
}

/** Files that the commit touches and the job has not read as they stand. */
function unknownOf({ batch, before, told, histories, foreign, attempt }: Job): number {
  // A second look knows what the first has read.
  if (attempt > 1) return batch === 0 ? foreign : 0;
  if (batch > 0) return before;
  return foreign + unknownAtTheEnd({ told, lastBatch: before, histories });
}

function readMs(calls: number): number {
  return WORLD.lookMs + (calls - 1) * WORLD.textsMs;
}

/** A commit stands: its messages go out, and the next batch follows; or the run is over. */
function settle(job: Job): void {
  if (job.waitingSince !== undefined) job.budgetMs -= job.at - job.waitingSince;
  job.waitingSince = undefined;
  if (job.batch === 0) {
    job.step = "done";
    return;
  }
  job.at += job.batch * WORLD.mailMs;
  Object.assign(job, { step: "check", before: job.batch, told: job.told + job.batch, left: job.left - job.batch });
}

function waitForTurn(job: Job, chance: number): void {
  job.attempt += 1;
  job.waitingSince ??= job.at;
  const waitMs = backOffMs({ attempt: job.attempt, chance, ...WAITS });
  if (job.at + waitMs > job.waitingSince + job.budgetMs) fail(job);
  else Object.assign(job, { step: "look", at: job.at + waitMs });
}

function fail(job: Job): false {
  Object.assign(job, { step: "done", failed: true });
  return false;
}

/** Numbers in [0, 1), the same for the same seed. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
