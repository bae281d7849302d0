// Files that are derived from a single source: written, or with `--check` only compared.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The checkout. */
export const root: string = join(import.meta.dirname, "..");

const stale: string[] = [];

/** Puts a generated file in its place, relative to the checkout; an unchanged one is left alone. */
export async function put(path: string, text: string): Promise<void> {
  const file = join(root, path);
  const old = await readFile(file, "utf8").catch(() => undefined);
  if (old === text) return;
  if (process.argv.includes("--check")) {
    stale.push(path);
    return;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  console.log(`wrote ${path}`);
}

/** Ends the process with an error if a generated file is not what its source says. */
export function failIfStale(): void {
  if (stale.length === 0) return;
  console.error(`Stale: ${stale.join(", ")}. Run: npm run generate`);
  process.exit(1);
}
