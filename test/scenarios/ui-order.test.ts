import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/system/clock.ts";
import { silentLog } from "../../src/system/log.ts";
import { createApp } from "../../src/web/app.ts";
import { openLive } from "../../src/wire/live.ts";
import { boardList } from "../support/small-product.ts";
import { suppliedProduct } from "../support/small-suppliers.ts";
import { openWorkspace, type Workspace } from "../support/workspace.ts";

const NOW = new Date("2026-11-23T08:00:00Z");
const ORDERING = "inv-order-5e1f08a7c2";

describe("what to order, on a page", () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await openWorkspace({
      files: { "monitors/first.yaml": boardList({ name: "First" }) },
      inventree: { tables: suppliedProduct(), tokens: { [ORDERING]: { purchase_order: ["view", "add"] } } },
    });
  });
  afterAll(() => workspace[Symbol.asyncDispose]());

  function open(token = ORDERING) {
    const env = { ...workspace.env, INVENTREE_ORDER_TOKEN: token };
    const wiring = { root: workspace.root, env, log: silentLog, clock: systemClock };
    const guard = { port: 1, entry: undefined, session: "s", formToken: "f" };
    return createApp({ guard, now: () => NOW, wiring, live: openLive(wiring) }, () => {});
  }

  async function ask(app: ReturnType<typeof open>, fields?: Readonly<Record<string, string>>, language = "en") {
    const request = new Request("http://127.0.0.1:1/order", {
      headers: { "accept-language": language, "content-type": "application/x-www-form-urlencoded" },
      ...(fields === undefined ? {} : { method: "POST", body: new URLSearchParams({ form: "f", ...fields }) }),
    });
    const response = await app.answer(request, { kind: "allowed" });
    const body = await response.text();
    const seen = /name="seen" value="([^"]+)"/.exec(body)?.[1] ?? "";
    return { status: response.status, body, seen, to: response.headers.get("location") };
  }

  const ordered = () =>
    workspace.inventree
      .tables()
      .purchaseOrderLines.map(({ order, part, quantity }) => [order, part, quantity])
      .toSorted();

  it("shows the basket, and without a token of its own no button that writes", async () => {
    const { status, body } = await ask(open(""), undefined, "de");
    expect(status).toBe(200);
    expect(body).toContain("Bei 2 Lieferanten zu bestellen");
    expect(body).toMatch(/Chip[\s\S]*N-1[\s\S]*25,00/);
    expect(body).toContain("Mit einem eigenen Token, INVENTREE_ORDER_TOKEN, lassen sich");
    expect(body).not.toContain('name="seen"');
    const refused = await ask(open("inv-unknown"));
    expect(refused.status).toBe(409);
    expect(refused.body).toContain("is INVENTREE_ORDER_TOKEN right?");
    const same = await ask(open(workspace.env.INVENTREE_API_TOKEN));
    expect(same.body).toContain("the token that reads must not be able to order");
  });

  it("writes what it showed, once, and says where it failed", async () => {
    const app = open();
    const shown = await ask(app);
    expect(shown.body).toContain("Nord: a new pending order, 1 line.");
    expect((await ask(app, { seen: "another", instance: "default" })).status).toBe(409);
    expect(ordered()).toEqual([]);
    const lift = workspace.inventree.faults.add({
      path: /^\/api\/order\/po-line\/$/,
      times: 1,
      fault: { kind: "answer", status: 500, body: { detail: "no" } },
    });
    // Two clicks are one.
    const clicks = [ask(app, { seen: shown.seen }), ask(app, { seen: shown.seen })];
    const answers = (await Promise.all(clicks)).map(({ status }) => status).toSorted();
    lift();
    expect(answers).toEqual([303, 409]);
    const half = await ask(app);
    expect(half.body).toContain("Not all of it was written.");
    expect(half.body).toContain("PO-0001 (Nord): new, 0 of 1 line.");
    expect(half.body).toContain("Nord: 1 line more in the pending order PO-0001.");
    expect(await ask(app, { seen: half.seen })).toMatchObject({ status: 303, to: "/order?instance=default" });
    expect((await ask(app)).body).toMatch(
      /Drafts are written\.[\s\S]*PO-0002 \(Süd\): new, 1 line\.[\s\S]*Nothing to order\./,
    );
    expect(ordered()).toEqual([
      [1, 7, 10],
      [2, 8, 40],
    ]);
    // What was shown before is written no second time.
    expect((await ask(app, { seen: half.seen })).status).toBe(409);
  });

  it("makes no order that lacks a list", async () => {
    await workspace.write("monitors/broken.yaml", "name: Broken\n");
    const { status, body } = await ask(open());
    expect(status).toBe(409);
    expect(body).toContain("An order that lacks a list would be too small. Fix first: monitors/broken.yaml.");
  });
});
