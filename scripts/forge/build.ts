// Programs of a real Gitea, built from the Go module proxy into a cache folder: the server, and what its runner executes with.
import { spawnSync } from "node:child_process";
import { chmod, cp, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

const GITEA = "code.gitea.io/gitea@v1.26.0";
/** Gitea's fork of act, which its runner is made of. */
const ACT = "gitea.com/gitea/act@v0.261.10";

export interface Programs {
  readonly gitea: string;
  /** Where its templates and translations are. */
  readonly static: string;
  readonly act: string;
}

/** Builds what is not there yet: ten minutes on two cores, then nothing. Needs Go 1.26. */
export async function buildForge(): Promise<Programs> {
  const cache = process.env.PARTWATCH_FORGE ?? join(homedir(), ".cache/partwatch-forge");
  await mkdir(cache, { recursive: true });
  const sources = join(cache, "gitea-source");
  const programs = { gitea: join(cache, "gitea"), static: sources, act: join(cache, "gitea-act") };
  if (!(await isThere(programs.gitea))) {
    await source(GITEA, sources);
    // The pages' scripts are built by another program; nobody looks at these pages.
    await mkdir(join(sources, "public/assets/.vite"), { recursive: true });
    await writeFile(join(sources, "public/assets/.vite/manifest.json"), "{}\n");
    go(["build", "-tags", "sqlite sqlite_unlock_notify", "-o", programs.gitea, "."], sources);
  }
  if (!(await isThere(programs.act))) {
    const folder = join(cache, "act-source");
    await source(ACT, folder);
    go(["build", "-o", programs.act, "."], folder);
  }
  return programs;
}

/** The module's files in a folder that can be written to. */
async function source(module: string, folder: string): Promise<void> {
  const { Dir }: { readonly Dir?: string } = JSON.parse(go(["mod", "download", "-json", module], "/"));
  if (Dir === undefined) throw new Error(`${module} cannot be downloaded`);
  await cp(Dir, folder, { recursive: true });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  await chmod(folder, 0o755);
  for (const entry of entries) await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}

function go(args: readonly string[], cwd: string): string {
  console.log(`go ${args.slice(0, 3).join(" ")} …`);
  const { status, stdout, stderr } = spawnSync("go", args, { cwd, encoding: "utf8", maxBuffer: 100_000_000 });
  if (status !== 0) throw new Error(`go ${args.join(" ")}: ${stderr}`);
  return stdout;
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
