import { describe, expect, it } from "vitest";
import { type ActionResult, openRunner } from "../../support/action.ts";
import { board, chips, mails, reportOf, resistors } from "../../support/action-lists.ts";
import { BOARD, CHIP, putStock, RESISTOR } from "../../support/small-product.ts";
import { inside } from "../../support/workspace.ts";

describe("a repository_dispatch", () => {
  const lists = { ...board, "monitors/chips.yaml": chips, "monitors/resistors.yaml": resistors };
  const dispatch = (client_payload: unknown) => ({
    event: "repository_dispatch",
    payload: { action: "partwatch-check", client_payload },
  });
  const checked = (result: ActionResult) => {
    const monitors = inside(reportOf(result), "monitors");
    return Array.isArray(monitors) ? monitors.map((monitor: unknown) => inside(monitor, "id")) : [];
  };

  it("checks the monitors that it names", async () => {
    await using runner = await openRunner(lists);
    expect(checked(await runner.run(dispatch({ monitors: ["chips", "board"] })))).toEqual(["board", "chips"]);
  });

  it.each([
    ["a pk", [CHIP], ["board", "chips"]],
    ["a pk as text", [String(CHIP)], ["board", "chips"]],
    ["an IPN", ["RES-1"], ["board", "resistors"]],
    ["a part without a list around it", "PCA-1", ["board"]],
    ["several", [BOARD, "RES-1"], ["board", "resistors"]],
  ])("with parts (%s) checks only the lists that reach them through the BOM", async (_, parts, ids) => {
    await using runner = await openRunner(lists);
    expect(checked(await runner.run(dispatch({ parts })))).toEqual(ids);
  });

  it("tells what changed, before the schedule would", async () => {
    await using runner = await openRunner(lists);
    await runner.run({ event: "schedule" });
    putStock(runner.inventree, RESISTOR, 10);
    const { outputs } = await runner.run(dispatch({ parts: ["RES-1"] }));
    expect(outputs).toMatchObject({ checked: "2", notified: "1" });
    expect(mails(runner)).toHaveLength(4);
  });

  it("with parts that no list needs checks nothing, and says so", async () => {
    await using runner = await openRunner({ "monitors/chips.yaml": chips });
    const { code, log, summary, outputs } = await runner.run(dispatch({ parts: ["RES-1", "no such part"] }));
    expect({ code, checked: outputs.checked }).toEqual({ code: 0, checked: "0" });
    for (const text of [log, summary]) expect(text).toContain("No list reaches these parts: nothing was checked.");
    expect(await runner.commits()).toEqual([]);
  });

  it("without a payload checks what is due", async () => {
    await using runner = await openRunner(lists);
    expect(checked(await runner.run(dispatch(null)))).toEqual(["board", "chips", "resistors"]);
    expect(checked(await runner.run(dispatch({})))).toEqual([]);
  });

  it.each([
    ["a text", "board"],
    ["an unknown field", { monitor: "board" }],
    ["a part that is none", { parts: [-1] }],
    ["an id that is none", { monitors: [7] }],
  ])("refuses %s in words, before InvenTree is asked", async (_, payload) => {
    await using runner = await openRunner(lists);
    const { code, annotations, summary } = await runner.run(dispatch(payload));
    expect(code).toBe(1);
    expect(annotations).toMatchObject([{ kind: "error", message: expect.stringContaining("client_payload must be") }]);
    expect(annotations[0]?.message).not.toContain("    at ");
    expect(summary).toContain("### Failed");
    expect(runner.inventree.requests()).toEqual([]);
  });
});
