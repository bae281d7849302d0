import { describe, expect, it } from "vitest";
import { asked, board, chips, fork, YEARLY } from "../../support/action-lists.ts";
import { commentByHand } from "../../support/github-api/pull-comments.ts";
import { openPullRequest } from "../../support/pull-request.ts";
import { boardList } from "../../support/small-product.ts";

const PERMISSION = "permissions:\n  pull-requests: write";
describe("the comment of the preview", () => {
  it("is not written for a fork: that is said, and nobody is asked", async () => {
    await using request = await openPullRequest(board);
    await request.propose({ "monitors/chips.yaml": chips });
    const { code, log, summary, outputs } = await request.preview({ ...fork, inputs: {} });
    expect({ code, failed: outputs.failed }).toEqual({ code: 0, failed: "0" });
    expect(summary).toContain("comes from a fork");
    expect(log).toContain("::notice::This pull request comes from a fork");
    expect(asked(request.runner)).toBe(0);
    expect(request.bodies()).toEqual([]);
  });

  it("leaves the comments of people alone, also where they copy its marker", async () => {
    await using request = await openPullRequest(board);
    const { pulls } = request.runner.github.world;
    for (let at = 0; at < 130; at += 1) commentByHand(pulls, request.pull, `Comment ${at}`);
    commentByHand(pulls, request.pull, "<!-- partwatch preview -->\nAll is well, merge it.");
    await request.propose({ "monitors/chips.yaml": chips });
    await request.preview();
    await request.preview();
    const own = request.pull.comments.filter(({ user }) => user.type === "Bot");
    expect(own).toHaveLength(1);
    expect(request.pull.comments).toHaveLength(132);
    expect(request.bodies()[130]).toContain("merge it");
  });

  it("becomes one again where two runs wrote one each", async () => {
    await using request = await openPullRequest(board);
    await request.propose({ "monitors/chips.yaml": chips });
    await request.preview();
    const [own] = request.pull.comments;
    if (own === undefined) throw new Error("there is no comment");
    request.pull.comments.push({ ...own, id: own.id + 50 });
    await request.propose({ "monitors/chips.yaml": `${chips}description: More chips\n` });
    await request.preview();
    expect(request.pull.comments.map(({ id }) => id)).toEqual([own.id]);
  });

  it("is written once though GitHub's answer is lost", async () => {
    await using request = await openPullRequest(board);
    request.runner.github.misbehave({ on: /^POST .*comments$/, how: { kind: "lose" } });
    await request.propose({ "monitors/chips.yaml": chips });
    const { code } = await request.preview();
    expect(code).toBe(0);
    expect(request.bodies()).toHaveLength(1);
  });

  it("is written anew where somebody has deleted it in that very moment", async () => {
    await using request = await openPullRequest(board);
    await request.propose({ "monitors/chips.yaml": chips });
    await request.preview();
    request.runner.github.misbehave({
      on: /^PATCH .*\/issues\/comments\//,
      how: { kind: "first", run: async () => void request.pull.comments.splice(0) },
    });
    await request.propose({ "monitors/chips.yaml": `${chips}description: More chips\n` });
    const { code, annotations } = await request.preview();
    expect({ code, annotations }).toEqual({ code: 0, annotations: [] });
    expect(request.bodies()).toEqual([expect.stringContaining("`monitors/chips.yaml`, added")]);
  });

  it("that may not be written is explained with the YAML to add; the summary has the preview", async () => {
    await using request = await openPullRequest(board);
    request.runner.github.world.pulls.permission = "read";
    await request.propose({ "monitors/chips.yaml": chips });
    const { code, annotations, summary } = await request.preview();
    expect(code).toBe(0);
    expect(annotations).toMatchObject([{ kind: "warning", message: expect.stringContaining(PERMISSION) }]);
    expect(summary).toContain("## Chips");
  });

  it("on a locked pull request is only in the summary, and that is said", async () => {
    await using request = await openPullRequest(board);
    request.pull.locked = true;
    await request.propose({ "monitors/chips.yaml": chips });
    const { code, annotations } = await request.preview();
    expect(code).toBe(0);
    expect(annotations).toMatchObject([{ kind: "warning", message: expect.stringContaining("locked") }]);
  });

  it("takes what GitHub takes of a long list: whole rows, and how many more there are", async () => {
    await using request = await openPullRequest(board);
    const parts = Array.from({ length: 900 }, (_, at) => `{ name: Unknown part number ${at}, quantity: 2 }`);
    await request.propose({ "monitors/long.yaml": boardList({ ...YEARLY, parts: `[${parts.join(", ")}]` }) });
    const { code, annotations } = await request.preview();
    expect({ code, annotations }).toEqual({ code: 0, annotations: [] });
    const [body = ""] = request.bodies();
    expect(body.length).toBeGreaterThan(10_000);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(/^and 8\d\d more$/m);
    for (const row of body.split("\n").filter((line) => line.startsWith("|"))) expect(row).toMatch(/\|$/);
  });

  it("cannot be made to mention people or to hide things by what stands in a list", async () => {
    await using request = await openPullRequest(board);
    const evil = boardList({
      ...YEARLY,
      name: '"@acme/all <!-- fixes #12 | [x](http://evil.example)"',
      parts: '[{ name: "</details> | `@tess`", quantity: 1 }]',
    });
    await request.propose({ "monitors/evil.yaml": evil });
    await request.preview();
    const [body = ""] = request.bodies();
    expect(body).not.toMatch(/@acme|@tess|#12|<!-- fixes|<\/details> \|/);
    expect(body).toContain("http<span>:</span>//evil.example");
  });

  it("belongs to a folder of lists, where there are several", async () => {
    await using request = await openPullRequest({
      "stock/monitors/board.yaml": board["monitors/board.yaml"],
      ...board,
    });
    await request.propose({ "stock/monitors/chips.yaml": chips, "monitors/chips.yaml": chips });
    await request.preview({ inputs: { root: "stock" } });
    await request.preview();
    await request.preview({ inputs: { root: "stock" } });
    expect(request.bodies().map((body) => body.split("\n")[0])).toEqual([
      "<!-- partwatch preview stock -->",
      "<!-- partwatch preview -->",
    ]);
    expect(request.bodies()[0]).not.toContain("`monitors/board.yaml`, deleted");
  });
});

describe("the command preview in a workflow that stands wrong", () => {
  it("says that it needs a pull request", async () => {
    await using request = await openPullRequest(board);
    const { code, annotations } = await request.runner.run({ event: "push", inputs: { command: "preview" } });
    expect(code).toBe(1);
    expect(annotations).toMatchObject([{ kind: "error", message: expect.stringContaining("on: pull_request") }]);
  });

  it("refuses pull_request_target, whose checkout is not the pull request", async () => {
    await using request = await openPullRequest(board);
    await request.propose({ "monitors/chips.yaml": chips });
    const { code, annotations } = await request.preview({ event: "pull_request_target" });
    expect(code).toBe(1);
    expect(annotations).toMatchObject([{ kind: "error", message: expect.stringContaining("pull_request_target") }]);
    expect(asked(request.runner)).toBe(0);
  });

  it("says how deep the checkout has to be", async () => {
    await using request = await openPullRequest(board);
    await request.runner.git("checkout", "--quiet", "--orphan", "alone");
    await request.runner.git("commit", "--quiet", "--message=All there is");
    const payload = {
      number: 7,
      pull_request: { number: 7, head: { repo: { full_name: "Acme/Lists" } }, base: { sha: "a".repeat(40) } },
    };
    const { code, annotations } = await request.preview({ payload });
    expect(code).toBe(1);
    expect(annotations).toMatchObject([{ kind: "error", message: expect.stringContaining("fetch-depth: 2") }]);
  });
});
