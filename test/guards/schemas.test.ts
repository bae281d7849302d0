import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";

const folder = join(import.meta.dirname, "../../schemas");

it("every schema is one: a run does not look at that again", async () => {
  const files = await readdir(folder);
  const ajv = new Ajv2020({ strict: false });
  for (const file of files) {
    const schema: unknown = JSON.parse(await readFile(join(folder, file), "utf8"));
    if (typeof schema !== "object" || schema === null) throw new Error(`${file} is no schema`);
    const valid = ajv.validateSchema(schema);
    expect(ajv.errors ?? [], file).toEqual([]);
    expect(valid).toBe(true);
  }
  expect(files).toContain("monitor.schema.json");
  expect(ajv.validateSchema({ type: "text" })).toBe(false);
});
