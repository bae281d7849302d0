import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generate } from "../../src/app/generate.ts";
import type { ConfigFile } from "../../src/core/generated/config.ts";
import { configFrom } from "../../src/core/settings/config.ts";
import { needs } from "../support/needs.ts";
import { findTool, runTool } from "../support/tools.ts";

const actionlint = findTool("actionlint");
const zizmor = findTool("zizmor");

const monitors = [
  { cron_schedule: "10 7 * * MON-FRI", timezone: "Europe/Berlin" },
  { cron_schedule: "0 7 */10 * 7", timezone: "UTC" },
  { cron_schedule: "*/15 * * * *", timezone: "Asia/Calcutta" },
  { cron_schedule: "20/15 6-18/3 * JAN,jun 5-7", timezone: "America/New_York" },
].map((monitor, index) => ({
  ...monitor,
  active: true,
  file: `monitors/${index}.yaml`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours.
  name: "x: ${{ github.actor }} # \n- run: id",
}));

const action = `acme/partwatch@${"1234567890".repeat(4)} # v1.0.0`;
const configs: readonly (readonly [string, ConfigFile])[] = [
  ["the defaults", {}],
  ["an action that is named", { workflow: { action } }],
  ["this repository's own action", { workflow: { action: "./" } }],
  ["published pages", { workflow: { action }, dashboard: { pages: true } }],
  ["pages that jobs of several shards make due", { workflow: { action }, shards: 2, dashboard: { pages: true } }],
  ["pages by this repository's own action", { workflow: { action: "./" }, dashboard: { pages: true, public: true } }],
  ["ticks", { workflow: { action }, schedule: { mode: "tick" } }],
  [
    "GitHub Enterprise Server",
    { workflow: { action, runs_on: ["self-hosted", "linux"] }, schedule: { target: "ghes" } },
  ],
  [
    "several servers, shared by jobs",
    {
      workflow: { action },
      shards: 4,
      instances: ["berlin", "munich"].map((label) => ({
        label,
        url_env: "INVENTREE_SITES_URL",
        token_env: `INVENTREE_${label.toUpperCase()}_TOKEN`,
      })),
    },
  ],
  [
    "every setting",
    {
      schedule: { catch_up: "off" },
      workflow: {
        action,
        branch: "trunk",
        runs_on: ["self-hosted", "x64"],
        environment: "production",
        timeout_minutes: 30,
        if: "vars.PARTWATCH == 'on'",
        steps_before: [
          // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours.
          { name: "VPN", uses: `acme/vpn@${"ab".repeat(20)} # v3`, with: { key: "${{ secrets.VPN_KEY }}" } },
          { name: "Wait", run: "sleep 1\necho ready\n" },
        ],
      },
    },
  ],
];

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "partwatch-tools-"));
  for (const [index, [, file]] of configs.entries()) {
    const result = await generate({ root: join(folder, `${index}`), check: false, monitors, config: configFrom(file) });
    if (result.written.length !== 2) throw new Error(`Nothing was generated: ${JSON.stringify(result.problems)}`);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(configs.map(([name], index) => [name, index] as const))("the workflows for %s", (_, index) => {
  const workflows = join(".github", "workflows");

  it("pass actionlint", needs("actionlint", actionlint !== undefined), async () => {
    const root = join(folder, `${index}`);
    const files = (await readdir(join(root, workflows))).map((name) => join(workflows, name));
    expect(await runTool(actionlint ?? "", ["-no-color", ...files], root)).toEqual({ code: 0, output: "" });
  });

  it("give zizmor nothing to find, however strict", needs("zizmor", zizmor !== undefined), async () => {
    const root = join(folder, `${index}`);
    const { code, output } = await runTool(
      zizmor ?? "",
      ["--offline", "--no-progress", "--persona=pedantic", "."],
      root,
    );
    expect(output).toContain("No findings to report");
    expect(code).toBe(0);
  });
});
