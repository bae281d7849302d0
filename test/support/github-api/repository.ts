// The repository behind the local GitHub API: a real bare Git repository, written as Git writes it.
import { COMMITTER, git } from "./git.ts";
import { type ObjectReader, openObjects } from "./objects.ts";
import { type CommitToWrite, objectWriter, type TreeChange } from "./write-objects.ts";

export interface Repository {
  readonly dir: string;
  readonly objects: ObjectReader;
  /** The commit that the branch points to; undefined if there is no such branch. */
  readonly head: (branch: string) => Promise<string | undefined>;
  /** Commits reachable from here. */
  readonly count: (commit: string) => Promise<number>;
  /** Whether one commit is reachable from another. */
  readonly contains: (commit: string, ancestor: string) => Promise<boolean>;
  readonly writeBlob: (content: Buffer) => Promise<string>;
  readonly writeTree: (change: TreeChange) => Promise<string>;
  readonly writeCommit: (commit: CommitToWrite) => Promise<string>;
  /** Compare-and-swap: false if the ref does not stand at `before` (null: must not exist). */
  readonly moveRef: (move: { ref: string; to: string; before: string | null }) => Promise<boolean>;
  /** Runs git in the repository, for what a test wants to see: `git(["log", "-p", "partwatch-state"])`. */
  readonly git: (args: readonly string[]) => Promise<string>;
  readonly close: () => void;
}

const nobody = "0".repeat(40);

/** Makes an empty bare repository in that folder. */
export async function createRepository(dir: string): Promise<Repository> {
  await git({ args: ["init", "--quiet", "--bare", "--initial-branch=main", dir] });
  // The server answers many requests at once; housekeeping in the background would only disturb.
  await git({ dir, args: ["config", "gc.auto", "0"] });
  const objects = openObjects(dir);
  const writer = objectWriter(dir, objects);
  const counted = new Map<string, number>();

  return {
    dir,
    objects,
    head: (branch) => objects.resolve(`refs/heads/${branch}`),
    count: async (commit) => {
      const { parents } = await objects.commit(commit);
      const [parent = ""] = parents;
      const before = parents.length === 0 ? 0 : parents.length === 1 ? counted.get(parent) : undefined;
      const known =
        before === undefined ? Number(await git({ dir, args: ["rev-list", "--count", commit] })) : before + 1;
      counted.set(commit, known);
      return known;
    },
    contains: async (commit, ancestor) => {
      if ((await objects.commit(commit)).parents.includes(ancestor)) return true;
      return (await git({ dir, args: ["rev-list", commit] })).split("\n").includes(ancestor);
    },
    writeBlob: writer.blob,
    writeTree: writer.tree,
    writeCommit: (commit) => writer.commit(commit, COMMITTER),
    moveRef: async ({ ref, to, before }) => {
      try {
        await git({ dir, args: ["update-ref", ref, to, before ?? nobody] });
        return true;
      } catch (error) {
        if (error instanceof Error && /cannot lock ref|but expected|reference already exists/.test(error.message)) {
          return false;
        }
        throw error;
      }
    },
    git: (args) => git({ dir, args }),
    close: objects.close,
  };
}
