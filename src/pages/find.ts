import type { Overview } from "../core/overview/overview.ts";
import { plainText } from "../core/text/plain-text.ts";
import type { Addresses } from "./frame.ts";

/**
 * What the search finds, as a script: a page that is opened from a folder may read no other file. Each entry is name, second
 * line, and address from the top; without one there is nothing to open.
 */
export function searchScript(overview: Overview, to: Addresses): string {
  const entries = searchEntries(overview, to);
  return `window.partwatchFind=[\n${entries.map((entry) => JSON.stringify(entry)).join(",\n")}\n];\n`;
}

export type SearchEntry = readonly [name: string, second: string, href: string];

/** Everything that can be found. */
export function searchEntries({ lists, parts }: Overview, to: Addresses): readonly SearchEntry[] {
  return [
    ...lists.map(({ id, name }): SearchEntry => [plainText(name), plainText(id), to.list(id) ?? ""]),
    ...parts.map(
      ({ name, ipn, instance, pk, uses }): SearchEntry => [
        plainText(name),
        [plainText(ipn ?? ""), ...new Set(uses.slice(0, 3).map(({ list }) => plainText(list.name)))]
          .filter((word) => word !== "")
          .join(" · "),
        to.part(instance, pk) ?? to.list(uses[0]?.list.id ?? "") ?? "",
      ],
    ),
  ];
}
