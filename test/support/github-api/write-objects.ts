// Writes Git objects as the files that Git itself would write, without starting a process for each.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";
import type { ObjectReader, TreeEntry } from "./objects.ts";

export interface TreeChange {
  /** The tree, or the commit, that it changes; absent: the empty one. */
  readonly base?: string;
  /** What a path holds from now on: a content, or an object that is there. */
  readonly additions: readonly {
    readonly path: string;
    readonly mode?: string;
    readonly content?: Buffer;
    readonly sha?: string;
  }[];
  readonly deletions: readonly string[];
}

export interface CommitToWrite {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

export interface ObjectWriter {
  readonly blob: (content: Buffer) => Promise<string>;
  readonly tree: (change: TreeChange) => Promise<string>;
  readonly commit: (commit: CommitToWrite, people: People) => Promise<string>;
}

/** As in `Ann <ann@example.com>`. */
interface People {
  readonly author: string;
  readonly committer: string;
}

/** Writes into that repository. */
export function objectWriter(dir: string, objects: ObjectReader): ObjectWriter {
  const known = new Set<string>();
  const write = async (type: string, content: Buffer): Promise<string> => {
    const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
    const oid = createHash("sha1").update(whole).digest("hex");
    if (known.has(oid)) return oid;
    const path = join(dir, "objects", oid.slice(0, 2), oid.slice(2));
    await mkdir(dirname(path), { recursive: true });
    const temporary = join(dir, "objects", `tmp_obj_${randomUUID()}`);
    await writeFile(temporary, deflateSync(whole, { level: 1 }), { mode: 0o444 });
    await rename(temporary, path);
    known.add(oid);
    return oid;
  };
  const writeTree = (entries: readonly TreeEntry[]): Promise<string> => {
    const rows = entries
      .toSorted((a, b) => Buffer.compare(Buffer.from(sortName(a)), Buffer.from(sortName(b))))
      .flatMap(({ mode, name, oid }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, "hex")]);
    return write("tree", Buffer.concat(rows));
  };
  /** The folder with these changes below it; undefined if nothing is left in it. */
  const changed = async (base: string | undefined, changes: readonly Change[]): Promise<string | undefined> => {
    const entries = new Map((base === undefined ? [] : await objects.tree(base)).map((entry) => [entry.name, entry]));
    for (const [name, below] of Map.groupBy(changes, ({ path }) => path[0] ?? "")) {
      const before = entries.get(name);
      const [here] = below.filter(({ path }) => path.length === 1).slice(-1);
      const deeper = below.flatMap(({ path, entry }) => (path.length > 1 ? [{ path: path.slice(1), entry }] : []));
      if (here?.entry !== undefined) entries.set(name, { name, ...here.entry });
      else if (here !== undefined) entries.delete(name);
      if (deeper.length === 0) continue;
      const oid = await changed(before?.mode === "40000" && here === undefined ? before.oid : undefined, deeper);
      if (oid === undefined) entries.delete(name);
      else entries.set(name, { name, mode: "40000", oid });
    }
    return entries.size === 0 ? undefined : writeTree([...entries.values()]);
  };
  return {
    blob: (content) => write("blob", content),
    tree: async ({ base, additions, deletions }) => {
      const removed = deletions.map((path): Change => ({ path: path.split("/"), entry: undefined }));
      const added = additions.map(async ({ path, mode = "100644", content, sha }): Promise<Change> => {
        if (sha !== undefined && (await objects.type(sha)) === undefined) throw new Error(`there is no object ${sha}`);
        const oid = sha ?? (await write("blob", content ?? Buffer.alloc(0)));
        return { path: path.split("/"), entry: { mode: mode.replace(/^0+/, ""), oid } };
      });
      const root = base === undefined ? undefined : await treeOf(objects, base);
      return (await changed(root, [...removed, ...(await Promise.all(added))])) ?? writeTree([]);
    },
    commit: ({ tree, parents, message }, { author, committer }) => {
      const at = `${Math.floor(Date.now() / 1000)} +0000`;
      const head = [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`)];
      return write(
        "commit",
        Buffer.from(
          [...head, `author ${author} ${at}`, `committer ${committer} ${at}`, "", message.replace(/\n?$/, "\n")].join(
            "\n",
          ),
        ),
      );
    },
  };
}

/** What becomes of a path; no entry: it goes. */
interface Change {
  readonly path: readonly string[];
  readonly entry: Pick<TreeEntry, "mode" | "oid"> | undefined;
}

async function treeOf(objects: ObjectReader, oid: string): Promise<string> {
  return (await objects.type(oid)) === "commit" ? (await objects.commit(oid)).tree : oid;
}

/** Git sorts a folder as if its name ended with a slash. */
function sortName({ mode, name }: TreeEntry): string {
  return mode === "40000" ? `${name}/` : name;
}
