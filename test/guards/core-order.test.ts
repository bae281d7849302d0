import { readdir, readFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { expect, test } from "vitest";

const CORE = join(import.meta.dirname, "../../src/core");

/** Each folder of core/ may import those before it, and the files that lie beside the folders. */
const ORDER = [
  "generated",
  ".",
  "text",
  "schedule",
  "settings",
  "form",
  "calculation",
  "notification",
  "workflow",
  "view",
  "overview",
  "preview",
  "issue",
];

test("core can be read folder by folder: none imports a later one", async () => {
  expect(wrongImports(await sources())).toEqual([]);
});

test("an import of a later folder would be found", () => {
  const found = wrongImports(new Map([["text/a.ts", 'import type { View } from "../view/view.ts";\n']]));
  expect(found).toEqual(["text/a.ts imports view/view.ts"]);
});

async function sources(): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(CORE, { recursive: true })).filter((file) => file.endsWith(".ts"));
  expect(files.length).toBeGreaterThan(100);
  return new Map(
    await Promise.all(
      files.map(async (file) => [file.replaceAll("\\", "/"), await readFile(join(CORE, file), "utf8")] as const),
    ),
  );
}

function wrongImports(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files].flatMap(([file, text]) =>
    [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)]
      .map(([, specifier = ""]) => posix.normalize(posix.join(dirname(file), specifier)))
      .filter((imported) => placeOf(imported) > placeOf(file))
      .map((imported) => `${file} imports ${imported}`),
  );
}

function placeOf(file: string): number {
  const folder = file.includes("/") ? file.slice(0, file.indexOf("/")) : ".";
  const place = ORDER.indexOf(folder);
  expect(place, `core/${folder} has no place in the order of core's folders`).not.toBe(-1);
  return place;
}
