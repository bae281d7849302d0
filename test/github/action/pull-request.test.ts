import { describe, expect, it } from "vitest";
import { type ActionResult, openRunner, type Runner } from "../../support/action.ts";
import { asked, board, chips, fork } from "../../support/action-lists.ts";
import { boardList } from "../../support/small-product.ts";

const validate = (runner: Runner, inputs = {}) => runner.run({ ...fork, inputs: { command: "validate", ...inputs } });

/** Merges what is in the checkout into main, as GitHub does for a pull request; the commit that was merged. */
async function mergePullRequest({ git }: Runner): Promise<string> {
  await git("checkout", "--quiet", "-b", "change");
  await git("add", "--all");
  await git("commit", "--quiet", "--allow-empty", "--message=Change");
  await git("checkout", "--quiet", "main");
  await git("merge", "--quiet", "--no-ff", "--message=Merge", "change");
  return git("rev-parse", "change");
}

describe("the pull request of a fork", () => {
  it("with a good list is green, without any secret, and asks nobody", async () => {
    await using runner = await openRunner({ ...board, "monitors/chips.yaml": chips });
    const { code, annotations, summary, outputs } = await validate(runner);
    expect({ code, annotations, outputs }).toEqual({ code: 0, annotations: [], outputs: { failed: "0" } });
    expect(summary).toContain("2 monitors are valid.");
    expect(asked(runner)).toBe(0);
  });

  it("with a bad list is red at the very line and column, and says the fix", async () => {
    const bad =
      "name: Bad\ncron_schedule: '61 7 * * *'\nparts:\n  - { name: Board, quantity: -1 }\nrecipients: [stock@example.com]\n";
    const settings = "workflow:\n  action: partwatch\n";
    await using runner = await openRunner({ ...board, "monitors/bad.yaml": bad, "partwatch.yaml": settings });
    const { code, annotations, summary, outputs } = await validate(runner);
    expect({ code, failed: outputs.failed }).toEqual({ code: 1, failed: "3" });
    expect(annotations).toMatchObject([
      { kind: "error", file: "monitors/bad.yaml", line: 2, column: 16, message: expect.stringContaining("0-59") },
      { kind: "error", file: "monitors/bad.yaml", line: 4, column: 30, message: expect.stringContaining("quantity") },
      {
        kind: "error",
        file: "partwatch.yaml",
        line: 2,
        column: 11,
        message: expect.stringContaining("is not an action"),
      },
    ]);
    expect(summary).toContain("1 monitor is valid.");
    expect(summary).toMatch(/^- monitors\/bad\.yaml:4:30 parts\\\[0\\\]\.quantity/m);
    expect(asked(runner)).toBe(0);
  });

  it("with a folder of its own for the lists is red at the file's path in the repository", async () => {
    await using runner = await openRunner({ "stock/monitors/bad.yaml": boardList({ timezone: "Mars/Base" }) });
    const { annotations } = await validate(runner, { root: "stock" });
    expect(annotations).toMatchObject([{ file: "stock/monitors/bad.yaml", line: 3 }]);
  });

  it("shows no more annotations than GitHub takes; the summary and the log have all", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`monitors/bad-${10 + at}.yaml`, boardList({ timezone: "Mars/Base" })]),
    );
    await using runner = await openRunner(files);
    const { annotations, summary, log, outputs } = await validate(runner);
    expect(annotations.map(({ kind }) => kind)).toEqual(Array.from({ length: 10 }, () => "error"));
    expect(annotations[9]?.message).toBe("And 3 more; the step summary and the log have all of them.");
    expect(summary.match(/^- monitors\/bad-\d+\.yaml/gm)).toHaveLength(12);
    expect(log.match(/^monitors\/bad-\d+\.yaml/gm)).toHaveLength(12);
    expect(outputs.failed).toBe("12");
  });

  it("cannot give commands to the runner by what stands in its files", async () => {
    const evil = "##[error]evil\n::error::evil";
    await using runner = await openRunner({ "monitors/bad.yaml": boardList({ timezone: JSON.stringify(evil) }) });
    const { log, annotations } = await validate(runner);
    const [, group = ""] = /::stop-commands::(\S+)\n/.exec(log) ?? [];
    expect(group).toMatch(/^[0-9a-f-]{36}$/);
    expect(log.indexOf("evil")).toBeGreaterThan(log.indexOf(`::stop-commands::${group}`));
    expect(annotations).toHaveLength(1);
    expect(log.split("\n").filter((line) => /^\s*::error::/.test(line))).toEqual([]);
  });

  it("that runs the checks all the same is a dry run, which says what is not set", async () => {
    await using runner = await openRunner(board);
    const { code, annotations, outputs } = await runner.run({ ...fork, inputs: { command: "run" } });
    expect({ code, outputs }).toMatchObject({ code: 1, outputs: { checked: "0", failed: "1" } });
    expect(annotations.filter(({ kind }) => kind === "error")).toMatchObject([
      { message: expect.stringMatching(/^INVENTREE_URL: is not set.*\nINVENTREE_API_TOKEN: is not set/) },
    ]);
    expect(asked(runner)).toBe(0);
  });
});

describe("a pull request that renames a list", () => {
  async function renamed(change: { readonly before?: string; readonly after?: string }): Promise<ActionResult> {
    await using runner = await openRunner({ ...board, ...(change.before && { "monitors/board.yaml": change.before }) });
    await runner.move("monitors/board.yaml", "monitors/ten-boards.yaml");
    if (change.after !== undefined) await runner.write("monitors/ten-boards.yaml", change.after);
    const sha = await mergePullRequest(runner);
    const pullRequest = { ...fork.payload.pull_request, head: { ...fork.payload.pull_request.head, sha } };
    const payload = { ...fork.payload, pull_request: pullRequest };
    return await runner.run({ ...fork, payload, inputs: { command: "validate" } });
  }

  it("is warned to keep the id, and stays green", async () => {
    const { code, annotations, summary } = await renamed({});
    expect(code).toBe(0);
    expect(annotations).toMatchObject([
      { kind: "warning", file: "monitors/ten-boards.yaml", line: 1, message: expect.stringContaining("`id: board`") },
    ]);
    expect(summary).toContain("monitors/board.yaml");
  });

  it("is not warned where the id is kept, or was chosen", async () => {
    expect((await renamed({ after: `${boardList()}id: board\n` })).annotations).toEqual([]);
    expect((await renamed({ before: `${boardList()}id: ten-boards\n` })).annotations).toEqual([]);
    expect((await renamed({ after: `${boardList()}id: other\n` })).annotations).toEqual([]);
  });

  it("is warned with the id that the file had, not with its name", async () => {
    const { annotations } = await renamed({ before: `${boardList()}id: b-1\n`, after: boardList() });
    expect(annotations).toMatchObject([{ message: expect.stringContaining("`id: b-1`") }]);
  });

  it("is warned also where the checkout is its head and not the merge", async () => {
    await using runner = await openRunner(board);
    const sha = await runner.git("rev-parse", "HEAD");
    await runner.move("monitors/board.yaml", "monitors/ten-boards.yaml");
    await runner.git("add", "--all");
    await runner.git("commit", "--quiet", "--message=Rename");
    await runner.git("commit", "--quiet", "--allow-empty", "--message=More");
    const payload = { pull_request: { base: { sha } } };
    const { annotations } = await runner.run({ ...fork, payload, inputs: { command: "validate" } });
    expect(annotations).toMatchObject([{ kind: "warning", file: "monitors/ten-boards.yaml" }]);
  });
});
