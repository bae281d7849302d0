import type { StateDelta, StateFiles } from "../core/notification/state.ts";

/** Where state is stored. There are two implementations and one conformance suite (test/state/conformance.ts). */
export interface StateStore {
  /** How people call it in messages: `branch partwatch-state of this clone`. */
  readonly label: string;
  /**
   * The present state; empty if the branch does not exist yet. Histories only on request: together they are larger than
   * everything else. Throws FailureError (kind state).
   */
  readonly read: (more?: { readonly histories: true }) => Promise<StateFiles>;
  /**
   * Adds the delta to whatever stands on the branch now, in exactly one commit, by compare-and-swap. On conflict it reads
   * again and re-applies the delta, with jitter, bounded by time (120 s). Throws FailureError (kind state).
   */
  readonly commit: (delta: StateDelta, message: string) => Promise<Committed>;
  /** How many requests are left where they are limited; undefined: not known, or not limited. */
  readonly requestsLeft?: () => number | undefined;
}

export interface Committed {
  /** The commit's object id. */
  readonly commit: string;
  /** How often somebody else was faster. */
  readonly conflicts: number;
  /** What stands on the branch with this commit, as far as the delta's files go. */
  readonly files: StateFiles;
  /** Files that the delta would have touched and that were left as they are because they are broken or newer. */
  readonly skipped: readonly string[];
}
