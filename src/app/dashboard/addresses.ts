// Where the files of the dashboard are. All links are relative: it works from a folder, a sub-path, or file:.
import type { PartRow } from "../../core/overview/parts.ts";
import type { Addresses } from "../../pages/frame.ts";
import type { PageName } from "../../pages/texts/texts.ts";

/** Names that Windows keeps for devices, whatever ends they have. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/** Names of pages by list and part; two that differ only in case, or that a file system refuses, get others. */
export interface FileNames {
  readonly list: ReadonlyMap<string, string>;
  /** By `partKey`. */
  readonly part: ReadonlyMap<string, string>;
}

export function partKey({ instance, pk }: Pick<PartRow, "instance" | "pk">): string {
  return `${instance}-${pk}`;
}

export function fileNames(ids: readonly string[], parts: readonly PartRow[]): FileNames {
  return { list: unique(ids), part: new Map(parts.map((part) => [partKey(part), partKey(part)])) };
}

/** The pages as seen from a page so many folders below the top. */
export function relativeAddresses(names: FileNames, depth: 0 | 1): Addresses {
  const up = "../".repeat(depth);
  return {
    page: (name) => up + PAGES[name],
    list: (id) => {
      const file = names.list.get(id);
      return file === undefined ? undefined : `${up}lists/${file}.html`;
    },
    part: (instance, pk) => {
      const file = names.part.get(partKey({ instance, pk }));
      return file === undefined ? undefined : `${up}parts/${file}.html`;
    },
    file: (name) => up + name,
  };
}

export const PAGES: Readonly<Record<PageName, string>> = {
  overview: "index.html",
  lists: "lists.html",
  parts: "parts.html",
  order: "order.html",
  alerts: "alerts.html",
  runs: "runs.html",
  // Settings are never published.
  settings: "index.html",
};

/** The second and further pages of all lists. */
export function listsFile(page: number): string {
  return page === 1 ? PAGES.lists : `lists-${page}.html`;
}

function unique(ids: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const id of ids) {
    const plain = id.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/\.+$/, "-");
    const safe = RESERVED.test(plain) ? `-${plain}` : plain;
    let name = safe;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${safe}-${number}`;
    taken.add(name.toLowerCase());
    names.set(id, name);
  }
  return names;
}
