// Moves DEFAULT_ACTION to a commit (default: HEAD) and writes what follows from it: run after a release, or after a commit of
// a new bundle, and commit the result. Usage: npm run default-action [-- COMMIT]
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const run = (program: string, ...args: readonly string[]) =>
  execFileSync(program, args, { cwd: root, encoding: "utf8" }).trim();

const commit = run("git", "rev-parse", "--verify", `${process.argv[2] ?? "HEAD"}^{commit}`);
const { version }: { version: string } = JSON.parse(run("git", "show", `${commit}:package.json`));
const pages = ["docs/action.md", "docs/gitea.md", "docs/gitlab.md"];
for (const file of ["src/core/settings/workflow-settings.ts", ...pages, "template/partwatch.yaml"]) {
  const text = await readFile(join(root, file), "utf8");
  const moved = text.replace(/(partwatch\/partwatch)@[0-9a-f]{40} # v[\d.]+/g, `$1@${commit} # v${version}`);
  await writeFile(join(root, file), moved);
}
for (const script of ["scripts/generate.ts", "scripts/build.ts"]) run(process.execPath, join(root, script));
console.log(`DEFAULT_ACTION names ${commit}. Commit workflow-settings.ts, docs, template and dist.`);
