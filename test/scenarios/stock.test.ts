import { describe, expect, it } from "vitest";
import { build, purchase, sale } from "../demo/workshop.ts";
import { BOARD, boardList, CHIP, smallProduct } from "../support/small-product.ts";
import { openWorkspace } from "../support/workspace.ts";

const NOW = ["--now", "2026-11-23T08:00:00Z"];

describe("how the stock of a part develops", () => {
  it("is asked of one part: what orders bring and builds, sales and lists take, what helps, and what has no day", async () => {
    const ordered = purchase(20);
    await using workspace = await openWorkspace({
      files: {
        "monitors/first.yaml": boardList({ name: "First", needed_by: "2026-11-28" }),
        "monitors/later.yaml": boardList({ name: "Later", active: "false", needed_by: "2026-11-25" }),
      },
      inventree: {
        tables: smallProduct({
          ...ordered,
          ...sale(15, { part: CHIP, quantity: 4, shipped: 1 }),
          supplierParts: (ordered.supplierParts ?? []).map((row) => ({ ...row, part: CHIP })),
          builds: [build({ pk: 1, part: BOARD, quantity: 3, target_date: "2026-11-26" })],
          buildLines: [{ pk: 1, build: 1, bom_item: 2, quantity: 3, consumed: 0 }],
        }),
      },
    });
    const shown = await workspace.partwatch(["stock", "ipn=IC-1", ...NOW]);
    expect(shown.stderr).toBe("");
    expect(shown.stdout).toBe(`Chip · IC-1
In stock 5

23 Nov 2026   5  ████
26 Nov 2026   2  ██                    −3 for BO-1
28 Nov 2026  -5                        −7 for the list first
1 Dec 2026   25  ████████████████████  +30 on PO-1 (Supplier)

Lowest: -5 on 28 Nov 2026.
Below zero from 28 Nov 2026 until 1 Dec 2026.
If PO-1 (Supplier) came 3 days earlier, stock would never fall below zero.
Required without a day: 3 for SO-1.
`);
    const { stdout } = await workspace.partwatch(["stock", `#${CHIP}`, "--json", ...NOW]);
    expect(JSON.parse(stdout)).toMatchObject({
      part: { pk: CHIP, name: "Chip" },
      lowest: { date: "2026-11-28", stock: -5 },
      pull_in: { kind: "order", reference: "PO-1", days: 3, moves: [{ from: "2026-12-01", to: "2026-11-28" }] },
      without_day: [{ kind: "for_sale", reference: "SO-1", quantity: -3, because: "undated" }],
      problems: [],
    });
    const wrong = await workspace.partwatch(["stock", "Chipp", ...NOW]);
    expect(wrong).toMatchObject({ code: 1, stdout: "" });
    expect(wrong.errText).toContain("No part is named Chipp; did you mean Chip?");
    expect(workspace.sink.mails()).toEqual([]);
    expect(await workspace.commits()).toBe(0);
  });
});
