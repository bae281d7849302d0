import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const made: string[] = [];

afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true, force: true }))));

describe("the boundaries between the folders", () => {
  it.each([
    ["core", 'import { readFile } from "node:fs/promises";', "core/ is pure"],
    ["core", 'import { request } from "undici";', "core/ is pure"],
    ["core", 'import * as actions from "@actions/core";', "core/ is pure"],
    ["core", 'import { x } from "../../state/store.ts";', "core/ is pure"],
    ["core", 'import { x } from "../../wire.ts";', "core/ is pure"],
    ["core", "export const x = process.env;", "core/ is pure"],
    ["state", 'import { x } from "../../notify/channel.ts";', "Adapters stand apart"],
    ["notify", 'import { x } from "../../inventree/client.ts";', "Adapters stand apart"],
    ["inventree", 'import { x } from "../../app/run.ts";', "Adapters stand apart"],
    ["monitors", 'import { x } from "../../state/store.ts";', "Adapters stand apart"],
    ["app", 'import { x } from "../../wire.ts";', "never reach back up"],
    ["cli", 'import { readMonitors } from "../../monitors/read.ts";', "wire*.ts alone chooses adapters"],
    ["action", 'import { connectGithub } from "../../github/octokit.ts";', "wire*.ts alone chooses adapters"],
    ["action", 'import { renderRun } from "../../cli/render-run.ts";', "Entries stand apart"],
  ])("catch, in %s/: %s", async (folder, line, message) => {
    const output = await lint(folder, `${line}\n`);
    expect(output).toContain(message);
  });

  it.each(["../state/store.ts", "../wire.ts"])("catch %s in a file at the top of core", async (path) => {
    const file = join(root, "src/core/guard-violation.ts");
    made.push(file);
    await writeFile(file, `import { x } from "${path}";\nexport const y = x;\n`);
    expect(await lintOutput(file)).toContain("core/ is pure");
    await rm(file);
  });

  it("let core use core and SHA-256", async () => {
    const output = await lint(
      "core",
      'import { createHash } from "node:crypto";\nimport { x } from "../schedule/cron.ts";\nexport const hash = createHash(x);\n',
    );
    expect(output).not.toContain("is pure");
  });

  it("keep the clock and chance out of core", async () => {
    const impure = /Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|Temporal\.Now/;
    expect(impure.test("const now = new Date();")).toBe(true);
    const files = (await readdir(join(root, "src/core"), { recursive: true })).filter((file) => file.endsWith(".ts"));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) expect(await readFile(join(root, "src/core", file), "utf8"), file).not.toMatch(impure);
  });
});

async function lint(folder: string, text: string): Promise<string> {
  const place = await mkdtemp(join(root, "src", folder, "guard-"));
  made.push(place);
  await writeFile(join(place, "violation.ts"), text);
  const output = await lintOutput(place);
  await rm(place, { recursive: true, force: true });
  return output;
}

async function lintOutput(path: string): Promise<string> {
  const biome = join(root, "node_modules/.bin/biome");
  const run = promisify(execFile)(biome, ["lint", path], { cwd: root });
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
  return stdout + stderr;
}
