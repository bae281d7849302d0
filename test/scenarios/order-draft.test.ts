import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PurchaseOrderLineRow } from "../../demo/inventree/tables.ts";
import { makeDrafts } from "../../src/cli/commands/order-draft.ts";
import { processIo } from "../../src/cli/io.ts";
import { terminalOf } from "../../src/cli/terminal.ts";
import type { Basket } from "../../src/core/calculation/buying/basket.ts";
import type { OrderDesk, PendingOrder } from "../../src/inventree/order-desk.ts";
import { systemClock } from "../../src/system/clock.ts";
import { silentLog } from "../../src/system/log.ts";
import { wireOrderDesk } from "../../src/wire/order-desk.ts";
import { boardList } from "../support/small-product.ts";
import { suppliedProduct } from "../support/small-suppliers.ts";
import { openWorkspace, TOKEN, unbroken, type Workspace } from "../support/workspace.ts";

const NOW = ["--now", "2026-11-23T08:00:00Z"];
const ORDERING = "inv-order-5e1f08a7c2";
const READER = "inv-reader-1";
const DRAFT = ["order", "--draft", "--yes", ...NOW];

function boards(quantity: number): string {
  return boardList({ name: "First", parts: `[{ name: Board, quantity: ${quantity} }]` });
}

describe("draft orders", () => {
  let workspace: Workspace;

  beforeAll(async () => {
    const view = ["view"] as const;
    const roles = { part: view, bom: view, stock: view, build: view, sales_order: view, purchase_order: view };
    workspace = await openWorkspace({
      files: { "monitors/first.yaml": boards(100) },
      inventree: {
        tables: suppliedProduct(),
        roles,
        tokens: { [ORDERING]: { purchase_order: ["view", "add"] }, [READER]: { purchase_order: ["view"] } },
      },
    });
  });
  afterAll(() => workspace[Symbol.asyncDispose]());

  function draft(token = ORDERING, args: readonly string[] = DRAFT) {
    return workspace.partwatch(args, { env: { INVENTREE_ORDER_TOKEN: token } });
  }

  /** Packs by order and supplier part. */
  function ordered(): readonly (readonly [order: number, part: number, quantity: number])[] {
    const lines: readonly PurchaseOrderLineRow[] = workspace.inventree.tables().purchaseOrderLines;
    return lines.map(({ order, part, quantity }) => [order, part, quantity] as const).toSorted();
  }

  function writes(): readonly string[] {
    return workspace.inventree
      .requests()
      .filter(({ method }) => !["GET", "OPTIONS"].includes(method))
      .map(({ method, path }) => `${method} ${path}`);
  }

  it("are refused without a token of their own that may make them, and to nobody who could be asked", async () => {
    const refused = [
      ["", DRAFT, "INVENTREE_ORDER_TOKEN: is not set"],
      [TOKEN, DRAFT, "INVENTREE_ORDER_TOKEN is the same as INVENTREE_API_TOKEN"],
      [READER, DRAFT, "The token of INVENTREE_ORDER_TOKEN lacks purchase_order.add"],
      ["inv-unknown", DRAFT, "401: the token is not valid; is INVENTREE_ORDER_TOKEN right?"],
      [ORDERING, ["order", "--draft"], "Cannot ask for confirmation here (no terminal); add --yes."],
    ] as const;
    for (const [token, args, words] of refused) {
      const { code, errText, stdout } = await draft(token, args);
      expect({ failed: code !== 0, stdout, errText }).toEqual({
        failed: true,
        stdout: "",
        errText: expect.stringContaining(words),
      });
    }
    const workflow = await workspace.partwatch(DRAFT, { env: { INVENTREE_ORDER_TOKEN: ORDERING, CI: "true" } });
    expect(workflow.errText).toContain("nothing that runs by itself orders");
    expect(writes()).toEqual([]);
  });

  it("say which orders exist where something fails half way, and are completed by a repeat", async () => {
    const { faults } = workspace.inventree;
    // An order is made, and nobody hears of it. (What is asked first is the next reference.)
    const lifts = [
      faults.add({ path: /^\/api\/order\/po\/$/, times: 1, fault: { kind: "delay", milliseconds: 0 } }),
      faults.add({ path: /^\/api\/order\/po\/$/, times: 1, fault: { kind: "cut", bytes: 0 } }),
    ];
    const unheard = await draft();
    for (const lift of lifts) lift();
    expect(unheard.code).toBe(1);
    expect(unheard.outText).toMatch(
      /It stopped there: \[POST\] \/api\/order\/po\/: .*it may have arrived all the same\.\nNothing more was written for Nord, Süd\./,
    );
    // The same with a line of it: the second run has found the order by its mark.
    const lift = faults.add({ path: /^\/api\/order\/po-line\/$/, times: 1, fault: { kind: "cut", bytes: 0 } });
    const lost = await draft();
    lift();
    expect(lost.code).toBe(1);
    expect(lost.outText).toMatch(/PO-0001 \(Nord\): added 0 of 1 line\./);
    expect(lost.outText).toMatch(
      /It stopped there: \[POST\] \/api\/order\/po-line\/: .*it may have arrived all the same\./,
    );
    expect(lost.outText).toContain("Nothing more was written for Süd.");
    expect(ordered()).toEqual([[1, 7, 100]]);
    const repeated = await draft();
    expect(repeated).toMatchObject({ code: 0, stderr: "" });
    expect(repeated.outText).toContain("PO-0002 (Süd): new, 1 line.");
    expect(ordered()).toEqual([
      [1, 7, 100],
      [2, 8, 400],
    ]);
  });

  it("are added to what is pending: 100 are needed, then 150, then nothing more", async () => {
    await workspace.write("monitors/first.yaml", boards(150));
    const more = await draft(ORDERING, ["order", "--draft", "--yes", "--json", ...NOW]);
    expect(JSON.parse(more.stdout)).toMatchObject({
      suppliers: [{ supplier: "Nord", lines: [{ to_order: 50, supplier_part: 7, company: 5 }] }, { supplier: "Süd" }],
      drafts: [
        { supplier: "Nord", order: 1, reference: "PO-0001", is_new: false, lines: 1, of: 1 },
        { supplier: "Süd", order: 2, is_new: false },
      ],
    });
    const repeated = await draft();
    expect(repeated.errText).toContain("No draft is needed: nothing is to order from a supplier.");
    expect(ordered()).toEqual([
      [1, 7, 150],
      [2, 8, 600],
    ]);
    const [order] = workspace.inventree.tables().purchaseOrders;
    expect(order).toMatchObject({ status: 10, description: "For first", supplier: 5 });
    expect(workspace.inventree.tables().purchaseOrderLines[0]?.reference).toBe("first");
    // Orders are only made and added to.
    expect(new Set(writes())).toEqual(new Set(["POST /api/order/po/", "POST /api/order/po-line/"]));
  });

  it("leave alone what is issued, and what does not bear their mark", async () => {
    workspace.inventree.change((now) => ({
      ...now,
      purchaseOrders: now.purchaseOrders.map((order) =>
        order.pk === 1 ? { ...order, status: 20 } : { ...order, more: { notes: "Mine" } },
      ),
    }));
    await workspace.write("monitors/first.yaml", boards(160));
    const shown = await draft();
    expect(shown.outText).toMatch(/PO-0003 \(Nord\): new, 1 line\.\n.*PO-0004 \(Süd\): new, 1 line\./);
    expect(ordered()).toEqual([
      [1, 7, 150],
      [2, 8, 600],
      [3, 7, 10],
      [4, 8, 40],
    ]);
  });

  it("are shown by doctor, with what their token may do and never its value", async () => {
    const good = await draft(ORDERING, ["doctor"]);
    expect(good.outText).toMatch(/INVENTREE_ORDER_TOKEN may make purchase orders/);
    expect(good.stdout + good.stderr).not.toContain(ORDERING);
    const wrong = await draft(READER, ["doctor"]);
    expect(wrong.outText).toMatch(/INVENTREE_ORDER_TOKEN lacks purchase_order\.add/);
  });
});

