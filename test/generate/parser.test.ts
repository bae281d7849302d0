import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import { describe, expect, it } from "vitest";
import type { ConfigFile } from "../../src/core/generated/config.ts";
import { configFrom } from "../../src/core/settings/config.ts";
import { workflowFiles } from "../../src/core/workflow/workflow.ts";

const list = { file: "monitors/a.yaml", name: "A: #1", active: true, timezone: "Europe/Berlin" };
const monitors = [
  { ...list, cron_schedule: "10 7 * * 1-5" },
  { ...list, file: "monitors/b.yaml", cron_schedule: "25 */4 1,15 * *", timezone: "UTC" },
];
const folder = join(import.meta.dirname, "../../.github/workflows");

/** What GitHub's own parser objects to. */
function complaints(name: string, content: string): readonly string[] {
  const { context } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  return context.errors.getErrors().map((error) => error.message);
}

describe("GitHub's own parser of workflows", () => {
  it.each(readdirSync(folder))("takes this repository's %s", (name) => {
    expect(complaints(name, readFileSync(join(folder, name), "utf8"))).toEqual([]);
  });

  it.each<[string, ConfigFile]>([
    ["one tick for all lists", { schedule: { mode: "tick" } }],
    ["a server of one's own", { schedule: { target: "ghes" }, workflow: { runs_on: ["self-hosted", "linux"] } }],
    ["an environment and steps before", { workflow: { environment: "inventree", steps_before: [{ run: "echo up" }] } }],
    ["shards", { shards: 3 }],
    ["issues as a channel", { channels: { issue: { active: true } } }],
  ])("takes what is generated for %s", (_, file) => {
    const { files } = workflowFiles({ monitors, config: configFrom(file) });
    expect(files.size).toBeGreaterThan(0);
    for (const [path, text] of files) expect(complaints(path, text), path).toEqual([]);
  });

  it("objects to what is no workflow", () => {
    expect(complaints("wrong.yml", "on: push\njobs:\n  a:\n    steps: []\n")).not.toEqual([]);
  });
});
