import { join } from "node:path";
import { compileFromFile } from "json-schema-to-typescript";
import { put, root } from "./generated.ts";

/** Makes the types of what the schemas describe. */
export async function writeTypes(): Promise<void> {
  for (const name of ["monitor", "config", "report"]) {
    const types = await compileFromFile(join(root, "schemas", `${name}.schema.json`), {
      bannerComment: `// Generated from schemas/${name}.schema.json by npm run generate.`,
      cwd: join(root, "schemas"),
      additionalProperties: false,
      strictIndexSignatures: true,
    });
    await put(`src/core/generated/${name}.ts`, types);
  }
}
