import { describe, expect, it } from "vitest";
import { openRunner, SECRETS } from "../../support/action.ts";
import { board } from "../../support/action-lists.ts";

describe("secrets", () => {
  it("are masked before anything is logged, and appear nowhere else, however much is logged", async () => {
    await using runner = await openRunner(board);
    const { log, summary, outputs } = await runner.run({ event: "schedule", env: { RUNNER_DEBUG: "1" } });
    const lines = log.split("\n");
    const masks = lines.filter((line) => line.startsWith("::add-mask::"));
    expect(lines.slice(0, masks.length)).toEqual(masks);
    expect(lines.filter((line) => /debug/.test(line)).length).toBeGreaterThan(3);
    for (const secret of Object.values(SECRETS)) {
      expect(masks).toContain(`::add-mask::${secret}`);
      expect(lines.filter((line) => line.includes(secret))).toEqual([`::add-mask::${secret}`]);
      expect(summary + JSON.stringify(outputs)).not.toContain(secret);
    }
  });

  it("are masked also where a wrong input ends the run at once", async () => {
    await using runner = await openRunner(board);
    const { log } = await runner.run({ event: "schedule", inputs: { command: "nonsense" } });
    expect(log.indexOf(`::add-mask::${SECRETS.password}`)).toBeGreaterThanOrEqual(0);
    expect(log.indexOf("::error")).toBeGreaterThan(log.indexOf(`::add-mask::${SECRETS.password}`));
  });
});
