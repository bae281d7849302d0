// Single files, as far as no folder of its own deals with them.
import { lstat, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Whether anything stands there; a link that leads nowhere does, too. */
export async function isThere(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}

/** The text of a file; undefined where there is nothing. Throws where it cannot be read. */
export async function textIfThere(path: string): Promise<string | undefined> {
  return await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

/** Writes a new file, and the folders that it needs. Throws where something stands there already. */
export async function createFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: "wx" });
}

/** Gives a file that text, whether it was there or not. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await writeFile(path, text);
}
