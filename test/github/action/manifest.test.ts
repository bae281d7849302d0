import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { workflowSettings } from "../../../src/core/settings/workflow-settings.ts";
import { inside } from "../../support/workspace.ts";

const root = join(import.meta.dirname, "../../..");
const read = (path: string) => readFile(join(root, path), "utf8");
const names = (value: unknown) => Object.keys(typeof value === "object" && value !== null ? value : {}).sort();

/** What the entries of an action read and set; both share what is neither's own. */
async function sources(isOwn: (file: string) => boolean): Promise<string> {
  const files = (await readdir(join(root, "src/action"))).filter(isOwn);
  return (await Promise.all(files.map((file) => read(`src/action/${file}`)))).join("\n");
}

const ACTIONS = [
  ["action.yml", "dist/action.cjs", (file: string) => !/dashboard/.test(file)],
  ["dashboard/action.yml", "../dist/dashboard-action.cjs", (file: string) => /dashboard/.test(file)],
] as const;

describe.each(ACTIONS)("%s", (path, main, isOwn) => {
  it("runs on Node 24", async () => {
    expect(parse(await read(path)).runs).toEqual({ using: "node24", main });
  });

  it("has the inputs that the action reads, and no others", async () => {
    const { inputs } = parse(await read(path));
    const taken = [...(await sources(isOwn)).matchAll(/(?:getInput\(|name: |flag\(reader, )"([a-z-]+)"/g)];
    expect(names(inputs)).toEqual([...new Set(taken.map(([, name]) => name))].sort());
  });

  it("has the outputs that the action sets, and no others", async () => {
    const { outputs } = parse(await read(path));
    const code = await sources(isOwn);
    const set = [...code.matchAll(/setOutput\("([a-z-]+)"/g)].map(([, name]) => name);
    expect(names(outputs)).toEqual([...new Set(set)].sort());
  });
});

describe("docs/action.md", () => {
  it("shows a job that works: known inputs and settings, the pins of the generated workflows", async () => {
    const [, example = ""] = /^```yaml\n([\s\S]*?)^```$/m.exec(await read("docs/action.md")) ?? [];
    const { inputs, outputs } = parse(await read("action.yml"));
    const steps: unknown = inside(parse(example), "jobs", "check", "steps");
    const { action, checkout } = workflowSettings({});
    expect(example).toContain(`uses: ${action.uses} # ${action.version}`);
    expect(example).toContain(`uses: ${checkout.uses} # ${checkout.version}`);
    const used = names(inside(steps, 1, "with"));
    expect(used.length).toBeGreaterThan(0);
    for (const name of used) expect(names(inputs)).toContain(name);
    const settings = await read("docs/getting-started.md");
    for (const name of names(inside(steps, 1, "env"))) expect(settings).toContain(`\`${name}\``);
    for (const [, name] of example.matchAll(/outputs\.([a-z-]+)/g)) expect(names(outputs)).toContain(name);
  });
});
