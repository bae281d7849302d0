import { statSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The folder with `partwatch.yaml` or `monitors/` around `from`: itself or one above it, as Git finds its
 * repository. Not above the repository's top, and not the home folder unless that is the working directory.
 */
export function findRoot({
  from,
  home,
}: {
  readonly from: string;
  readonly home: string | undefined;
}): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (folder === home && folder !== from) return undefined;
    if (is("file", folder, "partwatch.yaml") || is("folder", folder, "monitors")) return folder;
    const isTop = statSync(join(folder, ".git"), { throwIfNoEntry: false }) !== undefined;
    if (isTop || dirname(folder) === folder) return undefined;
  }
}

function is(kind: "file" | "folder", folder: string, name: string): boolean {
  const found = statSync(join(folder, name), { throwIfNoEntry: false });
  return kind === "file" ? found?.isFile() === true : found?.isDirectory() === true;
}
