import { describe, expect, it } from "vitest";
import { openRunner } from "../../support/action.ts";
import { board, chips, mails } from "../../support/action-lists.ts";

describe("a run by hand", () => {
  it("checks the monitor that is named, an inactive one too, and by force tells again", async () => {
    await using runner = await openRunner({ ...board, "monitors/chips.yaml": `${chips}active: false\n` });
    await runner.run({ event: "schedule" });
    const named = await runner.run({ event: "workflow_dispatch", inputs: { monitors: "chips", force: "false" } });
    expect(named.outputs).toMatchObject({ checked: "1", notified: "1" });
    const again = await runner.run({ event: "workflow_dispatch", inputs: { monitors: " board , chips " } });
    expect(again.outputs).toMatchObject({ checked: "2", notified: "0" });
    const forced = await runner.run({ event: "workflow_dispatch", inputs: { monitors: "board", force: "true" } });
    expect(forced.outputs).toMatchObject({ checked: "1", notified: "1" });
    expect(mails(runner)).toHaveLength(3);
    expect(new Set(runner.sink.mails().map(({ parsed }) => parsed.messageId)).size).toBe(3);
  });

  it("without a name checks what is due; empty inputs are absent ones", async () => {
    await using runner = await openRunner(board);
    const inputs = { monitors: "", force: "", "dry-run": "", command: "", root: "", "fail-on": "", "log-format": "" };
    const first = await runner.run({ event: "workflow_dispatch", inputs });
    expect(first).toMatchObject({ code: 0, outputs: { checked: "1", notified: "1" } });
    expect((await runner.run({ event: "workflow_dispatch", inputs })).outputs.checked).toBe("0");
    expect((await runner.run({ event: "workflow_dispatch", inputs: { all: "true" } })).outputs.checked).toBe("1");
  });

  it("as a dry run shows all, needs no mail settings, tells nobody and writes nothing", async () => {
    await using runner = await openRunner(board);
    const { code, outputs, summary } = await runner.run({
      event: "workflow_dispatch",
      inputs: { monitors: "board", "dry-run": "true" },
      env: { EMAIL_SMTP_SERVER: "", EMAIL_USERNAME: "", EMAIL_PASSWORD: "", EMAIL_SENDER_ADDRESS: "" },
    });
    expect({ code, ...outputs }).toMatchObject({
      code: 0,
      checked: "1",
      notified: "0",
      short: "1",
      "message-ids": "[]",
    });
    expect(summary).toContain("| Board batch (board) | would notify | 1 | 1 | email |");
    expect(mails(runner)).toEqual([]);
    expect(
      runner.github.requests.map(({ label }) => label).filter((label) => /mutation|POST \/repos/.test(label)),
    ).toEqual([]);
  });

  it("of a monitor that does not exist is red and says so", async () => {
    await using runner = await openRunner(board);
    const { code, annotations } = await runner.run({ event: "workflow_dispatch", inputs: { monitors: "bord" } });
    expect(code).toBe(1);
    expect(annotations).toMatchObject([
      { kind: "error", message: expect.stringContaining("There is no monitor bord") },
    ]);
  });

  it("can be red because something is short, and says why", async () => {
    await using runner = await openRunner(board);
    const inputs = { "fail-on": "short" };
    const { code, annotations, outputs } = await runner.run({ event: "workflow_dispatch", inputs });
    expect(code).toBe(1);
    expect(annotations).toMatchObject([{ kind: "error", message: "Parts are short, and fail-on is short: board." }]);
    expect(outputs).toMatchObject({ notified: "1", failed: "0" });
  });

  it("says all inputs that have no meaning, without a stack", async () => {
    await using runner = await openRunner(board);
    const inputs = { command: "ru", force: "yes", all: "true", monitors: "board", root: "lists" };
    const { code, annotations } = await runner.run({ event: "workflow_dispatch", inputs });
    expect(code).toBe(1);
    expect(annotations.map(({ message }) => message)).toEqual([
      [
        'Input command: "ru" must be run, validate, preview or generate-check. Did you mean run?',
        'Input force: "yes" must be true or false.',
        'Input root: "lists" is not a folder here; does an earlier step check out the repository?',
        "Inputs all and monitors exclude each other; leave one of them out.",
      ].join("\n"),
    ]);
  });
});
