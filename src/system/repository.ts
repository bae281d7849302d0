import { createHash } from "node:crypto";
import { basename } from "node:path";
import { defined } from "../core/records.ts";
import { git, tryGit } from "./git.ts";

/** The Git repository around a folder. */
export interface Repository {
  /** `owner/name` from the remote's address, else the folder's name. */
  readonly name: string;
  /** The same for every clone, and free of folders and credentials: `owner/name`, or a digest of the remote's address. */
  readonly identity: string;
  /** Its address in the browser, if the remote is on the web. */
  readonly webUrl?: string;
  readonly branch?: string;
  /** The Git user of this clone. */
  readonly email?: string;
  /** From the remote; if it has none, main or master if there is one, else the only known branch. */
  readonly defaultBranch?: string;
}

const DEFAULTS = ["refs/heads/main", "refs/heads/master"] as const;
const REMOTE_HEAD = "refs/remotes/origin/HEAD";

/** Reads name, address and branches of the clone in `root`. Never throws: outside a clone it is the folder's name. */
export async function describeRepository(root: string): Promise<Repository> {
  const [remote, branch, refs = "", email] = await Promise.all([
    tryGit(root, "remote", "get-url", "origin"),
    tryGit(root, "symbolic-ref", "--short", "HEAD"),
    tryGit(root, "for-each-ref", "--format=%(refname) %(symref:lstrip=3)", ...DEFAULTS, REMOTE_HEAD),
    tryGit(root, "config", "user.email"),
  ]);
  const known = new Map(refs.split("\n").map(refAndTarget));
  const usual = DEFAULTS.find((name) => known.has(name))?.replace("refs/heads/", "") ?? branch;
  const defaultBranch = known.get(REMOTE_HEAD) || usual;
  return {
    ...nameOf(remote, root),
    ...defined({ branch, email, defaultBranch }),
  };
}

/** Whether this clone has one of these refs. Never throws. */
export async function hasRef(root: string, ...refs: readonly string[]): Promise<boolean> {
  return (await tryGit(root, "for-each-ref", "--format=%(refname)", "--count=1", ...refs)) !== undefined;
}

/** The folder's place below the repository's top, with slashes: `.` or `stock/lists`; undefined: no repository. Never throws. */
export async function placeInRepository(root: string): Promise<string | undefined> {
  const prefix = await git({ root }, "rev-parse", "--show-prefix").catch(() => undefined);
  return prefix === undefined ? undefined : prefix.trimEnd().replace(/\/$/, "") || ".";
}

/** Whether Git has that file, or would take it with the next `add --all`. False outside a clone. Never throws. */
export async function isExposed(root: string, file: string): Promise<boolean> {
  const seen = await tryGit(root, "ls-files", "--cached", "--others", "--exclude-standard", "--", file);
  return seen !== undefined;
}

function refAndTarget(line: string): [string, string] {
  const [ref = "", target = ""] = line.trim().split(" ");
  return [ref, target];
}

function nameOf(remote: string | undefined, root: string): Pick<Repository, "name" | "identity" | "webUrl"> {
  if (remote === undefined) return { name: basename(root), identity: "local" };
  const address = remoteAddress(remote);
  if (address === undefined) return { name: basename(root), identity: digestOf(remote) };
  return { name: address.path, identity: address.path, webUrl: `https://${address.host}/${address.path}` };
}

/** The remote is a folder, or of an unknown kind: its address may be private. */
function digestOf(remote: string): string {
  const bare = remote.replace(/^(\w+:\/\/)[^@/]*@/, "$1").replace(/(?:\.git)?\/*$/, "");
  return createHash("sha256").update(bare).digest("hex").slice(0, 16);
}

/** Host (with the web's port) and path of a remote's address; undefined if it is not on the web. */
export function remoteAddress(remote: string): { readonly host: string; readonly path: string } | undefined {
  // https://host/owner/name.git, ssh://git@host/owner/name, git@host:owner/name.git
  const match = /^(https?:\/\/(?:[^@/]+@)?|ssh:\/\/(?:[^@/]+@)?|[^@/:]+@)([^/:]+)(:\d+)?[/:](.+?)(?:\.git)?\/?$/.exec(
    remote,
  );
  const [, way, host, port = "", path] = match ?? [];
  if (way === undefined || host === undefined || path === undefined) return undefined;
  // A port of ssh is not one of the web.
  return { host: way.startsWith("http") ? `${host}${port}` : host, path };
}
