// What reads workflows with distrust finds nothing in those that stand here, that a new repository gets, and that are generated for
// other forges. test/generate/tools.test.ts has those for GitHub, with every setting.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generate } from "../../src/app/generate.ts";
import { configFrom } from "../../src/core/settings/config.ts";
import { needs } from "../support/needs.ts";
import { findTool, runTool } from "../support/tools.ts";

const ROOT = join(import.meta.dirname, "../..");
const WORKFLOWS = join(".github", "workflows");
const actionlint = findTool("actionlint");
const zizmor = findTool("zizmor");

const monitors = [
  {
    cron_schedule: "10 7 * * MON-FRI",
    timezone: "Europe/Berlin",
    active: true,
    file: "monitors/board.yaml",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of theirs, not ours.
    name: "x: ${{ github.actor }} # \n- run: id",
  },
];
const action = `https://github.com/acme/partwatch@${"1234567890".repeat(4)} # v1.0.0`;
const instances = ["berlin", "munich"].map((label) => ({
  label,
  url_env: `INVENTREE_${label.toUpperCase()}_URL`,
  token_env: `INVENTREE_${label.toUpperCase()}_TOKEN`,
}));

const PLACES = ["this repository", "template/", "gitea", "forgejo"] as const;
let folder = "";

/** The tools know actions by GitHub's short names only; what follows the address is the same. */
function asOnGithub(text: string): string {
  return text.replaceAll("uses: https://github.com/", "uses: ");
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "partwatch-tools-"));
  for (const target of ["gitea", "forgejo"] as const) {
    const root = join(folder, target);
    const config = configFrom({ schedule: { target }, workflow: { action }, instances, shards: 2 });
    const { written, problems } = await generate({ root, check: false, monitors, config });
    if (written.length !== 2) throw new Error(`Nothing was generated: ${JSON.stringify(problems)}`);
    await mkdir(join(root, WORKFLOWS), { recursive: true });
    for (const path of written) {
      const text = asOnGithub(await readFile(join(root, path), "utf8"));
      await writeFile(join(root, WORKFLOWS, path.split("/").at(-1) ?? ""), text);
    }
  }
  await cp(join(ROOT, WORKFLOWS), join(folder, "this repository", WORKFLOWS), { recursive: true });
  await cp(join(ROOT, "template", WORKFLOWS), join(folder, "template", WORKFLOWS), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(PLACES)("the workflows of %s", (place) => {
  it("pass actionlint", needs("actionlint", actionlint !== undefined), async () => {
    const root = join(folder, place);
    const files = (await readdir(join(root, WORKFLOWS))).map((name) => join(WORKFLOWS, name));
    expect(files.length).toBeGreaterThan(1);
    expect(await runTool(actionlint ?? "", ["-no-color", ...files], root)).toEqual({ code: 0, output: "" });
  });

  it("give zizmor nothing to find, however strict", needs("zizmor", zizmor !== undefined), async () => {
    const args = ["--offline", "--no-progress", "--persona=pedantic", WORKFLOWS];
    const { code, output } = await runTool(zizmor ?? "", args, join(folder, place));
    expect(output).toContain("No findings to report");
    expect(code).toBe(0);
  });
});
