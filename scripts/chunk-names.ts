import { basename } from "node:path";
import type { Metafile } from "esbuild";

/**
 * Names for the chunks without a digest of their contents, so that a small change is a small diff: that of the module which
 * loads later, or of the largest of those that others share. Returns what puts them into a path or a file's text.
 */
export function chunkNames({ outputs }: Pick<Metafile, "outputs">): (text: string) => string {
  const names = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const [path, { entryPoint, inputs }] of Object.entries(outputs)) {
    if (!path.includes("/chunks/")) continue;
    const largest = Object.entries(inputs).toSorted(([a, { bytesInOutput: x }], [b, { bytesInOutput: y }]) =>
      x === y ? Number(a > b) - Number(a < b) : y - x,
    )[0]?.[0];
    const name = entryPoint === undefined ? `shared-${nameOf(largest ?? "runtime")}` : nameOf(entryPoint);
    const other = taken.get(name);
    if (other !== undefined) throw new Error(`${other} and ${path} would both be called ${name}`);
    taken.set(name, path);
    names.set(basename(path), `${name}.mjs`);
  }
  return (text) => text.replaceAll(/[\w.-]+-[A-Z0-9]{8}\.mjs/g, (old) => names.get(old) ?? old);
}

/** `src/notify/email/line.ts` is notify-email-line. */
function nameOf(input: string): string {
  return input
    .replace(/^(?:src|node_modules)\//, "")
    .replace(/\.\w+$/, "")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-/, "");
}
