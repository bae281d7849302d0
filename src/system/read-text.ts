import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** A file's text; null if there is none. */
export async function readText(root: string, file: string): Promise<string | null> {
  return readFile(join(root, file), "utf8").catch(() => null);
}
