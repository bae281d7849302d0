// A real Git repository in a temporary folder, and what tests look at in it.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { plainMachine } from "../support/machine.ts";

export interface TestRepository {
  readonly root: string;
  /** Runs git in it and gives what it wrote, trimmed; throws where git refuses. */
  readonly git: (...args: readonly string[]) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** git as on a machine that nobody has configured; with an identity, as people have one. */
export const testEnvironment: Readonly<Record<string, string | undefined>> = plainMachine(
  join(tmpdir(), "partwatch-nobody"),
);

export async function makeRepository(...initArguments: readonly string[]): Promise<TestRepository> {
  const root = await mkdtemp(join(tmpdir(), "partwatch-test-"));
  const repository = openRepository(root);
  await repository.git("init", "--quiet", "--initial-branch=main", ...initArguments);
  return repository;
}

export function openRepository(root: string): TestRepository {
  const env = {
    ...testEnvironment,
    GIT_AUTHOR_NAME: "Tess",
    GIT_AUTHOR_EMAIL: "tess@example.com",
    GIT_COMMITTER_NAME: "Tess",
    GIT_COMMITTER_EMAIL: "tess@example.com",
  };
  return {
    root,
    git: async (...args) => {
      const { stdout } = await promisify(execFile)("git", args, { cwd: root, env, maxBuffer: 100_000_000 });
      return stdout.trim();
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** Commits files to a branch as another program would, without a work tree; null: the file goes. */
export async function commitFiles(
  repository: TestRepository,
  order: { readonly branch: string; readonly files: Readonly<Record<string, string | null>> },
): Promise<string> {
  const { root, git } = repository;
  const folder = await mkdtemp(join(tmpdir(), "partwatch-test-"));
  const ref = `refs/heads/${order.branch}`;
  const parent = await git("rev-parse", "--verify", "--quiet", ref).catch(() => "");
  const stamps = Object.entries(order.files).map(async ([path, text], index) => {
    if (text === null) return `0 ${"0".repeat(40)}\t${path}`;
    const file = join(folder, String(index));
    await writeFile(file, text);
    return `100644 ${await git("hash-object", "-w", "--no-filters", file)}\t${path}`;
  });
  const index = { ...process.env, ...testEnvironment, GIT_INDEX_FILE: join(folder, "index") };
  const plumb = (...args: readonly string[]) => promisify(execFile)("git", args, { cwd: root, env: index });
  await plumb("read-tree", parent === "" ? "--empty" : parent);
  for (const stamp of await Promise.all(stamps)) {
    const [mode, oid, path] = stamp.split(/[ \t]/);
    if (mode === "0") await plumb("update-index", "--force-remove", path ?? "");
    else await plumb("update-index", "--add", "--cacheinfo", `${mode},${oid},${path}`);
  }
  const tree = (await plumb("write-tree")).stdout.trim();
  const parents = parent === "" ? [] : ["-p", parent];
  const commit = await git("commit-tree", tree, ...parents, "-m", "By another program");
  await git("update-ref", ref, commit);
  await rm(folder, { recursive: true, force: true });
  return commit;
}
