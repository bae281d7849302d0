// Lock files that a git left which ended before its time: they are named at once, instead of being waited for by every run.
import { stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { FailureError } from "../core/failure.ts";

/** None of our git processes holds a lock for so long. */
const STALE_MS = 2 * 60_000;
/** A clock may be wrong: a lock that is old by it has also to stay where it is for some tries. */
const SIGHTINGS = 4;

/** How often a try has met each lock, as it was made. */
export type SeenLocks = Map<string, number>;

export interface LockRefusal {
  /** git's words: they name the file that it could not create. */
  readonly stderr: string;
  readonly root: string;
  readonly now: Date;
  readonly seen: SeenLocks;
  /** `could not write the state (branch partwatch-state of this clone)`. */
  readonly what: string;
}

/** Throws FailureError (kind state) with the command that removes it, if git's words name a lock that is minutes old. */
export async function refuseStaleLock({ stderr, root, now, seen, what }: LockRefusal): Promise<void> {
  const [, named] = /Unable to create '([^'\n]+\.lock)'/.exec(stderr) ?? [];
  // What a remote says is of files over there.
  if (named === undefined || /^remote: /m.test(stderr)) return;
  const path = isAbsolute(named) ? named : join(root, named);
  const made = await stat(path).catch(() => undefined);
  if (made === undefined) return;
  const age = now.getTime() - made.mtimeMs;
  const sight = `${path} ${made.ino} ${made.mtimeMs}`;
  const sightings = (seen.get(sight) ?? 0) + 1;
  seen.set(sight, sightings);
  if (age < STALE_MS || sightings < SIGHTINGS) return;
  const message = `${what}: a Git that ended before its time left the lock ${path}, ${ageOf(age)} old. If no git is running in this clone, remove it: rm ${quoted(path)}`;
  throw new FailureError({ kind: "state", retryable: false, message });
}

function ageOf(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
