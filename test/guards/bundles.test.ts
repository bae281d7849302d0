import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { bytesWithoutMail } from "../bench/bundle.ts";

it("a run of the action that tells nobody loads no more than 1.5 MB", async () => {
  const bytes = await bytesWithoutMail();
  expect(bytes).toBeGreaterThan(500_000);
  expect(bytes).toBeLessThanOrEqual(1_500_000);
});

it("the action does not contain the pages of the dashboard, and the command line loads them for that command alone", async () => {
  expect(await reached("action.mjs", { lazily: true })).not.toContain("partwatchFind");
  expect(await reached("chunks/cli-main.mjs", { lazily: false })).not.toContain("partwatchFind");
  expect(await reached("cli.mjs", { lazily: true })).toContain("partwatchFind");
});

it("the action does not contain the local UI, and the command line loads it for that command alone", async () => {
  const words = "This form is not of this server.";
  expect(await reached("action.mjs", { lazily: true })).not.toContain(words);
  expect(await reached("chunks/cli-main.mjs", { lazily: false })).not.toContain(words);
  expect(await reached("cli.mjs", { lazily: true })).toContain(words);
});

it("the command line says on an older Node which one it needs, before it loads anything that may be too new for it", async () => {
  const entry = join(import.meta.dirname, "../../dist/cli.mjs");
  const imports = [...(await readFile(entry, "utf8")).matchAll(/(?:\bfrom|\bimport)\s*["']([^"']+)["']/g)];
  expect(imports.map(([, name]) => name)).toEqual(["node:module"]);
  const older = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "22.9.0" } })';
  const args = ["--import", `data:text/javascript,${encodeURIComponent(older)}`, entry, "--version"];
  await expect(promisify(execFile)(process.execPath, args)).rejects.toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^Partwatch needs Node 24 or newer, and this is Node 22\.9\.0\.\nInstall Node 24 /),
  });
});

/** The texts of a bundle and of all that it imports, and with `lazily` of what it may import later. */
async function reached(entry: string, { lazily }: { readonly lazily: boolean }): Promise<string> {
  const dist = join(import.meta.dirname, "../../dist");
  const imported = lazily ? /["'](\.{1,2}\/[^"']+\.mjs)["']/g : /(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.mjs)["']/g;
  const texts = new Map<string, string>();
  const left = [join(dist, entry)];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (texts.has(path)) continue;
    const text = await readFile(path, "utf8");
    texts.set(path, text);
    for (const [, file = ""] of text.matchAll(imported)) left.push(join(dirname(path), file));
  }
  expect(texts.size).toBeGreaterThan(1);
  return [...texts.values()].join("\n");
}
