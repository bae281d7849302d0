// One `git cat-file --batch` that answers everything a reading of the branch asks: refs, trees and files.
import { type Git, GitMissing } from "./git.ts";
import { GitRefused } from "./git-refused.ts";

export interface GitObject {
  readonly oid: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** A conversation with git. Close it when done. */
export interface GitReader {
  /** The objects of these names (`refs/heads/a^{commit}`, an id), in their order; undefined where there is none. Throws GitRefused. */
  readonly ask: (names: readonly string[]) => Promise<readonly (GitObject | undefined)[]>;
  readonly close: () => void;
}

/** Longest wait for an answer, in milliseconds. */
const TIMEOUT_MS = 60_000;

export function openReader(git: Git): GitReader {
  const child = git.start(["cat-file", "--batch"]);
  const complaints: Buffer[] = [];
  const answers = incoming();
  const fail = (error: Error) => answers.end(error);
  child.stdin.on("error", () => {}); // it has ended: its own words say why
  child.stdout.on("data", answers.add);
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  child.on("error", (cause) => fail(new GitMissing("git could not be started", { cause })));
  child.on("close", () => fail(new GitRefused(Buffer.concat(complaints).toString("utf8").trim())));
  return {
    ask: async (names) => {
      if (names.length === 0) return [];
      const timer = setTimeout(() => child.kill(), TIMEOUT_MS);
      try {
        child.stdin.write(`${names.join("\n")}\n`);
        const found: (GitObject | undefined)[] = [];
        for (const _ of names) found.push(await nextObject(answers));
        return found;
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => {
      child.stdin.end();
    },
  };
}

interface Incoming {
  readonly add: (chunk: Buffer) => void;
  readonly end: (error: Error) => void;
  /** The bytes up to the next line break, without it. */
  readonly line: () => Promise<string>;
  readonly bytes: (count: number) => Promise<Buffer>;
}

/** <oid> SP <type> SP <size> LF <contents> LF, or <name> SP missing LF (git-cat-file, BATCH OUTPUT). */
async function nextObject(answers: Incoming): Promise<GitObject | undefined> {
  const line = await answers.line();
  const [, oid, type, size] = /^([0-9a-f]+) (\w+) (\d+)$/.exec(line) ?? [];
  if (oid === undefined || type === undefined) {
    if (/ missing$/.test(line)) return undefined;
    throw new GitRefused(`an object cannot be read: ${line}`);
  }
  const bytes = await answers.bytes(Number(size));
  await answers.bytes(1);
  return { oid, type, bytes };
}

/** Bytes as they come, for whoever waits for so many of them. One at a time waits. */
function incoming(): Incoming {
  let chunks: Buffer[] = [];
  let length = 0;
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  const more = () =>
    new Promise<void>((resolve, reject) => {
      if (failure !== undefined) reject(failure);
      else
        wake = () => {
          wake = undefined;
          if (failure === undefined) resolve();
          else reject(failure);
        };
    });
  const joined = () => {
    const [only, ...others] = chunks;
    const all = only !== undefined && others.length === 0 ? only : Buffer.concat(chunks);
    chunks = [all];
    return all;
  };
  const taken = (count: number, skipped = 0) => {
    const all = joined();
    chunks = [all.subarray(count + skipped)];
    length -= count + skipped;
    return all.subarray(0, count);
  };
  return {
    add: (chunk) => {
      chunks.push(chunk);
      length += chunk.length;
      wake?.();
    },
    end: (error) => {
      failure ??= error;
      wake?.();
    },
    line: async () => {
      for (;;) {
        const end = joined().indexOf("\n");
        if (end >= 0) return taken(end, 1).toString("utf8");
        await more();
      }
    },
    bytes: async (count) => {
      while (length < count) await more();
      return taken(count);
    },
  };
}
