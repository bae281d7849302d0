// The repository behind the local GitHub API: a real bare Git repository, read and written by git plumbing.
import { git, line } from "./git.ts";
import { type ObjectReader, openObjects } from "./objects.ts";

export interface Repository {
  readonly dir: string;
  readonly objects: ObjectReader;
  /** The commit that the branch points to; undefined if there is no such branch. */
  readonly head: (branch: string) => Promise<string | undefined>;
  /** Commits reachable from here. */
  readonly count: (commit: string) => Promise<number>;
  readonly writeBlob: (content: Buffer) => Promise<string>;
  readonly writeTree: (change: TreeChange) => Promise<string>;
  readonly writeCommit: (commit: { tree: string; parents: readonly string[]; message: string }) => Promise<string>;
  /** Compare-and-swap: false if the ref does not stand at `before` (null: must not exist). */
  readonly moveRef: (move: { ref: string; to: string; before: string | null }) => Promise<boolean>;
  /** Runs git in the repository, for what a test wants to see: `git(["log", "-p", "partwatch-state"])`. */
  readonly git: (args: readonly string[]) => Promise<string>;
  readonly close: () => void;
}

interface TreeChange {
  readonly base?: string;
  readonly additions: readonly { path: string; mode?: string; content?: Buffer; sha?: string }[];
  readonly deletions: readonly string[];
}

const nobody = "0".repeat(40);

/** Makes an empty bare repository in that folder. */
export async function createRepository(dir: string): Promise<Repository> {
  await git({ args: ["init", "--quiet", "--bare", "--initial-branch=main", dir] });
  // The server answers many requests at once; housekeeping in the background would only disturb.
  await git({ dir, args: ["config", "gc.auto", "0"] });
  const objects = openObjects(dir);
  const counted = new Map<string, number>();
  let temporary = 0;

  return {
    dir,
    objects,
    head: (branch) => objects.resolve(`refs/heads/${branch}`),
    count: async (commit) => {
      const known = counted.get(commit) ?? Number(await git({ dir, args: ["rev-list", "--count", commit] }));
      counted.set(commit, known);
      return known;
    },
    writeBlob: (content) => line({ dir, args: ["hash-object", "-w", "--stdin"], input: content }),
    writeTree: async (change) => {
      temporary += 1;
      const ref = `refs/github-api/${temporary}`;
      const output = await line({ dir, args: ["fast-import", "--quiet", "--done"], input: importStream(ref, change) });
      await git({ dir, args: ["update-ref", "-d", ref] });
      const tree = /^040000 tree ([0-9a-f]{40})/.exec(output)?.[1];
      return tree ?? line({ dir, args: ["mktree"], input: Buffer.alloc(0) });
    },
    writeCommit: ({ tree, parents, message }) =>
      line({
        dir,
        args: ["commit-tree", tree, ...parents.flatMap((parent) => ["-p", parent])],
        input: Buffer.from(message),
      }),
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

function importStream(ref: string, { base, additions, deletions }: TreeChange): Buffer {
  const parts: Buffer[] = [];
  const say = (text: string) => parts.push(Buffer.from(text));
  additions.forEach(({ content }, index) => {
    if (content === undefined) return;
    say(`blob\nmark :${index + 1}\ndata ${content.length}\n`);
    parts.push(content);
    say("\n");
  });
  say(`commit ${ref}\ncommitter GitHub <noreply@github.com> 0 +0000\ndata 0\n`);
  if (base !== undefined) say(`M 040000 ${base} ""\n`);
  for (const path of deletions) say(`D ${quote(path)}\n`);
  additions.forEach(({ path, mode, sha }, index) => {
    say(`M ${mode ?? "100644"} ${sha ?? `:${index + 1}`} ${quote(path)}\n`);
  });
  say('ls ""\ndone\n');
  return Buffer.concat(parts);
}

function quote(path: string): string {
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
