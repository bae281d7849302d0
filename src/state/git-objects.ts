// Commits read and made by plumbing alone. Work tree, index and HEAD are never looked at.
import type { Git, GitAnswer } from "./git.ts";
import { formatOf, type NewObject, type ObjectFormat, objectId, packOf } from "./git-pack.ts";
import type { GitReader } from "./git-reader.ts";
import { GitRefused } from "./git-refused.ts";
import {
  fileEntry,
  folderEntry,
  isFile,
  isFolder,
  type TreeEntry,
  treeEntries,
  treeOf,
  withEntry,
} from "./git-tree.ts";
import { FOLDERS, isStatePath, type StateFileFilter } from "./paths.ts";

/** What stands on the branch. */
export interface CommitContent {
  /** All paths, foreign ones too; a foreign folder as `name/`. */
  readonly paths: readonly string[];
  /** Those of Partwatch's files that were wanted. */
  readonly texts: ReadonlyMap<string, string>;
  /** The commit and its trees; undefined: there is no such branch yet. */
  readonly base: Base | undefined;
}

/** What a new commit is built on. */
export interface Base {
  readonly commit: string;
  readonly tree: string;
  readonly root: readonly TreeEntry[];
  /** Partwatch's folders, by name. */
  readonly folders: ReadonlyMap<string, readonly TreeEntry[]>;
}

/** Texts of files that were read before, by their objects' ids: a file that stays is read once. */
export type TextCache = Map<string, string>;

/** Reads what a ref (`refs/heads/partwatch-state`) points to. Throws GitRefused. */
export async function readCommit(
  reader: GitReader,
  { ref, known, wanted }: { readonly ref: string; readonly known: TextCache; readonly wanted: StateFileFilter },
): Promise<CommitContent> {
  const [commit, tree] = await reader.ask([`${ref}^{commit}`, `${ref}^{tree}`]);
  if (commit === undefined || tree === undefined) return { paths: [], texts: new Map(), base: undefined };
  // Two questions: somebody may have moved the branch between them.
  if (!commit.bytes.toString("latin1").startsWith(`tree ${tree.oid}\n`))
    return readCommit(reader, { ref: commit.oid, known, wanted });
  const idBytes = tree.oid.length / 2;
  const root = treeEntries(tree.bytes, idBytes);
  const ours = root.filter((entry) => isFolder(entry) && FOLDERS.includes(entry.name));
  const trees = await reader.ask(ours.map(({ oid }) => oid));
  const folders = new Map(
    ours.map(({ name, oid }, index) => [name, treeEntries(present(trees[index], oid).bytes, idBytes)]),
  );
  const files = [...root.map((entry) => ["", entry] as const), ...within(folders)].flatMap(([folder, entry]) =>
    isFolder(entry) && folder === "" && folders.has(entry.name) ? [] : [{ path: pathOf(folder, entry), entry }],
  );
  const state = files.filter(({ path, entry }) => isFile(entry) && isStatePath(path));
  const texts = await textsOf(reader, { state, known, wanted });
  return { paths: files.map(({ path }) => path), texts, base: { commit: commit.oid, tree: tree.oid, root, folders } };
}

export interface NewCommit {
  readonly base: Base | undefined;
  /** A text per path; null: the file goes. */
  readonly changes: ReadonlyMap<string, string | null>;
  readonly message: string;
  readonly author: Author;
  readonly format: ObjectFormat;
}

/** Lines of a commit: `Kim <kim@example.com> 1774508400 +0000`. */
export interface Author {
  readonly author: string;
  readonly committer: string;
}

/** Writes the objects of a commit that no branch points to yet; returns its id. One process. Throws GitRefused. */
export async function writeCommit(git: Git, commit: NewCommit): Promise<string> {
  const { base, format } = commit;
  const { objects, tree } = changedTree(commit);
  const made = commitObject({ ...commit, tree, parent: base?.commit });
  await unwrap(git.run(["unpack-objects", "-q"], { input: packOf([...objects, made], format) }));
  return objectId(made, format);
}

