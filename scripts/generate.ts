// Writes what is derived from a single source: types from the schemas. `--check` fails where something is stale.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { compileFromFile } from "json-schema-to-typescript";

const root = join(import.meta.dirname, "..");
const stale: string[] = [];

for (const name of ["monitor", "config", "report"]) {
  const types = await compileFromFile(join(root, "schemas", `${name}.schema.json`), {
    bannerComment: `// Generated from schemas/${name}.schema.json by npm run generate.`,
    cwd: join(root, "schemas"),
    additionalProperties: false,
    strictIndexSignatures: true,
  });
  await put(`src/core/generated/${name}.ts`, types);
}

if (stale.length > 0) {
  console.error(`Stale: ${stale.join(", ")}. Run: npm run generate`);
  process.exit(1);
}

async function put(path: string, text: string): Promise<void> {
  const file = join(root, path);
  const old = await readFile(file, "utf8").catch(() => undefined);
  if (old === text) return;
  if (process.argv.includes("--check")) {
    stale.push(path);
    return;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  console.log(`wrote ${path}`);
}
