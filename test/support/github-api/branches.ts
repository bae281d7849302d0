// Reads and moves branches; after each move the next reads may still show what was there before, as GitHub's do.
import type { Repository } from "./repository.ts";

export interface Branches {
  /** What a reader sees. */
  readonly read: (branch: string) => Promise<string | undefined>;
  /** Compare-and-swap on what is really there. */
  readonly move: (move: { branch: string; to: string; before: string | null }) => Promise<boolean>;
  /** What has happened to a branch, the newest first; also what tests have done to it behind the API's back. */
  readonly activity: (branch: string) => Promise<readonly BranchActivity[]>;
}

export interface BranchActivity {
  readonly activity_type: "push" | "force_push" | "branch_creation" | "branch_deletion";
  readonly before: string;
  readonly after: string;
}

const NOTHING = "0".repeat(40);

/** The branches of the repository; the function says how many reads after a write are stale. */
export function openBranches(repository: Repository, staleReads: () => number): Branches {
  const stale = new Map<string, { oid: string | undefined; left: number }>();
  const activities = new Map<string, BranchActivity[]>();
  const note = async (branch: string) => {
    const known = activities.get(branch) ?? [];
    activities.set(branch, known);
    const before = known[0]?.after ?? NOTHING;
    const after = (await repository.head(branch)) ?? NOTHING;
    if (before === after) return;
    const activity_type =
      after === NOTHING
        ? "branch_deletion"
        : before === NOTHING
          ? "branch_creation"
          : (await repository.contains(after, before))
            ? "push"
            : "force_push";
    known.unshift({ activity_type, before, after });
  };
  return {
    activity: async (branch) => {
      await note(branch);
      return activities.get(branch) ?? [];
    },
    read: async (branch) => {
      const old = stale.get(branch);
      if (old !== undefined && old.left > 0) {
        old.left -= 1;
        return old.oid;
      }
      return repository.head(branch);
    },
    move: async ({ branch, to, before }) => {
      await note(branch);
      const moved = await repository.moveRef({ ref: `refs/heads/${branch}`, to, before });
      if (moved) await note(branch);
      if (moved) stale.set(branch, { oid: before ?? undefined, left: staleReads() });
      return moved;
    },
  };
}
