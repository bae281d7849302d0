import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { openRunner, type Runner } from "../../support/action.ts";
import { asked, board, chips, fork } from "../../support/action-lists.ts";
import { boardList } from "../../support/small-product.ts";

const PROGRAM = join(import.meta.dirname, "../../../dist/cli.mjs");
const RUN = ".github/workflows/partwatch.yml";

const compare = (runner: Runner) => runner.run({ ...fork, inputs: { command: "generate-check" } });

async function generate({ root }: Runner): Promise<void> {
  await promisify(execFile)(process.execPath, [PROGRAM, "-C", root, "generate"]);
}

describe("a pull request whose workflow", () => {
  it("fits the lists is green", async () => {
    await using runner = await openRunner(board);
    await generate(runner);
    const { code, summary, annotations } = await compare(runner);
    expect({ code, errors: annotations.filter(({ kind }) => kind === "error") }).toEqual({ code: 0, errors: [] });
    expect(summary).toContain("The workflows are what the monitors say.");
    expect(asked(runner)).toBe(0);
  });

  it("is stale is red, with the command that mends it", async () => {
    await using runner = await openRunner(board);
    await generate(runner);
    await runner.write("monitors/chips.yaml", chips.replace("17 3 1 1", "18 3 1 1"));
    const { code, annotations, summary, outputs } = await compare(runner);
    const command = 'npx --yes "github:acme/partwatch#0123456789abcdef0123456789abcdef01234567" generate';
    expect({ code, failed: outputs.failed }).toEqual({ code: 1, failed: "1" });
    expect(annotations.filter(({ kind }) => kind === "error")).toMatchObject([
      { file: RUN, line: 1, message: expect.stringContaining(command) },
    ]);
    expect(summary).toContain(`\`\`\`sh\n${command}\n\`\`\``);
  });

  it("is stale finds a patch in the summary that mends it", async () => {
    await using runner = await openRunner(board);
    await generate(runner);
    await runner.write("monitors/chips.yaml", chips.replace("17 3 1 1", "18 3 1 1"));
    const { summary } = await compare(runner);
    const [, patch = ""] = /^```diff\n([\s\S]*?)^```$/m.exec(summary) ?? [];
    await runner.write("../stale.patch", patch);
    await runner.git("apply", "../stale.patch");
    expect((await compare(runner)).code).toBe(0);
  });

  it("is stale finds the whole file, and a link to where it is edited, for those who have only a browser", async () => {
    await using runner = await openRunner(board);
    await generate(runner);
    await runner.write("monitors/chips.yaml", chips.replace("17 3 1 1", "18 3 1 1"));
    const { summary } = await compare(runner);
    expect(summary).toContain(`https://github.com/tess/lists/edit/more%20boards/${RUN}`);
    const [, text = ""] = /^```yaml\n([\s\S]*?)^```$/m.exec(summary) ?? [];
    await runner.write(RUN, text);
    expect((await compare(runner)).code).toBe(0);
  });

  it("is missing is red too", async () => {
    await using runner = await openRunner(board);
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
