import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FailureError } from "../core/failure.ts";

/** Folders of the dashboard whose files come and go with lists and parts. */
const FOLDERS = ["lists", "parts"] as const;
/** Marks a folder as ours to write into. */
const OURS = 'data-find="find.js';
const AT_ONCE = 32;

export interface FolderUpdate {
  readonly written: number;
  readonly removed: number;
}

/**
 * Writes the files into that folder and removes what an earlier dashboard left there and this one does not have. A reader never
 * sees half a file. Throws FailureError (kind config) if other files are there.
 */
export async function writeDashboard(folder: string, files: ReadonlyMap<string, string>): Promise<FolderUpdate> {
  await refuseForeign(folder);
  for (const below of FOLDERS) await mkdir(join(folder, below), { recursive: true });
  const changed = await changedFiles(folder, files);
  await inTurn(changed, async ([path, text]) => {
    const target = join(folder, path);
    await writeFile(`${target}.new`, text);
    await rename(`${target}.new`, target);
  });
  const old = await staleFiles(folder, files);
  await inTurn(old, (path) => rm(join(folder, path)));
  return { written: changed.length, removed: old.length };
}

async function refuseForeign(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const present = (await readdir(folder)).filter((name) => !name.startsWith("."));
  const index = await readFile(join(folder, "index.html"), "utf8").catch(() => "");
  if (present.length === 0 || index.includes(OURS)) return;
  const message = `${folder} is not empty, and was not written by partwatch dashboard; name an empty folder.`;
  throw new FailureError({ kind: "config", retryable: false, message });
}

/** index.html comes last: by then, everything that it links to exists. */
async function changedFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<readonly (readonly [string, string])[]> {
  const changed: (readonly [string, string])[] = [];
  await inTurn([...files], async ([path, text]) => {
    const before = await readFile(join(folder, path), "utf8").catch(() => undefined);
    if (before !== text) changed.push([path, text]);
  });
  return changed.sort(
    ([a], [b]) =>
      Number(dirname(a) === ".") - Number(dirname(b) === ".") ||
      Number(a === "index.html") - Number(b === "index.html"),
  );
}

async function staleFiles(folder: string, files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const below = await Promise.all(
    FOLDERS.map(async (name) => (await readdir(join(folder, name))).map((file) => `${name}/${file}`)),
  );
  const pages = (await readdir(folder)).filter((name) => /^lists-\d+\.html$/.test(name));
  return [...pages, ...below.flat()].filter((path) => /\.(?:html|csv|new)$/.test(path) && !files.has(path));
}

/** A few at a time: thousands of files must not exhaust the number of open files. */
async function inTurn<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE) await Promise.all(items.slice(at, at + AT_ONCE).map(act));
}
