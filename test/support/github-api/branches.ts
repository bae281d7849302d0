// Reads and moves branches; after each move the next reads may still show what was there before, as GitHub's do.
import type { Repository } from "./repository.ts";

export interface Branches {
  /** What a reader sees. */
  readonly read: (branch: string) => Promise<string | undefined>;
  /** Compare-and-swap on what is really there. */
  readonly move: (move: { branch: string; to: string; before: string | null }) => Promise<boolean>;
}

/** The branches of the repository; the function says how many reads after a write are stale. */
export function openBranches(repository: Repository, staleReads: () => number): Branches {
  const stale = new Map<string, { oid: string | undefined; left: number }>();
  return {
    read: async (branch) => {
      const old = stale.get(branch);
      if (old !== undefined && old.left > 0) {
        old.left -= 1;
        return old.oid;
      }
      return repository.head(branch);
    },
    move: async ({ branch, to, before }) => {
      const moved = await repository.moveRef({ ref: `refs/heads/${branch}`, to, before });
      if (moved) stale.set(branch, { oid: before ?? undefined, left: staleReads() });
      return moved;
    },
  };
}
