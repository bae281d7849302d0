// The jobs that are generated for GitLab, run as its runner runs them: in a checkout of a commit, with the job's address of the
// project, against a remote that is a real repository.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { copyProgram } from "../support/own-clone.ts";
import { boardList } from "../support/small-product.ts";
import { openWorkspace } from "../support/workspace.ts";

const files = {
  "partwatch.yaml": "schedule: { target: gitlab }\nworkflow: { action: ./tools/partwatch }\n",
  "monitors/board.yaml": boardList({ cron_schedule: '"17 3 1 1 *"' }),
};

it("the jobs for GitLab check, keep the state in the project, and put problems at the lines of a merge request", async () => {
  await using workspace = await openWorkspace({ files });
  await copyProgram(join(workspace.root, "tools/partwatch"));
  const generated = await workspace.partwatch(["generate"]);
  expect(generated.stdout).toContain("wrote .gitlab/partwatch.yml");
  const jobs = parse(await readFile(join(workspace.root, ".gitlab/partwatch.yml"), "utf8"));
  await workspace.git("add", "--all", "--force");
  await workspace.git("commit", "--quiet", "--message=Add lists");
  const project = join(dirname(workspace.root), "project.git");
  await workspace.git("clone", "--quiet", "--bare", ".", project);
  await workspace.git("remote", "add", "origin", "https://gitlab.example.com/acme/lists.git");
  await workspace.git("switch", "--quiet", "--detach");
  const env = {
    ...workspace.env,
    CI: "true",
    GITLAB_CI: "true",
    CI_REPOSITORY_URL: project,
    CI_COMMIT_BRANCH: "main",
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  };
  const script = async (job: string) => {
    const lines: readonly string[] = jobs[job].script;
    const args = ["-euo", "pipefail", "-c", lines.join("\n")];
    return promisify(execFile)("bash", args, { cwd: workspace.root, env }).catch((error: unknown) => ({
      stdout: String(Reflect.get(Object(error), "stdout")),
      stderr: String(Reflect.get(Object(error), "stderr")),
    }));
  };

  const run = await script("partwatch");
  expect(run.stdout, run.stderr).toMatch(/board +notified +1/);
  expect(workspace.sink.mails()).toHaveLength(1);
  const { stdout: log } = await promisify(execFile)("git", ["log", "--format=%s", "partwatch-state"], { cwd: project });
  expect(log.trim().split("\n")).toEqual(["Check board: notified, short 1", "Notify board"]);

  await workspace.write("monitors/bad.yaml", boardList({ cron_schedule: '"61 7 * * *"' }));
  const invalid = await script("partwatch-validate");
  expect(invalid.stdout).toContain("monitors/bad.yaml:2:");
  const report: unknown = JSON.parse(await readFile(join(workspace.root, "gl-code-quality-report.json"), "utf8"));
  expect(report).toMatchObject([
    {
      severity: "major",
      location: { path: "monitors/bad.yaml", lines: { begin: 2 } },
      fingerprint: expect.any(String),
    },
  ]);
});
