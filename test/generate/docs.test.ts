import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ConfigFile } from "../../src/core/generated/config.ts";
import { configFrom } from "../../src/core/settings/config.ts";
import { workflowFiles } from "../../src/core/workflow/workflow.ts";

const root = join(import.meta.dirname, "../..");
const json = async (path: string): Promise<object> => JSON.parse(await readFile(join(root, path), "utf8"));

describe("docs/schedules.md", async () => {
  const text = await readFile(join(root, "docs/schedules.md"), "utf8");
  const ajv = new Ajv2020({
    strict: false,
    schemas: [await json("schemas/monitor.schema.json")],
    validateFormats: false,
  });
  const isConfig = ajv.compile<ConfigFile>(await json("schemas/config.schema.json"));
  const examples = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, example = ""]) => example);

  it("shows more than one partwatch.yaml", () => {
    expect(examples.length).toBeGreaterThan(1);
  });

  it.each(examples)("shows a partwatch.yaml that is taken as it stands: %s", (example) => {
    const file: unknown = parse(example);
    if (!isConfig(file)) throw new Error(ajv.errorsText(isConfig.errors));
    const { problems } = workflowFiles({ monitors: [], config: configFrom(file) });
    expect(problems.filter(({ path }) => file.workflow !== undefined || path !== "workflow.action")).toEqual([]);
  });

  it("names every secret and variable that the workflow hands over", () => {
    const { files } = workflowFiles({ monitors: [], config: configFrom({}) });
    const names = [...(files.get(".github/workflows/partwatch.yml") ?? "").matchAll(/secrets\.(\w+)/g)].map(
      ([, name]) => name,
    );
    expect(names.length).toBeGreaterThan(9);
    for (const name of names) expect(text).toContain(`\`${name}\``);
  });
});
