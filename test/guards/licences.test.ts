// What dist/ contains of others may be passed on with it under the MIT licence.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const ALLOWED = new Set([
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "Unlicense",
  "CC0-1.0",
]);

/** Names and licences of what LICENSES.txt begins each of its sections with. */
function licences(text: string): readonly (readonly [name: string, licence: string])[] {
  return text.split(/\n-{20,}\n/).flatMap((section) => {
    const [, name, licence] = /^\s*(\S+ \S+) \(([^)\n]*(?:\([^)\n]*\))?[^)\n]*)\)\n/.exec(section) ?? [];
    return name === undefined || licence === undefined ? [] : [[name, licence] as const];
  });
}

/** Whether one may be chosen that is allowed, of `(MIT OR GPL-3.0)`, or all are, of `MIT AND ISC`. */
function isAllowed(licence: string): boolean {
  const plain = licence.replace(/ \(https?:[^)]*\)/, "").replace(/[()]/g, "");
  return plain.split(/ OR /).some((choice) => choice.split(/ AND /).every((one) => ALLOWED.has(one.trim())));
}

test("every package in dist/ has a licence that lets it be passed on", async () => {
  const text = await readFile(join(ROOT, "dist/LICENSES.txt"), "utf8");
  const found = licences(text);
  expect(found.length).toBe(text.split(/\n-{20,}\n/).length);
  expect(found.length).toBeGreaterThan(20);
  expect(found.filter(([, licence]) => !isAllowed(licence))).toEqual([]);
});

test("another licence, or none, would be found", () => {
  const text = "a 1.0.0 (MIT)\n\nText\n\n----------------------------------------\n\nb 2.0.0 (GPL-3.0)\n\nText\n";
  expect(licences(text)).toEqual([
    ["a 1.0.0", "MIT"],
    ["b 2.0.0", "GPL-3.0"],
  ]);
  expect(
    ["MIT", "(MIT OR GPL-3.0)", "MIT AND ISC", "MIT (http://a.example/license.txt)"].filter(isAllowed),
  ).toHaveLength(4);
  expect(["GPL-3.0", "MIT AND GPL-3.0", "UNLICENSED", "undefined", ""].filter(isAllowed)).toEqual([]);
});
