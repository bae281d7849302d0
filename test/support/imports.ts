import { readdir, readFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** What each file of the product and the demo imports, for values, for types, or later. */
export async function imports(): Promise<ReadonlyMap<string, readonly string[]>> {
  const listed = await Promise.all(
    ["src", "demo"].map(async (folder) =>
      (await readdir(join(ROOT, folder), { recursive: true })).map((file) => posix.join(folder, file)),
    ),
  );
  const files = listed.flat().filter((file) => file.endsWith(".ts"));
  if (files.length < 300) throw new Error("The sources were not found.");
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const text = await readFile(join(ROOT, file), "utf8");
        const specifiers = [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map(([, found = ""]) => found);
        return [file, specifiers.map((found) => posix.join(dirname(file), found))] as const;
      }),
    ),
  );
}
