import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isRaw } from "../support/recordings.ts";

const root = join(import.meta.dirname, "../..");

const PURE = "core/ is pure";
const TOLD = "pages/ is pure";
const APART = "Adapters stand apart";
const DOWN = "never reach back up";
const BY_ADAPTERS = "Use cases read, write and start nothing themselves";
const THIN = "wire/ alone chooses adapters";
const ENTRIES = "Entries stand apart";

/** A file under src/, what it says, and what lint must answer. */
const FORBIDDEN: readonly (readonly [file: string, line: string, message: string])[] = [
  ["core/deep/a.ts", 'import { readFile } from "node:fs/promises";', PURE],
  ["core/deep/a.ts", 'import { serialize } from "node:v8";', PURE],
  ["core/deep/a.ts", 'import { request } from "undici";', PURE],
  ["core/deep/a.ts", 'import * as actions from "@actions/core";', PURE],
  ["core/deep/a.ts", 'import { x } from "../../state/store.ts";', PURE],
  ["core/deep/a.ts", 'import { x } from "../../wire/run.ts";', PURE],
  ["core/deep/a.ts", "export const x = process.env;", "the global variable process"],
  ["core/a.ts", 'import { x } from "../state/store.ts";', PURE],
  ["core/a.ts", 'import { x } from "../wire/run.ts";', PURE],
  ["pages/a.ts", 'import { readFile } from "node:fs/promises";', TOLD],
  ["pages/a.ts", 'import { x } from "../app/run.ts";', TOLD],
  ["pages/deep/a.ts", 'import { x } from "../../state/store.ts";', TOLD],
  ["pages/a.ts", "export const x = process.env;", "the global variable process"],
  ["core/a.ts", 'import { x } from "../pages/shell.ts";', PURE],
  ["notify/a.ts", 'import { x } from "../pages/shell.ts";', APART],
  ["state/a.ts", 'import { x } from "../notify/channel.ts";', APART],
  ["state/a.ts", 'import { x } from "../wire/servers.ts";', APART],
  ["notify/email/a.ts", 'import { x } from "../../inventree/client.ts";', APART],
  ["inventree/a.ts", 'import { x } from "../app/run.ts";', APART],
  ["monitors/a.ts", 'import { x } from "../state/store.ts";', APART],
  ["github/a.ts", 'import { x } from "../cli/session.ts";', APART],
  ["system/a.ts", 'import { x } from "../app/run.ts";', APART],
  ["system/a.ts", 'import { x } from "../state/store.ts";', APART],
  ["app/a.ts", 'import { x } from "../wire/run.ts";', DOWN],
  ["app/a.ts", 'import { x } from "../wire/servers.ts";', DOWN],
  ["app/deep/a.ts", 'import { x } from "../../wire/servers.ts";', DOWN],
  ["app/deep/a.ts", 'import { writeFile } from "node:fs/promises";', BY_ADAPTERS],
  ["cli/a.ts", 'import { readMonitors } from "../monitors/read.ts";', THIN],
  ["action/a.ts", 'import { connectGithub } from "../github/octokit.ts";', THIN],
  ["action/a.ts", 'import { renderRun } from "../cli/render-run.ts";', ENTRIES],
];

const ALLOWED: readonly (readonly [file: string, line: string])[] = [
  ["core/deep/a.ts", 'import { createHash } from "node:crypto";'],
  ["core/deep/a.ts", 'import { x } from "../schedule/cron.ts";'],
  ["pages/deep/a.ts", 'import { html } from "hono/html";'],
  ["pages/a.ts", 'import { x } from "../core/view/view.ts";'],
  ["core/deep/a.ts", 'import { distance } from "fastest-levenshtein";'],
  ["notify/email/a.ts", 'import { x } from "../channel.ts";'],
  ["notify/a.ts", 'import { x } from "../core/monitor.ts";'],
  ["app/a.ts", 'import { x } from "../state/store.ts";'],
  ["cli/a.ts", 'import type { Store } from "../state/store.ts";'],
];

describe("the boundaries between the folders", () => {
  let tree = "";
  let messages: ReadonlyMap<string, string> = new Map();

  beforeAll(async () => {
    tree = await mkdtemp(join(tmpdir(), "partwatch-boundaries-"));
    await copyFile(join(root, "biome.json"), join(tree, "biome.json"));
    for (const [index, [file, line]] of [...FORBIDDEN, ...ALLOWED].entries()) {
      const path = join(tree, placeOf(index, file));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `${line}\n`);
    }
    messages = await lint(tree);
  });

  afterAll(() => rm(tree, { recursive: true, force: true }));

  it.each(FORBIDDEN.map((row, index) => [...row, index] as const))("catch, in %s: %s", (file, _, message, index) => {
    expect(messages.get(placeOf(index, file))).toContain(message);
  });

  it.each(ALLOWED.map((row, index) => [...row, FORBIDDEN.length + index] as const))(
    "let pass, in %s: %s",
    (file, _, index) => {
      expect(messages.get(placeOf(index, file)) ?? "").not.toMatch(
        /is pure|stand apart|reach back|alone chooses|global variable/,
      );
    },
  );
});

/** Each line stands in a file of its own, so that one run of the linter answers for all. */
function placeOf(index: number, file: string): string {
  return join("src", file.replace(/a\.ts$/, `a${index}.ts`));
}

/** What lint says of each file of a tree that has the project's rules. */
async function lint(tree: string): Promise<ReadonlyMap<string, string>> {
  const biome = join(root, "node_modules/.bin/biome");
  const args = ["lint", "--reporter=json", "--max-diagnostics=none", "."];
  const run = promisify(execFile)(biome, args, { cwd: tree });
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
  const report: unknown = stdout === "" ? undefined : JSON.parse(stdout);
  if (!isRaw(report) || !Array.isArray(report.diagnostics)) throw new Error(`biome said: ${stdout}${stderr}`);
  const said = new Map<string, string>();
  for (const diagnostic of report.diagnostics) {
    const { path } = diagnostic.location;
    said.set(path, `${said.get(path) ?? ""}${diagnostic.message}\n`);
  }
  return said;
}
