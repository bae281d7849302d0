import { expect, test } from "vitest";
import { imports } from "../support/imports.ts";

// Lint finds circles of values only.
test("no file imports itself in a circle, not even for a type", async () => {
  expect(circleIn(await imports())).toBeUndefined();
});

test("a circle would be found", () => {
  const files = new Map([
    ["a.ts", ["b.ts"]],
    ["b.ts", ["c.ts"]],
    ["c.ts", ["b.ts"]],
  ]);
  expect(circleIn(files)).toEqual(["b.ts", "c.ts", "b.ts"]);
});

/** The files of one circle, its first file again at the end. */
function circleIn(files: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of files.get(file) ?? []) {
      const circle = visit(next, [...way, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of files.keys()) {
    const circle = visit(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}
