import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { openRunner, type Runner } from "../../support/action.ts";
import { asked, board, chips, fork } from "../../support/action-lists.ts";
import { commitAll, copyProgram } from "../../support/own-clone.ts";
import { boardList } from "../../support/small-product.ts";

const PROGRAM = join(import.meta.dirname, "../../../dist/cli.mjs");
const RUN = ".github/workflows/partwatch.yml";

/** Lists whose partwatch.yaml names the action that the runner loads. */
const named = {
  ...board,
  "partwatch.yaml": 'workflow:\n  action: "acme/partwatch@0123456789abcdef0123456789abcdef01234567 # v0.1.0"\n',
};

const compare = (runner: Runner) => runner.run({ ...fork, inputs: { command: "generate-check" } });

async function generate({ root }: Runner): Promise<void> {
  await promisify(execFile)(process.execPath, [PROGRAM, "-C", root, "generate"]);
}

/** A machine with Git and the Node of this test alone, for which that folder is the action's repository on GitHub. */
const offline = (remote: string) => ({
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_COUNT: "1",
  GIT_CONFIG_KEY_0: `url.${remote}.insteadOf`,
  GIT_CONFIG_VALUE_0: "https://github.com/acme/partwatch",
});

describe("a pull request whose workflow", () => {
  it("fits the lists is green", async () => {
    await using runner = await openRunner(named);
    await generate(runner);
    const { code, summary, annotations } = await compare(runner);
    expect({ code, errors: annotations.filter(({ kind }) => kind === "error") }).toEqual({ code: 0, errors: [] });
    expect(summary).toContain("Workflows are up to date.");
    expect(asked(runner)).toBe(0);
  });

  it("is stale is red, and says where the file is edited and what writes it, without npm", async () => {
    await using runner = await openRunner(named);
    await generate(runner);
    await runner.write("monitors/chips.yaml", chips.replace("17 3 1 1", "18 3 1 1"));
    const { code, annotations, summary, outputs, log } = await compare(runner);
    const command = "node ../partwatch/dist/cli.mjs generate";
    const link = `https://github.com/tess/lists/edit/more%20boards/${RUN}`;
    expect({ code, failed: outputs.failed }).toEqual({ code: 1, failed: "1" });
    expect(annotations.filter(({ kind }) => kind === "error")).toMatchObject([
      { file: RUN, line: 1, message: expect.stringMatching(new RegExp(`${link}.*${command}$`)) },
    ]);
    expect(summary).toContain(`${command}\n\`\`\``);
    expect(summary.indexOf(link)).toBeGreaterThan(0);
    expect(summary.indexOf(link)).toBeLessThan(summary.indexOf(command));
    expect(summary + log).not.toMatch(/\bnp[mx]\b/);
  });

  it("is stale finds commands in the summary that mend it, in a clone, with nothing but Git and Node", async () => {
    await using runner = await openRunner(named);
    const remote = join(runner.root, "../remote");
    await copyProgram(remote);
    const commit = await commitAll(remote);
    await runner.write("partwatch.yaml", `workflow:\n  action: "acme/partwatch@${commit} # v0.1.0"\n`);
    await runner.write("monitors/chips.yaml", chips);
    const env = { ...fork.env, GITHUB_ACTION_REF: commit };
    const check = { ...fork, env, inputs: { command: "generate-check" } };
    const { summary } = await runner.run(check);
    const [, script = ""] = /^```sh\n([\s\S]*?)^```$/m.exec(summary) ?? [];
    await promisify(execFile)("sh", ["-ec", script], { cwd: runner.root, env: offline(remote) });
    expect((await runner.run(check)).code).toBe(0);
  });

  it("is stale names the action's own folder where that is one of the repository", async () => {
    await using runner = await openRunner(board);
    const program = join(runner.root, "tools/partwatch");
    await copyProgram(program);
    const env = { ...fork.env, GITHUB_ACTION_REPOSITORY: "", GITHUB_ACTION_REF: "" };
    const check = { ...fork, program, env, inputs: { command: "generate-check" } };
    const { summary, annotations } = await runner.run(check);
    const command = "node tools/partwatch/dist/cli.mjs generate";
    expect(annotations.map(({ message }) => message)).toEqual([
      expect.stringContaining(command),
      expect.stringContaining(command),
    ]);
    const [, script = ""] = /^```sh\n([\s\S]*?)^```$/m.exec(summary) ?? [];
    expect(script).toBe(`${command}\n`);
    await promisify(execFile)("sh", ["-ec", script], { cwd: runner.root, env: offline(program) });
    expect(await readFile(join(runner.root, RUN), "utf8")).toContain("uses: ./tools/partwatch ");
    expect((await runner.run(check)).code).toBe(0);
  });

  it("cannot be compared is annotated once, by the first step of the job that sees it", async () => {
    await using runner = await openRunner({ "monitors/bad.yaml": boardList({ timezone: "Mars/Base" }) });
    const env = { ...fork.env, RUNNER_TEMP: join(runner.root, "..") };
    const first = await runner.run({ ...fork, env, inputs: { command: "validate" } });
    const second = await runner.run({ ...fork, env, inputs: { command: "generate-check" } });
    expect([first.code, second.code]).toEqual([1, 1]);
    expect(first.annotations).toMatchObject([{ file: "monitors/bad.yaml", line: 3 }]);
    expect(second.annotations).toEqual([]);
    expect(second.summary).toContain("monitors/bad.yaml:3");
  });

  it("is stale finds a patch in the summary that mends it", async () => {
    await using runner = await openRunner(named);
    await generate(runner);
    await runner.write("monitors/chips.yaml", chips.replace("17 3 1 1", "18 3 1 1"));
    const { summary } = await compare(runner);
    const [, patch = ""] = /^```diff\n([\s\S]*?)^```$/m.exec(summary) ?? [];
    await runner.write("../stale.patch", patch);
    await runner.git("apply", "../stale.patch");
    expect((await compare(runner)).code).toBe(0);
  });

  it("is stale finds the whole file, and a link to where it is edited, for those who have only a browser", async () => {
    await using runner = await openRunner(named);
    await generate(runner);
    await runner.write("monitors/chips.yaml", chips.replace("17 3 1 1", "18 3 1 1"));
    const { summary } = await compare(runner);
    expect(summary).toContain(`https://github.com/tess/lists/edit/more%20boards/${RUN}`);
    const [, text = ""] = /^```yaml\n([\s\S]*?)^```$/m.exec(summary) ?? [];
    await runner.write(RUN, text);
    expect((await compare(runner)).code).toBe(0);
  });

  it("is missing is red too", async () => {
    await using runner = await openRunner(named);
    const { code, annotations, summary } = await compare(runner);
    expect(code).toBe(1);
    expect(annotations.filter(({ kind }) => kind === "error").map(({ file }) => file)).toEqual([
      ".github/workflows/partwatch-pull-request.yml",
      RUN,
    ]);
    expect(summary).toContain("https://github.com/tess/lists/new/more%20boards?filename=.github%2Fworkflows%2F");
  });

  it("cannot be compared, because a list is broken, is red at that line", async () => {
    await using runner = await openRunner({ "monitors/bad.yaml": boardList({ timezone: "Mars/Base" }) });
    const { code, annotations, summary } = await compare(runner);
    expect(code).toBe(1);
    expect(annotations.filter(({ kind }) => kind === "error")).toMatchObject([{ file: "monitors/bad.yaml", line: 3 }]);
    expect(summary).toContain("monitors/bad.yaml:3");
  });
});
