import { mkdir, readdir, writeFile } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { CommandError } from "../exit.ts";

/**
 * Writes a table for each supplier; returns their paths. Throws CommandError if the folder contains other tables, which somebody
 * would order along with these, or if it cannot be written.
 */
export async function writeOrderFiles(
  files: ReadonlyMap<string, string>,
  { folder, cwd }: { readonly folder: string; readonly cwd: string },
): Promise<readonly string[]> {
  const target = isAbsolute(folder) ? folder : join(cwd, folder);
  await mkdir(target, { recursive: true }).catch((error: Error) => {
    throw new CommandError(`--csv ${folder}: no folder can be made there (${error.message}); name another.`);
  });
  const there = await readdir(target).catch((error: Error) => {
    throw new CommandError(`--csv ${folder}: it cannot be read (${error.message}); name another.`);
  });
  const others = there.filter((name) => /\.csv$/i.test(name) && !files.has(name)).sort();
  if (others.length > 0)
    throw new CommandError(
      `--csv ${folder}: it already holds other tables (${others.slice(0, 5).join(", ")}${others.length > 5 ? " …" : ""}), which would be ordered along with these. Remove them, or name another folder.`,
    );
  for (const [name, text] of files)
    await writeFile(join(target, name), text).catch((error: Error) => {
      throw new CommandError(
        `--csv ${folder}: ${relative(cwd, join(target, name))} cannot be written (${error.message}). Close the program that has it open, or name another folder.`,
      );
    });
  return [...files.keys()].map((name) => relative(cwd, join(target, name)));
}
