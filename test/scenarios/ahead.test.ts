import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { EmbeddedInventree } from "../../demo/inventree/server.ts";
import { build, purchase, sale } from "../demo/workshop.ts";
import { BOARD, boardList, CHIP, onDay, smallProduct } from "../support/small-product.ts";
import { suppliedProduct } from "../support/small-suppliers.ts";
import { openWorkspace } from "../support/workspace.ts";

/** The small product with 30 chips on order, three for a build, and four that a customer waits for. */
function ahead() {
  const ordered = purchase(20);
  return smallProduct({
    ...ordered,
    ...sale(15, { part: CHIP, quantity: 4, shipped: 1 }),
    supplierParts: (ordered.supplierParts ?? []).map((row) => ({ ...row, part: CHIP })),
    builds: [build({ pk: 1, part: BOARD, quantity: 3, target_date: "2026-11-26" })],
    buildLines: [{ pk: 1, build: 1, bom_item: 2, quantity: 3, consumed: 0 }],
  });
}

function postpone(inventree: EmbeddedInventree, target_date: string): void {
  inventree.change((now) => ({
    ...now,
    purchaseOrderLines: now.purchaseOrderLines.map((line) => ({ ...line, target_date })),
  }));
}

describe.concurrent("what lies ahead", () => {
  it("is recorded by a run of what its checks have read, without one request more", async () => {
    const files = {
      "monitors/first.yaml": boardList({ name: "First", needed_by: "2026-11-28" }),
      "monitors/later.yaml": boardList({ name: "Later", active: "false" }),
    };
    await using workspace = await openWorkspace({ files, inventree: { tables: ahead() } });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 0 });
    const asked = workspace.inventree.requests().map(({ path }) => path);
    expect(new Set(asked).size).toBe(asked.length);
    expect(await workspace.state("orders/default.json")).toEqual({
      schema_version: 2,
      instance: "default",
      orders: [
        {
          ...{ order: 1, reference: "PO-1", supplier: "Supplier", status: "placed" },
          lines: [{ part: CHIP, name: "Chip", units: "", quantity: 30, date: "2026-12-01" }],
        },
      ],
      readings: [{ at: "2026-11-23T07:00:00.000Z", parts: [1, 2, CHIP] }],
    });
    expect(await workspace.state("outlook/default.json")).toMatchObject({
      instance: "default",
      lists: {
        first: { read_at: "2026-11-23T07:00:00.000Z", ready: [{ state: "by", date: "2026-12-01", in_time: false }] },
      },
      basket: { read_at: "2026-11-23T07:00:00.000Z", lists: ["first"] },
      stock: {
        [CHIP]: {
          lists: ["first"],
          lowest: { date: "2026-11-28", stock: -5 },
          pull_in: { reference: "PO-1", days: 3 },
          without_day: [{ kind: "for_sale", reference: "SO-1", quantity: -3 }],
        },
      },
    });
  });

  it("is written once a day as long as it stays so, and again when an order moves", async () => {
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList() },
      inventree: { tables: ahead() },
    });
    const changed = async () => {
      const paths = await workspace.git("log", "-1", "--name-only", "--format=", "partwatch-state");
      return paths.split("\n").filter((path) => /^(?:orders|outlook)\//.test(path));
    };
    await workspace.partwatch(["run", ...onDay(23)]);
    expect(await changed()).toEqual(["orders/default.json", "outlook/default.json"]);
    await workspace.partwatch(["run", "--all", ...onDay(23, 30)]);
    expect(await changed()).toEqual([]);
    postpone(workspace.inventree, "2026-12-15");
    await workspace.partwatch(["run", "--all", ...onDay(23, 60)]);
    expect(await changed()).toEqual(["orders/default.json"]);
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(await changed()).toEqual(["orders/default.json", "outlook/default.json"]);
  });

  it("tells nobody by itself, breaks no check, and forgets nothing when InvenTree cannot be read", async () => {
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList() },
      inventree: { tables: ahead() },
    });
    await workspace.partwatch(["run", ...onDay(23)]);
    const before = await workspace.state("orders/default.json");
    postpone(workspace.inventree, "2026-12-15");
    await workspace.partwatch(["run", "--all", ...onDay(23, 30)]);
    expect(workspace.sink.mails()).toHaveLength(1);
    const moved = await workspace.state("orders/default.json");
    expect(moved).not.toEqual(before);
    await workspace.partwatch(["run", ...onDay(24)], { env: { INVENTREE_API_TOKEN: "wrong-token-1" } });
    expect(await workspace.state("orders/default.json")).toEqual(moved);
  });

  it("is on the dashboard: dates that are younger than the mail, what to order, stock ahead; old figures say so", async () => {
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList(), "monitors/extra.yaml": boardList({ name: "Extra" }) },
      inventree: { tables: ahead() },
    });
    const page = async (path: string, day: number) => {
      expect(await workspace.partwatch(["dashboard", "out", ...onDay(day, 120)])).toMatchObject({ code: 0 });
      return readFile(join(workspace.root, "out", path), "utf8");
    };
    await workspace.partwatch(["run", ...onDay(23)]);
    expect(await page("calendar.ics", 23)).toContain("DTSTART;VALUE=DATE:20261201");
    postpone(workspace.inventree, "2026-12-15");
    await workspace.partwatch(["run", "--all", ...onDay(23, 60)]);
    expect(workspace.sink.mails()).toHaveLength(2);
    const calendar = await page("calendar.ics", 23);
    expect(calendar).toContain("DTSTART;VALUE=DATE:20261215");
    expect(calendar).not.toContain("20261201");
    expect(await page("lists/board.html", 23)).toContain("15 Dec 2026");
    const part = await page(`parts/default-${CHIP}.html`, 23);
    expect(part).toContain("Stock ahead");
    expect(part).toContain("SO-1");
    expect(part).not.toContain("These figures are old.");
    const order = await page("order.html", 23);
    expect(order).toContain("For Board batch and Extra: each shortage counted once");
    expect(order).toContain("Nothing to order.");
    expect(await page("index.html", 23)).toContain('href="order.html"');
    const old = await page("order.html", 27);
    expect(old).toContain("These figures are of Mon 23 Nov, 07:00");
    expect(old).toContain("We do not know what is to order now.");
    expect(old).not.toContain("Nothing to order.");
    expect(old).toContain('<p class="said mute">');
    expect(await page(`parts/default-${CHIP}.html`, 27)).toContain("These figures are old.");
  });

  it("is a page by supplier of what lists lack together, and the same as CSV", async () => {
    await using workspace = await openWorkspace({
      files: {
        "monitors/board.yaml": boardList(),
        "monitors/extra.yaml": boardList({ name: "Extra", language: "de" }),
      },
      inventree: { tables: suppliedProduct() },
    });
    await workspace.partwatch(["run", ...onDay(23)]);
    expect(await workspace.partwatch(["dashboard", "out", ...onDay(23)])).toMatchObject({ code: 0 });
    const order = await readFile(join(workspace.root, "out/order.html"), "utf8");
    expect(order).toContain("To order from 2 suppliers.");
    expect(order).toContain("N-1");
    expect(order).toContain("€50.00");
    const csv = await readFile(join(workspace.root, "out/order.csv"), "utf8");
    expect(csv).toContain("Nord,N-1,,Chip,IC-1,20,20,1,2.5,50,EUR,,board extra");
  });
});
