// Reads Git objects through one long-lived `git cat-file --batch`, so that many requests at once start no processes.
import { spawn } from "node:child_process";
import { gitEnvironment } from "./git.ts";

export interface ObjectReader {
  /** The object id that a name stands for now; undefined if there is none. */
  readonly resolve: (name: string) => Promise<string | undefined>;
  readonly commit: (oid: string) => Promise<Commit>;
  readonly tree: (oid: string) => Promise<readonly TreeEntry[]>;
  readonly blob: (oid: string) => Promise<Buffer>;
  readonly type: (oid: string) => Promise<string | undefined>;
  readonly close: () => void;
}

interface Commit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

export interface TreeEntry {
  readonly name: string;
  /** As Git writes it: `100644`, `40000`. */
  readonly mode: string;
  readonly oid: string;
}

interface Found {
  readonly oid: string;
  readonly type: string;
  readonly content: Buffer;
}

/** Starts the reader for a bare repository. */
export function openObjects(dir: string): ObjectReader {
  const child = spawn("git", ["--git-dir", dir, "cat-file", "--batch"], { env: gitEnvironment() });
  const waiting: ((found: Found | undefined) => void)[] = [];
  let received: Buffer = Buffer.alloc(0);
  child.stdout.on("data", (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    for (let answer = take(received); answer !== undefined; answer = take(received)) {
      received = answer.rest;
      waiting.shift()?.(answer.found);
    }
  });

  const known = new Map<string, Found>();
  const read = async (name: string): Promise<Found | undefined> => {
    const cached = known.get(name);
    if (cached !== undefined) return cached;
    const found = await new Promise<Found | undefined>((resolve) => {
      waiting.push(resolve);
      child.stdin.write(`${name}\n`);
    });
    // Only objects never change; what a ref stands for does.
    if (found !== undefined) known.set(found.oid, found);
    return found;
  };
  const need = async (oid: string, type: string): Promise<Found> => {
    const found = await read(oid);
    if (found?.type !== type) throw new Error(`${oid} is no ${type}`);
    return found;
  };

  return {
    resolve: async (name) => (await read(name))?.oid,
    type: async (oid) => (await read(oid))?.type,
    commit: async (oid) => parseCommit(oid, (await need(oid, "commit")).content.toString("utf8")),
    tree: async (oid) => parseTree((await need(oid, "tree")).content),
    blob: async (oid) => (await need(oid, "blob")).content,
    close: () => child.stdin.end(),
  };
}

function take(received: Buffer): { found: Found | undefined; rest: Buffer } | undefined {
  const end = received.indexOf(10);
  if (end < 0) return undefined;
  const header = received.subarray(0, end).toString("utf8");
  const parts = /^([0-9a-f]{40}) (\w+) (\d+)$/.exec(header);
  if (parts === null) return { found: undefined, rest: received.subarray(end + 1) };
  const [, oid = "", type = "", size = ""] = parts;
  const start = end + 1;
  const stop = start + Number(size);
  if (received.length < stop + 1) return undefined;
  return { found: { oid, type, content: received.subarray(start, stop) }, rest: received.subarray(stop + 1) };
}

function parseCommit(oid: string, text: string): Commit {
  const [head = "", ...message] = text.split("\n\n");
  const values = (name: string) =>
    [...head.matchAll(new RegExp(`^${name} ([0-9a-f]{40})$`, "gm"))].map((m) => m[1] ?? "");
  return { oid, tree: values("tree")[0] ?? "", parents: values("parent"), message: message.join("\n\n") };
}

function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length; ) {
    const end = content.indexOf(0, at);
    const [mode = "", ...name] = content.subarray(at, end).toString("utf8").split(" ");
    entries.push({ mode, name: name.join(" "), oid: content.subarray(end + 1, end + 21).toString("hex") });
    at = end + 21;
  }
  return entries;
}
