// Trees as git keeps them: read, changed, written, without an index.
import { byCodeUnits } from "../core/text/code-units.ts";
import type { NewObject } from "./git-pack.ts";

export interface TreeEntry {
  /** As git writes it: 100644 a file, 40000 a folder. */
  readonly mode: string;
  readonly name: string;
  readonly oid: string;
}

const FOLDER = "40000";

export function isFolder({ mode }: TreeEntry): boolean {
  return mode === FOLDER;
}

export function isFile({ mode }: TreeEntry): boolean {
  return mode.startsWith("100");
}

/** The entries of a tree object. `idBytes`: 20 or 32, by the repository's format. */
export function treeEntries(tree: Buffer, idBytes: number): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < tree.length; ) {
    const blank = tree.indexOf(" ", at);
    const end = tree.indexOf(0, blank);
    const next = end + 1 + idBytes;
    entries.push({
      mode: tree.toString("latin1", at, blank),
      // Names need not be UTF-8: as Latin-1 every byte comes back as it was.
      name: tree.toString("latin1", blank + 1, end),
      oid: tree.toString("hex", end + 1, next),
    });
    at = next;
  }
  return entries;
}

/** A tree object of these entries, in git's order. */
export function treeOf(entries: readonly TreeEntry[]): NewObject {
  const sorted = entries.toSorted((a, b) => byCodeUnits(sortName(a), sortName(b)));
  const parts = sorted.flatMap(({ mode, name, oid }) => [
    Buffer.from(`${mode} ${name}\0`, "latin1"),
    Buffer.from(oid, "hex"),
  ]);
  return { type: "tree", bytes: Buffer.concat(parts) };
}

/** The entries with one replaced or added; undefined: it goes. */
export function withEntry(
  entries: readonly TreeEntry[],
  name: string,
  entry: Omit<TreeEntry, "name"> | undefined,
): readonly TreeEntry[] {
  const others = entries.filter((one) => one.name !== name);
  return entry === undefined ? others : [...others, { ...entry, name }];
}

/** The entry of a folder with that tree. */
export function folderEntry(oid: string): Omit<TreeEntry, "name"> {
  return { mode: FOLDER, oid };
}

export function fileEntry(oid: string): Omit<TreeEntry, "name"> {
  return { mode: "100644", oid };
}

/** Folders are sorted as if their name ended with a slash. */
function sortName(entry: TreeEntry): string {
  return isFolder(entry) ? `${entry.name}/` : entry.name;
}
