// Bundles the entries into dist/, which is committed because `uses: owner/partwatch@v1` runs it as it is.
// `--check` builds in memory and fails where dist/ differs by a byte.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { build } from "esbuild";
import { stubs } from "./bundle-stubs.ts";
import { chunkNames } from "./chunk-names.ts";
import { compiledSchemas } from "./compiled-schemas.ts";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

const result = await build({
  absWorkingDir: root,
  entryPoints: [
    { in: "src/cli.ts", out: "cli" },
    { in: "src/action.ts", out: "action" },
    { in: "src/action/dashboard.ts", out: "dashboard-action" },
  ],
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node24",
  minify: true,
  keepNames: true,
  legalComments: "none",
  // Its own ES modules, which load faster and leave out what is not used; to Node the package offers CommonJS.
  alias: { yaml: "./node_modules/yaml/browser/index.js" },
  plugins: [stubs, compiledSchemas],
  metafile: true,
  write: false,
  // CommonJS packages inside an ES module still ask for node's own modules by require().
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  logLevel: "warning",
});

const renamed = chunkNames(result.metafile);
const wanted = new Map(
  result.outputFiles.map(({ path, text }) => [renamed(relative(dist, path)), new TextEncoder().encode(renamed(text))]),
);
// action.yml and dashboard/action.yml name these files. What they load is an ES module, split so that a run loads no more than it needs.
const loader = await readFile(join(root, "scripts/action-loader.cjs"), "utf8");
wanted.set("action.cjs", new TextEncoder().encode(loader));
wanted.set("dashboard-action.cjs", new TextEncoder().encode(loader.replace("./action.mjs", "./dashboard-action.mjs")));
wanted.set("LICENSES.txt", new TextEncoder().encode(await licenses(Object.keys(result.metafile.inputs))));

const present = await readdir(dist, { recursive: true, withFileTypes: true }).catch(() => []);
const old = present
  .filter((entry) => entry.isFile())
  .map((entry) => relative(dist, join(entry.parentPath, entry.name)));
const stale: string[] = old.filter((path) => !wanted.has(path));
for (const [path, contents] of wanted) {
  const before = await readFile(join(dist, path)).catch(() => undefined);
  if (before === undefined || !before.equals(contents)) stale.push(path);
}

if (process.argv.includes("--check")) {
  if (stale.length > 0) {
    console.error(`dist/ is stale: ${stale.join(", ")}. Run: npm run build`);
    process.exit(1);
  }
  console.log(`dist/ is what the sources say (${wanted.size} files)`);
} else {
  for (const path of stale.filter((path) => !wanted.has(path))) await rm(join(dist, path));
  for (const [path, contents] of wanted) {
    await mkdir(dirname(join(dist, path)), { recursive: true });
    await writeFile(join(dist, path), contents);
    const kib = (contents.length / 1024).toFixed(0);
    if (!path.startsWith("chunks/")) console.log(`dist/${path} ${kib} KiB`);
  }
  const total = [...wanted.values()].reduce((sum, contents) => sum + contents.length, 0);
  console.log(`${wanted.size} files, ${(total / 1024).toFixed(0)} KiB`);
}

/** The licences of the bundled packages, as most of them ask for. */
async function licenses(inputs: readonly string[]): Promise<string> {
  const names = inputs.map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
  const packages = [...new Set(names.filter((name) => name !== undefined))].sort();
  const texts = await Promise.all(packages.map(licenseOf));
  return `${texts.join("\n\n----------------------------------------\n\n")}\n`;
}

async function licenseOf(name: string): Promise<string> {
  const folder = join(root, "node_modules", name);
  const manifest: unknown = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const { version, license } = manifest as { version?: string; license?: string };
  const file = (await readdir(folder)).sort().find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? "" : `\n\n${(await readFile(join(folder, file), "utf8")).trim()}`;
  return `${name} ${version ?? ""} (${license ?? "see its repository"})${text}`;
}
