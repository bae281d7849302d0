// Temporary folders for the time of one command. If it is killed, the next run removes them.
import type { Dirent } from "node:fs";
import { lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What such folders are for; `state` is of versions before 0.2. */
const KINDS = ["before", "changes", "diff", "state", "ui"] as const;
const NAME = new RegExp(`^partwatch-(?:${KINDS.join("|")})-(?:(\\d+)-)?[A-Za-z0-9]{6}$`);

type Kind = Exclude<(typeof KINDS)[number], "state">;

/** Nothing takes this long. */
const OLD_MS = 60 * 60_000;

/** Creates a folder, passes it to `use`, and removes it afterwards. */
export async function withScratch<T>(kind: Kind, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await ownScratch(kind);
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same for the lifetime of the process; only its owner may read it. The caller removes it. */
export async function ownScratch(kind: Kind): Promise<string> {
  return mkdtemp(join(tmpdir(), `partwatch-${kind}-${process.pid}-`));
}

/** Removes what killed commands of this user have left: folders with our names, an hour old, whose process is gone. Never throws. */
export async function removeOldScratch(now: Date): Promise<void> {
  const found: readonly Dirent[] = await readdir(tmpdir(), { withFileTypes: true }).catch(() => []);
  const ours = found.filter((entry) => entry.isDirectory() && NAME.test(entry.name) && !isInUse(entry.name));
  await Promise.all(ours.map((entry) => removeIfOld(join(tmpdir(), entry.name), now)));
}

function isInUse(name: string): boolean {
  const [, pid] = NAME.exec(name) ?? [];
  if (pid === undefined) return false;
  try {
    return process.kill(Number(pid), 0);
  } catch (error) {
    // EPERM: it exists, and belongs to somebody else.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

async function removeIfOld(folder: string, now: Date): Promise<void> {
  try {
    const { uid, mtimeMs } = await lstat(folder);
    const isMine = process.getuid === undefined || process.getuid() === uid;
    if (isMine && now.getTime() - mtimeMs > OLD_MS) await rm(folder, { recursive: true, force: true });
  } catch {
    // Another run is removing it at this moment, or it cannot be removed: nothing depends on it.
  }
}
