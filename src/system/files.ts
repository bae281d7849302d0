// Single files that no other folder of the source deals with.
import { lstat, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Whether anything exists at that path; a dangling link counts. */
export async function isThere(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}

/** The text of a file; undefined if there is none. Throws if it cannot be read. */
export async function textIfThere(path: string): Promise<string | undefined> {
  return await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

/** Writes a new file, and the folders that it needs. Throws if something exists there already. */
export async function createFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: "wx" });
}

/** Writes a file, whether it exists or not. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await writeFile(path, text);
}
