import { describe, expect, it } from "vitest";
import { boardList } from "../support/small-product.ts";
import { openWorkspace } from "../support/workspace.ts";

const NOW = ["--now", "2026-11-23T07:30:00Z"];

describe("what a run has cost", () => {
  const files = { "monitors/board.yaml": boardList() };

  it("stands in the last two lines: requests, bytes and retries, and the time for server, calculation, mail and state", async () => {
    await using workspace = await openWorkspace({ files, inventree: { latencyMs: 60 } });
    workspace.inventree.faults.add({ path: "/api/bom/", times: 1, fault: { kind: "answer", status: 503 } });
    const { stdout } = await workspace.partwatch(["run", ...NOW]);
    const requests = workspace.inventree.requests().length;
    const last = stdout.trim().split("\n").slice(-2).join("\n");
    expect(last).toMatch(
      new RegExp(
        `^InvenTree: ${requests} requests, 1 retries, [1-9]\\d* KiB, \\d+\\.\\d s\\.\\n` +
          "Calculation \\d+\\.\\d s, mail \\d+\\.\\d s, state \\d+\\.\\d s\\. State: [0-9a-f]{12}\\.$",
      ),
    );
  });

  it("stands in the JSON, in milliseconds", async () => {
    await using workspace = await openWorkspace({ files, inventree: { latencyMs: 60 } });
    const { stdout } = await workspace.partwatch(["run", "--json", ...NOW]);
    const json: unknown = JSON.parse(stdout);
    expect(json).toMatchObject({
      spent: { requests: workspace.inventree.requests().length, retries: 0, bytes: expect.any(Number) },
      times: {
        server: expect.any(Number),
        calculation: expect.any(Number),
        mail: expect.any(Number),
        state: expect.any(Number),
      },
    });
  });
});
