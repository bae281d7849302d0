import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { formatProblem } from "../../src/core/problem.ts";
import { defaultConfig } from "../../src/core/settings/config.ts";
import { readPartsFile } from "../../src/monitors/parts-file.ts";
import { type MonitorsRead, readMonitors } from "../../src/monitors/read.ts";

/** A list that nothing is wrong with. */
export const GOOD = `name: Sensor board, next 25
cron_schedule: "10 7 * * 1-5"
timezone: Europe/Berlin
parts:
  - { name: Sensor Board, version: B, quantity: 25 }
  - { ipn: CBL-0007, quantity: 50 }
recipients: [stock@example.com]
`;

export const NOW = new Date("2026-11-20T12:00:00Z");

/** Runs `use` over a temporary repository with those files. */
export async function withRepository<Result>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (root: string) => Promise<Result>,
): Promise<Result> {
  const root = await mkdtemp(join(tmpdir(), "partwatch-monitors-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
    return await use(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** What is read from a repository with those files. */
export function readFiles(files: Readonly<Record<string, string | Uint8Array>>): Promise<MonitorsRead> {
  return withRepository(files, (root) => readMonitors({ root, now: NOW }));
}

/** The problems of one monitor file, as people read them. */
export async function problemsOf(text: string | Uint8Array): Promise<string[]> {
  const { problems } = await readFiles({ "monitors/a.yaml": text });
  return problems.map(formatProblem);
}

/** A list of parts from a table of its own, and its problems as people read them. */
export async function readTable(content: string | Uint8Array, file = "t.csv") {
  const folder = await mkdtemp(join(tmpdir(), "partwatch-tables-"));
  try {
    const path = join(folder, file);
    await writeFile(path, content);
    const { parts, problems } = await readPartsFile({
      path,
      file,
      config: defaultConfig(),
      now: NOW,
    });
    return { parts, problems: problems.map(formatProblem) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
