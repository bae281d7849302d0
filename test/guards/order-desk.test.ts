import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { imports } from "../support/imports.ts";

const DESK = "src/inventree/order-desk.ts";
/** What a schedule starts, and what may be started like that. */
const SCHEDULED =
  /^src\/(?:action\.ts|action\/|app\/(?:run|preview|dashboard)\/|cli\/commands\/(?:run|preview|dashboard|monitor\/monitor)\.ts|web\/run(?:ner|s)\.ts)/;

test("what runs on a schedule, or checks from a page, never reaches what writes to InvenTree, not even later", async () => {
  const files = await imports();
  const scheduled = [...files.keys()].filter((file) => SCHEDULED.test(file));
  expect(scheduled.length).toBeGreaterThan(50);
  for (const file of scheduled) expect(wayTo(DESK, file, files), file).toBeUndefined();
  // The command that a person types does, and the page whose button a person presses.
  for (const file of ["src/cli/commands/order.ts", "src/web/order.ts"]) expect(wayTo(DESK, file, files)).toBeDefined();
});

test("a way would be found, also one of a later import", () => {
  const files = new Map([
    ["a.ts", ["b.ts"]],
    ["b.ts", ["a.ts", DESK]],
  ]);
  expect(wayTo(DESK, "a.ts", files)).toEqual(["a.ts", "b.ts", DESK]);
});

test("nothing else of the adapter for InvenTree sends anything but questions", async () => {
  const writes = /"(?:POST|PUT|PATCH|DELETE)"/;
  const found: string[] = [];
  for (const file of (await imports()).keys()) {
    if (!file.startsWith("src/inventree/")) continue;
    const text = await readFile(join(import.meta.dirname, "../..", file), "utf8");
    if (writes.test(text)) found.push(file);
  }
  expect(found).toEqual([DESK]);
});

/** The files from one to the other; undefined: there is no way. */
function wayTo(
  goal: string,
  start: string,
  files: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const from = new Map<string, string | undefined>([[start, undefined]]);
  for (const file of from.keys()) for (const next of files.get(file) ?? []) if (!from.has(next)) from.set(next, file);
  if (!from.has(goal)) return undefined;
  const way: string[] = [];
  for (let at: string | undefined = goal; at !== undefined; at = from.get(at)) way.unshift(at);
  return way;
}
