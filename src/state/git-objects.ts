// Commits read and made by plumbing alone: objects and a throw-away index. Work tree, index and HEAD are never looked at.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isStatePath } from "./files.ts";
import type { Git, GitAnswer } from "./git.ts";

/** git refused a command that does not depend on what others do. */
export class GitRefused extends Error {
  override readonly name = "GitRefused";
}

export interface CommitContent {
  /** All paths, foreign ones too. */
  readonly paths: readonly string[];
  /** Partwatch's files. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads a commit's tree. Throws GitRefused. */
export async function readCommit(git: Git, commit: string): Promise<CommitContent> {
  const listing = await must(git.run(["ls-tree", "-r", "-z", "--full-tree", commit]));
  const files = listing.split("\0").flatMap((line) => {
    const [, type, oid, path] = /^\d+ (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return type === undefined || oid === undefined || path === undefined ? [] : [{ type, oid, path }];
  });
  const ours = files.filter((file) => file.type === "blob" && isStatePath(file.path));
  const texts = await readBlobs(git, [...new Set(ours.map((file) => file.oid))]);
  return {
    paths: files.map((file) => file.path),
    texts: new Map(ours.map((file) => [file.path, texts.get(file.oid) ?? ""])),
  };
}

export interface NewCommit {
  readonly parent: string | undefined;
  /** A text per path; null: the file goes. */
  readonly changes: ReadonlyMap<string, string | null>;
  readonly message: string;
  /** Identity and dates. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Writes the objects of a commit that no branch points to yet; returns its id. Throws GitRefused. */
export async function writeCommit(git: Git, commit: NewCommit): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "partwatch-state-"));
  try {
    const tree = await writeTree(git, commit, folder);
    return await commitTree(git, { ...commit, tree });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes a commit of a tree that is there already; returns its id. Throws GitRefused. */
export async function commitTree(
  git: Git,
  commit: Pick<NewCommit, "parent" | "message" | "variables"> & { readonly tree: string },
): Promise<string> {
  const parents = commit.parent === undefined ? [] : ["-p", commit.parent];
  const args = ["-c", "i18n.commitEncoding=UTF-8", "commit-tree", "--no-gpg-sign", commit.tree, ...parents, "-F", "-"];
  return must(git.run(args, { input: commit.message, variables: commit.variables }));
}

/** What git wrote, without the final line break. Throws GitRefused with git's own words. */
export async function must(running: Promise<GitAnswer>): Promise<string> {
  const { code, stdout, stderr } = await running;
  if (code !== 0) throw new GitRefused(stderr);
  return stdout.toString("utf8").trimEnd();
}

async function readBlobs(git: Git, oids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  if (oids.length === 0) return texts;
  const { code, stdout, stderr } = await git.run(["cat-file", "--batch"], { input: `${oids.join("\n")}\n` });
  if (code !== 0) throw new GitRefused(stderr);
  let at = 0;
  for (const oid of oids) {
    const end = stdout.indexOf("\n", at);
    const head = stdout.toString("utf8", at, end);
    const size = Number(/ blob (\d+)$/.exec(head)?.[1]);
    if (end < 0 || !Number.isSafeInteger(size)) throw new GitRefused(`object ${oid} cannot be read: ${head}`);
    texts.set(oid, stdout.toString("utf8", end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return texts;
}

/** The parent's tree with the changes; what else stands there stays. */
async function writeTree(git: Git, { parent, changes }: NewCommit, folder: string): Promise<string> {
  const variables = { GIT_INDEX_FILE: join(folder, "index") };
  await must(git.run(["read-tree", parent ?? "--empty"], { variables }));
  const written = [...changes].filter((change): change is [string, string] => change[1] !== null);
  const oids = await writeBlobs(
    git,
    written.map(([, text]) => text),
    folder,
  );
  const additions = written.map(([path], index) => `100644 ${oids[index] ?? ""}\t${path}\0`);
  const nothing = "0".repeat(parent?.length ?? 40); // as long as the repository's object ids
  const deletions = [...changes].flatMap(([path, text]) => (text === null ? [`0 ${nothing}\t${path}\0`] : []));
  const input = [...deletions, ...additions].join("");
  if (input !== "") await must(git.run(["update-index", "-z", "--index-info"], { variables, input }));
  return must(git.run(["write-tree"], { variables }));
}

/** One process for any number of blobs; no filter (line ends!) touches them. */
async function writeBlobs(git: Git, texts: readonly string[], folder: string): Promise<readonly string[]> {
  if (texts.length === 0) return [];
  const paths = texts.map((_, index) => join(folder, `${index}.blob`));
  for (const [index, text] of texts.entries()) await writeFile(paths[index] ?? "", text);
  const answer = await must(
    git.run(["hash-object", "-w", "--no-filters", "--stdin-paths"], { input: `${paths.join("\n")}\n` }),
  );
  return answer.split("\n");
}
