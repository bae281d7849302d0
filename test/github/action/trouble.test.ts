import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openRunner } from "../../support/action.ts";
import { asked, board, mails, reportOf } from "../../support/action-lists.ts";
import { boardList } from "../../support/small-product.ts";
import { inside } from "../../support/workspace.ts";

describe("what keeps the action from working", () => {
  it("a token without contents: write is explained with the YAML to add, and nobody is mailed before that", async () => {
    await using runner = await openRunner(board);
    runner.github.world.contents = "read";
    const result = await runner.run({ event: "schedule" });
    expect(result).toMatchObject({ code: 1, outputs: { notified: "0", failed: "1" } });
    const [refused] = result.annotations;
    expect(refused?.message).toContain("permissions:\n  contents: write");
    expect(refused?.message).toContain("Nobody was notified");
    expect(result.summary).toContain("  permissions:\n    contents: write");
    expect(inside(reportOf(result), "state", "error", "kind")).toBe("state");
    await runner.run({ event: "schedule" });
    expect(runner.sink.mails()).toEqual([]);
    runner.github.world.contents = "write";
    await runner.run({ event: "schedule" });
    expect(runner.sink.mails()).toHaveLength(1);
  });

  it("fewer than 100 API requests left: nothing more is claimed, so nothing is sent; the next run goes on", async () => {
    await using runner = await openRunner(board);
    runner.github.world.requestsLeft = 99;
    const result = await runner.run({ event: "schedule" });
    expect(result).toMatchObject({ code: 1, outputs: { notified: "0" } });
    expect(result.annotations[0]?.message).toContain("fewer than 100 API requests are left");
    expect(mails(runner)).toEqual([]);
    runner.github.world.requestsLeft = 5_000;
    expect(await runner.run({ event: "schedule" })).toMatchObject({ code: 0, outputs: { notified: "1" } });
  });

  it("a state that cannot be read stops the run before anybody is told", async () => {
    await using runner = await openRunner(board);
    const result = await runner.run({ event: "schedule", env: { INPUT_TOKEN: "ghs_wrong" } });
    expect(result).toMatchObject({ code: 1, outputs: { checked: "0", failed: "1", "message-ids": "[]" } });
    expect(result.annotations).toMatchObject([{ kind: "error", message: expect.stringContaining("401") }]);
    expect(result.annotations[0]?.message).not.toMatch(/^\s+at /m);
    expect(result.summary).toContain("### Failed");
    expect(inside(reportOf(result), "state", "error", "status")).toBe(401);
    expect(mails(runner)).toEqual([]);
  });

  it("missing settings are all said, before anybody is asked", async () => {
    await using runner = await openRunner(board);
    const env = { INVENTREE_URL: "", EMAIL_SENDER_ADDRESS: "", EMAIL_USE_SSL: "true", EMAIL_USE_TLS: "true" };
    const { code, annotations, summary, outputs } = await runner.run({ event: "schedule", env });
    expect({ code, failed: outputs.failed }).toEqual({ code: 1, failed: "1" });
    expect(annotations).toHaveLength(1);
    for (const name of ["INVENTREE_URL", "EMAIL_SENDER_ADDRESS", "EMAIL_USE_"]) {
      expect(annotations[0]?.message).toContain(name);
      expect(summary.replaceAll("\\", "")).toContain(name);
    }
    expect(summary).toMatch(/\]\(https?:\/\/[^)]+\/settings\/secrets\/actions\)/);
    expect(asked(runner)).toBe(0);
  });

  it("a missing token is said, and one in GITHUB_TOKEN is taken", async () => {
    await using runner = await openRunner(board);
    const without = await runner.run({ event: "schedule", inputs: { token: "" } });
    expect(without.annotations).toMatchObject([{ kind: "error", message: expect.stringContaining("GITHUB_TOKEN") }]);
    const token = "ghs_4f1d0b7a9c2e6385";
    const { code } = await runner.run({ event: "schedule", inputs: { token: "" }, env: { GITHUB_TOKEN: token } });
    expect(code).toBe(0);
  });

  it("a mail server that refuses leaves the run red and the mail owed", async () => {
    await using runner = await openRunner(board);
    runner.sink.behave({ auth: () => ({ code: 535, text: "5.7.8 no" }) });
    const refused = await runner.run({ event: "schedule" });
    expect(refused).toMatchObject({ code: 1, outputs: { checked: "1", notified: "0", failed: "1" } });
    expect(refused.annotations).toMatchObject([{ kind: "error", message: expect.stringMatching(/^board: email: /) }]);
    expect(refused.summary).toContain("| Board batch (board) | **failed** | 1 | 1 | email failed |");
    runner.sink.behave({});
    expect(await runner.run({ event: "schedule" })).toMatchObject({ code: 0, outputs: { notified: "1" } });
  });

  it("a report that GitHub would not take as an output is left out of it, and the rest is there", async () => {
    const many = Array.from(
      { length: 700 },
      (_, at) => `{ name: "No such part, and a long name for it ${at}", quantity: 1 }`,
    );
    const parts = `[${many.join(", ")}]`;
    await using runner = await openRunner({ "monitors/long.yaml": boardList({ parts }) });
    const { outputs, summary, code } = await runner.run({ event: "schedule" });
    expect(code).toBe(0);
    expect(outputs["report-json"]?.length).toBeLessThan(400_001);
    expect(JSON.parse(outputs["report-json"] ?? "")).toMatchObject({ monitors: [{ id: "long", outcome: "notified" }] });
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary).toContain("and 600 more");
  });

  it("an older Node is said in words, with the runner's version that is needed", async () => {
    // No such Node is at hand: the loader is asked what it would do on one.
    const loader = join(import.meta.dirname, "../../../dist/action.cjs");
    const older = `Object.defineProperty(process, "versions", { value: { node: "20.19.0" } }); require(${JSON.stringify(loader)});`;
    const { code, out } = await new Promise<{ code: unknown; out: string }>((resolve) => {
      execFile(process.execPath, ["-e", older], (error, out) =>
        resolve({ code: error === null ? 0 : error.code, out }),
      );
    });
    expect(out).toMatch(/^::error title=Partwatch::Partwatch needs Node 24, .*20\.19\.0.* 2\.327\.1 or newer/);
    expect(code).toBe(1);
  });
});
