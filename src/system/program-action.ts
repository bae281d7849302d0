// The action that the running Partwatch is, in the form of `uses:` in a workflow.
import { existsSync } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { VERSION } from "../core/version.ts";
import { tryGit } from "./git.ts";
import { remoteAddress } from "./repository.ts";

export type ProgramAction =
  /** `server`: where it was cloned from, if that is not GitHub. */
  | { readonly kind: "known"; readonly action: string; readonly server?: string }
  /** `why` continues a sentence that begins with "because". */
  | { readonly kind: "unknown"; readonly why: string };

/** The folder of the running Partwatch: the one with action.yml. */
export function programFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "action.yml")) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** The value of `uses:`, with the version for people. */
export function versioned(uses: string): string {
  return `${uses} # v${VERSION}`;
}

/**
 * Finds out, without network access, what workflows of the repository in `root` have to name to run this very Partwatch: a
 * folder of that repository, or the commit of a clone whose remote has it. Never throws.
 */
export async function programAction(root: string): Promise<ProgramAction> {
  const program = await realpath(programFolder());
  const lists = await place(root);
  const own = await tryGit(program, "rev-parse", "--show-toplevel");
  const top = own === undefined ? undefined : await realpath(own);
  if (top === undefined || top === lists) return inRepository({ program, lists, isClone: top !== undefined });
  return inClone({ program, top, root });
}

/** The repository's folder, or the one to become it. */
async function place(root: string): Promise<string> {
  const top = await tryGit(root, "rev-parse", "--show-toplevel");
  return realpath(top ?? root).catch(() => resolve(root));
}

/** A copy among the lists is checked out with them, unless Git ignores it, as it does node_modules. */
async function inRepository(options: {
  readonly program: string;
  readonly lists: string;
  readonly isClone: boolean;
}): Promise<ProgramAction> {
  const { program, lists, isClone } = options;
  const way = relative(lists, program).split(sep).join("/");
  if (way.startsWith("..") || /(?:^|\/)node_modules(?:\/|$)/.test(way))
    return unknown("is not a clone of its repository");
  const kept = isClone ? await files(program, "ls-files", "--cached", "--others", "--exclude-standard", "--") : WHOLE;
  if (kept < WHOLE) return unknown("is a folder that Git ignores here");
  // The version of a folder is that of the repository.
  return { kind: "known", action: `./${way}` };
}

async function inClone(options: {
  readonly program: string;
  readonly top: string;
  readonly root: string;
}): Promise<ProgramAction> {
  const { program, top, root } = options;
  if ((await files(program, "ls-tree", "-r", "HEAD", "--")) < WHOLE) return unknown("is not a clone of its repository");
  const changed = await tryGit(program, "--no-optional-locks", "status", "--porcelain", "--", "action.yml", "dist");
  if (changed !== undefined) return unknown("has changes in action.yml or dist that are in no commit");
  const commit = await tryGit(program, "rev-parse", "HEAD");
  const remote = commit === undefined ? undefined : await remoteWith(program, commit);
  if (commit === undefined || remote === undefined) return unknown("is at a commit that is on no branch of its remote");
  const [from, to] = await Promise.all([addressOf(program, remote), addressOf(root, "origin")]);
  const isNear = to === undefined || from?.host === "github.com" || from?.host === to.host;
  if (from === undefined || !isNear || !/^[\w.-]+\/[\w.-]+$/.test(from.path))
    return unknown("was cloned from where workflows of this repository cannot load it");
  const way = relative(top, program).split(sep).join("/");
  const uses = way === "" ? from.path : `${from.path}/${way}`;
  const action = versioned(`${uses}@${commit}`);
  return { kind: "known", action, ...(from.host === "github.com" ? {} : { server: `https://${from.host}` }) };
}

/** The remote that has the commit, as far as this clone knows. */
async function remoteWith(program: string, commit: string): Promise<string | undefined> {
  const [remotes = "", branches = ""] = await Promise.all([
    tryGit(program, "remote"),
    tryGit(program, "for-each-ref", `--contains=${commit}`, "--format=%(refname)", "refs/remotes"),
  ]);
  const names = remotes.split("\n").toSorted((a, b) => Number(b === "origin") - Number(a === "origin"));
  const found = names.find((name) => branches.split("\n").some((ref) => ref.startsWith(`refs/remotes/${name}/`)));
  if (found !== undefined) return found;
  return (await wasFetched(program, commit)) ? names[0] : undefined;
}

/** A clone of a tag has no branch of its remote; but nobody can have made the commit at the end of a shallow clone locally. */
async function wasFetched(program: string, commit: string): Promise<boolean> {
  const [fetched, shallow = ""] = await Promise.all([
    tryGit(program, "rev-parse", "--verify", "--quiet", "FETCH_HEAD"),
    tryGit(program, "rev-parse", "--git-path", "shallow"),
  ]);
  const ends = await readFile(resolve(program, shallow), "utf8").catch(() => "");
  return fetched === commit || ends.split("\n").includes(commit);
}

/** Without these no workflow could run it. */
const NEEDED = ["action.yml", "dist/action.cjs"];
const WHOLE = NEEDED.length;

/** The number of lines of that Git command. */
async function files(program: string, ...args: readonly string[]): Promise<number> {
  const listed = await tryGit(program, ...args, ...NEEDED);
  return listed === undefined ? 0 : listed.split("\n").length;
}

async function addressOf(root: string, remote: string) {
  const url = await tryGit(root, "remote", "get-url", remote);
  return url === undefined ? undefined : remoteAddress(url);
}

function unknown(why: string): ProgramAction {
  return { kind: "unknown", why: `this Partwatch ${why}` };
}