/** Writes a root commit of a tree that is there already; returns its id. Throws GitRefused. */
export async function writeRoot(
  git: Git,
  commit: Pick<NewCommit, "message" | "author"> & { readonly tree: string },
): Promise<string> {
  const format = formatOf(commit.tree);
  const made = commitObject({ ...commit, parent: undefined });
  await unwrap(git.run(["unpack-objects", "-q"], { input: packOf([made], format) }));
  return objectId(made, format);
}

/** What git wrote, without the final line break. Throws GitRefused with git's own words. */
export async function unwrap(running: Promise<GitAnswer>): Promise<string> {
  const { code, stdout, stderr } = await running;
  if (code !== 0) throw new GitRefused(stderr);
  return stdout.toString("utf8").trimEnd();
}

function present<T>(object: T | undefined, oid: string): T {
  if (object === undefined) throw new GitRefused(`object ${oid} is missing: the repository is damaged (git fsck)`);
  return object;
}

function within(folders: ReadonlyMap<string, readonly TreeEntry[]>): (readonly [string, TreeEntry])[] {
  return [...folders].flatMap(([folder, entries]) => entries.map((entry) => [folder, entry] as const));
}

function pathOf(folder: string, entry: TreeEntry): string {
  const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
  return isFolder(entry) ? `${path}/` : path;
}

/** The texts of those that are wanted: runs.json first, which decides. A file that stays as it was is not read again. */
async function textsOf(
  reader: GitReader,
  options: {
    readonly state: readonly { readonly path: string; readonly entry: TreeEntry }[];
    readonly known: TextCache;
    readonly wanted: StateFileFilter;
  },
): Promise<ReadonlyMap<string, string>> {
  const { state, known, wanted } = options;
  const present = new Set(state.map(({ entry }) => entry.oid));
  for (const oid of known.keys()) if (!present.has(oid)) known.delete(oid);
  const runs = state.find(({ path }) => path === "runs.json")?.entry.oid;
  if (runs !== undefined) await learn(reader, { known, oids: [runs] });
  const isWanted = wanted(runs === undefined ? undefined : known.get(runs));
  const files = state.filter(({ path }) => isWanted(path));
  await learn(reader, { known, oids: files.map(({ entry }) => entry.oid) });
  return new Map(files.map(({ path, entry }) => [path, known.get(entry.oid) ?? ""]));
}

async function learn(
  reader: GitReader,
  { known, oids }: { readonly known: TextCache; readonly oids: readonly string[] },
) {
  const missing = [...new Set(oids)].filter((oid) => !known.has(oid));
  const blobs = await reader.ask(missing);
  for (const [index, oid] of missing.entries()) known.set(oid, present(blobs[index], oid).bytes.toString("utf8"));
}

/** The base's tree with the changes, and the objects that it needs; other files stay. */
function changedTree({ base, changes, format }: NewCommit): {
  readonly objects: readonly NewObject[];
  readonly tree: string;
} {
  const objects: NewObject[] = [];
  const add = (object: NewObject) => {
    objects.push(object);
    return objectId(object, format);
  };
  let root = base?.root ?? [];
  const folders = new Map<string, readonly TreeEntry[]>();
  for (const [path, text] of changes) {
    const entry = text === null ? undefined : fileEntry(add({ type: "blob", bytes: Buffer.from(text, "utf8") }));
    const [folder = "", name] = path.split("/");
    if (name === undefined) root = withEntry(root, folder, entry);
    else folders.set(folder, withEntry(folders.get(folder) ?? base?.folders.get(folder) ?? [], name, entry));
  }
  for (const [name, entries] of folders)
    root = withEntry(root, name, entries.length === 0 ? undefined : folderEntry(add(treeOf(entries))));
  return { tree: add(treeOf(root)), objects };
}

function commitObject(commit: {
  readonly tree: string;
  readonly parent: string | undefined;
  readonly message: string;
  readonly author: Author;
}): NewObject {
  const { tree, parent, message, author } = commit;
  const lines = [
    `tree ${tree}`,
    ...(parent === undefined ? [] : [`parent ${parent}`]),
    `author ${author.author}`,
    `committer ${author.committer}`,
    "",
    message.replaceAll("\0", "").trimEnd(),
    "",
  ];
  return { type: "commit", bytes: Buffer.from(lines.join("\n"), "utf8") };
}
