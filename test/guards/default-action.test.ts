import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DEFAULT_ACTION } from "../../src/core/settings/workflow-settings.ts";

const ROOT = join(import.meta.dirname, "../..");
const ACTION = /partwatch\/partwatch@[0-9a-f]{40}/g;

function git(...args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd: ROOT, encoding: "utf8", maxBuffer: 100_000_000, stdio: "pipe" }).trim();
  } catch {
    return undefined;
  }
}

/** Each file of the action, without what names a commit and without the hashes that chunks have of each other. */
function programAt(commit: string): readonly string[] {
  const paths = git("ls-tree", "-r", "--name-only", commit, "--", "action.yml", "dist")?.split("\n") ?? [];
  return paths
    .map((path) => `${path}\n${git("show", `${commit}:${path}`) ?? ""}`)
    .map((text) => text.replace(ACTION, "").replace(/-[A-Z0-9]{8}\.mjs/g, ".mjs"))
    .toSorted();
}

// The constant cannot name the commit that it stands in. So it names the newest release before this commit; before there
// is one, the commit of the bundle that is here. The commit after a release, or after a rebuilt bundle, moves it.
it("new workflows run the newest release, where nothing says better", ({ skip }) => {
  const [, named = ""] = /@([0-9a-f]{40}) # v\d+\.\d+\.\d+$/.exec(DEFAULT_ACTION) ?? [];
  expect(named).not.toBe("");
  if (git("cat-file", "-e", `${named}^{commit}`) === undefined || git("rev-parse", "--verify", "HEAD^") === undefined) {
    console.warn(`\n!!! ${named} is not in this clone (is it shallow?): what new workflows run was NOT compared.\n`);
    skip("the commit is not in this clone");
  }
  expect(git("merge-base", "--is-ancestor", named, "HEAD"), `${named} is no commit of this branch`).toBeDefined();
  const release = git("describe", "--tags", "--abbrev=0", "--match=v[0-9]*.[0-9]*.[0-9]*", "HEAD^") ?? "HEAD";
  const message = `DEFAULT_ACTION is not ${release}: commit dist, then run npm run default-action and commit what it writes`;
  expect(programAt(named), message).toEqual(programAt(release));
});

it("a tag that package.json does not name is not released", () => {
  const check = spawnSync(process.execPath, [join(ROOT, "scripts/release-check.cjs"), "v99.0.0"], { encoding: "utf8" });
  expect(check).toMatchObject({ status: 1, stdout: "" });
  expect(check.stderr).toContain('The tag is "v99.0.0", and package.json says');
});