describe("the question before drafts are written", () => {
  const line = { part: 1, name: "Chip", ipn: null, units: "", to_order: 5, order_quantity: 5, lists: ["a"] };
  const price = { unit_price: null, currency: null, total: null, below_first_break: false, next_break: null };
  const basket = (packs: number): Basket => ({
    schema_version: 1,
    lists: ["a"],
    suppliers: [
      {
        supplier: "Nord",
        totals: [],
        unpriced: 1,
        lines: [
          { ...line, ...price, sku: "N", mpn: null, link: null, packs, pack: 1, supplier_part: 7, company: 5 },
          { ...line, ...price, sku: "M", mpn: null, link: null, packs, pack: 1, supplier_part: null, company: 5 },
        ],
      },
    ],
    without_offer: [],
    problems: [],
  });

  /** Somebody at a terminal who answers so; meanwhile so many packs are to order. */
  async function asked(
    answer: string,
    { meanwhile = 5, order }: { readonly meanwhile?: number; readonly order?: PendingOrder } = {},
  ) {
    const said: string[] = [];
    const written: unknown[] = [];
    const io = terminalOf({
      ...processIo(),
      columns: 80,
      out: () => {},
      err: (text) => void said.push(text),
      ask: async (question) => {
        said.push(question);
        return answer;
      },
    });
    const desk: OrderDesk = {
      serverUrl: "https://inventree.example.com",
      lacks: async () => undefined,
      pendingOf: async () => order,
      create: async () => ({ pk: 1, reference: "PO-1" }),
      add: async (one) => void written.push(one),
      close: async () => {},
    };
    const again = async () => basket(meanwhile);
    const made = makeDrafts({ io, isSure: false, desk, basket: basket(5), again });
    return { made: await made.catch((error: unknown) => error), said: unbroken(said.join("")), written };
  }

  it("says what it would write, and takes no other answer for a yes", async () => {
    const { made, said, written } = await asked("");
    expect(made).toBeUndefined();
    expect(said).toBe(
      "Chip is in no draft: InvenTree does not say whose supplier part it is.\nNord: a new pending order with 1 line.\nWrite this to https://inventree.example.com? Nothing is issued. [y/N] Nothing was written.\n",
    );
    expect(written).toEqual([]);
    const more = await asked("y", { order: { pk: 3, reference: "PO-3" } });
    expect(more.said).toContain("Nord: 1 line more in the pending order PO-3.");
    expect(more.written).toEqual([{ order: 3, supplierPart: 7, packs: 5, reference: "a" }]);
  });

  it("writes nothing once others have ordered meanwhile", async () => {
    const { made, written } = await asked("yes", { meanwhile: 4 });
    expect(String(made)).toContain("What is to order has changed since it was shown. Nothing was written");
    expect(written).toEqual([]);
  });
});

it("the token for drafts goes to no other server than the one of INVENTREE_URL", async () => {
  const env = { INVENTREE_ORDER_TOKEN: ORDERING, PLANT_URL: "https://plant.example.com", PLANT_TOKEN: "plant-1" };
  const inventree = { maxConcurrency: 1, maxRequests: 9, requestTimeoutMs: 999, timeBudgetMs: 999, pageSize: 9 };
  const instances = [{ label: "plant", urlEnv: "PLANT_URL", tokenEnv: "PLANT_TOKEN" }];
  const options = { root: import.meta.dirname, env, config: { instances, inventree }, instance: "plant" };
  await expect(wireOrderDesk({ ...options, clock: systemClock, log: silentLog })).rejects.toThrow(
    "INVENTREE_ORDER_TOKEN belongs to the server of INVENTREE_URL, and these lists are of instance plant",
  );
});
