import { expect, test } from "vitest";
import { readPresets } from "../../src/monitors/legacy-list-file.ts";

const BOARD = { name: "Board", quantity: 5 };

test.each<[parts: unknown, entries: readonly object[]]>([
  ["Board:5, Chip:3", [BOARD, { name: "Chip", quantity: 3 }]],
  ["Board:5", [BOARD]],
  ["Board", [{ name: "Board" }]],
  [[["Board", 5]], [BOARD]],
  [[["Board", "2.5"]], [{ name: "Board", quantity: 2.5 }]],
  [{ Board: 5 }, [BOARD]],
  [
    [
      { name: "Board", quantity: 5 },
      { name: "Chip", quantity: 0 },
    ],
    [BOARD],
  ],
  // Nothing would be left: the entry's own problem says more than an empty list.
  [[{ name: "Board", quantity: 0 }], [{ name: "Board", quantity: 0 }]],
])("parts of an older program are read from %j", (parts, entries) => {
  const text = JSON.stringify({ presets: [{ name: "Old", cron_schedule: "0 8 * * *", parts }] });
  const { lists, problems } = readPresets({ file: "presets.json", text });
  expect(problems).toEqual([]);
  expect(lists[0]?.fields.parts).toEqual(entries);
});
