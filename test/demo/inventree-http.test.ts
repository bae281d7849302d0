import { afterEach, describe, expect, it } from "vitest";
import { ask, one, pks, rows, servers } from "./asking.ts";
import { bomLine, part, purchase, tables } from "./workshop.ts";

const { start, closeAll } = servers();
afterEach(closeAll);

const five = tables({ parts: [1, 2, 3, 4, 5].map((pk) => part({ pk, IPN: `P-${pk}` })) });

describe("the embedded InvenTree speaks HTTP as InvenTree does", () => {
  it.each([
    ["no token", {}, "Authentication credentials were not provided."],
    ["a wrong token", { authorization: "Token nonsense" }, "Invalid token."],
  ])("refuses %s with 401, for known and unknown paths", async (_what, headers, detail) => {
    const server = await start({ tables: five });
    for (const path of ["part/", "nothing-here/"]) {
      const response = await fetch(`${server.url}/api/${path}`, { headers });
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ detail });
    }
  });

  it("tells its API version to anybody, and with every answer, refusals too", async () => {
    const server = await start({ tables: five, apiVersion: 451 });
    const root = await fetch(`${server.url}/api/`);
    expect(await root.json()).toMatchObject({ apiVersion: 451 });
    const refused = await fetch(`${server.url}/api/part/`);
    const missing = await ask(server, "nothing-here/");
    const versions = [root, refused, missing].map(({ headers }) => headers.get("x-inventree-api"));
    expect(versions).toEqual(["451", "451", "451"]);
  });

  it("opens areas by role: parts may be readable and orders not", async () => {
    const server = await start({ tables: five, roles: { part: ["view"] } });
    const paths = ["part/", "bom/", "stock/", "build/", "order/po/", "order/so/", "stock/location/", "part/category/"];
    const answers = await Promise.all(paths.map(async (path) => (await ask(server, path)).status));
    expect(answers).toEqual([200, 403, 403, 403, 403, 403, 403, 403]);
    const { roles } = await one(server, "user/me/roles/");
    expect(roles).toMatchObject({ part: ["view"], bom: null });
  });

  it("leaves out details of what the token may not see", async () => {
    const filled = tables({ ...five, ...purchase(20) });
    const buyer = await start({ tables: filled, roles: { purchase_order: ["view"] } });
    const [line] = await rows(buyer, "order/po-line/?part_detail=true&order_detail=true");
    expect(line).toHaveProperty("order_detail");
    expect(line).not.toHaveProperty("part_detail");
  });

  it("wants the trailing slash", async () => {
    const server = await start({ tables: five });
    const response = await ask(server, "part?limit=1");
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      detail: "API endpoint not found",
      url: `${server.url}/api/part?limit=1`,
    });
  });

  it("ignores parameters it does not know and returns everything", async () => {
    const lines = [bomLine({ pk: 1, part: 1, sub_part: 2 }), bomLine({ pk: 2, part: 1, sub_part: 3 })];
    const server = await start({ tables: tables({ ...five, bomLines: lines }) });
    for (const path of ["part/?pk__in=1,2", "part/?id=1", "part/?pk=1"])
      expect(await pks(server, path)).toHaveLength(5);
    expect(await pks(server, "bom/?sub_part=2")).toEqual([1, 2]);
  });

  it("takes the last of a repeated parameter and refuses a comma list", async () => {
    const lines = [bomLine({ pk: 1, part: 1, sub_part: 2 }), bomLine({ pk: 2, part: 3, sub_part: 2 })];
    const server = await start({ tables: tables({ ...five, bomLines: lines }) });
    expect(await pks(server, "bom/?part=1&part=3")).toEqual([2]);
    const refused = await ask(server, "bom/?part=1,3");
    expect(refused.status).toBe(400);
    expect(await refused.json()).toHaveProperty("part");
  });

  it("pages by limit and offset, with links made from the Host header", async () => {
    const server = await start({ tables: five });
    const page = await one(server, "part/?offset=2&limit=2&active=true");
    expect(page).toMatchObject({
      count: 5,
      next: `${server.url}/api/part/?active=true&limit=2&offset=4`,
      previous: `${server.url}/api/part/?active=true&limit=2`,
    });
    expect(page.results).toMatchObject([{ pk: 3 }, { pk: 4 }]);
    expect(await one(server, "part/?limit=100000")).toMatchObject({ count: 5, next: null, previous: null });
    expect(await one(server, "part/?limit=2&offset=3")).toMatchObject({ next: null });
    const past = await one(server, "part/?limit=2&offset=40");
    expect(past).toMatchObject({ count: 5, next: null, results: [] });
  });

  it.each(["part/", "part/?limit=0", "part/?limit=-3", "part/?limit=all", "part/?limit=&offset=3"])(
    "answers %s with a bare array of everything",
    async (path) => {
      const server = await start({ tables: five });
      const answer: unknown = await (await ask(server, path)).json();
      expect(answer).toHaveLength(5);
    },
  );

  it("orders by pk in the end, so that pages are stable, and ignores an unknown ordering", async () => {
    const same = [7, 3, 9, 1].map((pk) => part({ pk, name: "Same", IPN: "X" }));
    const server = await start({ tables: tables({ parts: same }) });
    for (const path of ["part/", "part/?ordering=IPN", "part/?ordering=-name", "part/?ordering=nonsense"]) {
      expect(await pks(server, path), path).toEqual([1, 3, 7, 9]);
    }
  });

  it("orders by the fields that are asked for, null first", async () => {
    const server = await start({
      tables: tables({
        parts: [
          part({ pk: 1, IPN: "B" }),
          part({ pk: 2, IPN: "A" }),
          part({ pk: 3, IPN: null }),
          part({ pk: 4, IPN: "B" }),
        ],
      }),
    });
    expect(await pks(server, "part/?ordering=IPN")).toEqual([3, 2, 1, 4]);
    expect(await pks(server, "part/?ordering=-IPN,-id")).toEqual([4, 1, 2, 3]);
  });

  it("returns nothing for tags=true", async () => {
    const server = await start({ tables: five });
    expect(await pks(server, "part/?tags=true")).toEqual([]);
  });

  it("answers 405 for methods, 406 for what it cannot produce, and 404 for rows that are not there", async () => {
    const server = await start({ tables: five, roles: { part: ["view", "delete"] } });
    expect((await ask(server, "part/1/", { method: "DELETE" })).status).toBe(405);
    expect((await ask(server, "part/", { headers: { accept: "text/csv" } })).status).toBe(406);
    const missing = await ask(server, "part/99/");
    expect(missing.status).toBe(404);
    expect(await missing.json()).toEqual({ detail: "No Part matches the given query." });
  });

  it("gives up with a 500 on a BOM page of more than 1,000 distinct sub-parts, as SQLite does", async () => {
    const parts = Array.from({ length: 1_002 }, (_none, index) => part({ pk: index + 1 }));
    const bomLines = parts.slice(1).map(({ pk }) => bomLine({ pk, part: 1, sub_part: pk }));
    const server = await start({ tables: tables({ parts, bomLines }) });
    const failed = await ask(server, "bom/?limit=2000");
    expect(failed.status).toBe(500);
    expect(await failed.json()).toMatchObject({ error: "OperationalError", path: "/api/bom/", status_code: 500 });
    expect((await ask(server, "bom/?limit=1000")).status).toBe(200);
  });

  it("writes down what it was asked, and what it answered", async () => {
    const server = await start({ tables: five });
    await ask(server, "part/?limit=1");
    await ask(server, "part/99/");
    expect(server.requests()).toEqual([
      { method: "GET", path: "/api/part/?limit=1", status: 200 },
      { method: "GET", path: "/api/part/99/", status: 404 },
    ]);
    server.forgetRequests();
    expect(server.requests()).toEqual([]);
  });
});

describe("the embedded InvenTree breaks when it is told to", () => {
  it("is down until it is well again", async () => {
    const server = await start({ tables: five });
    server.faults.down = true;
    await expect(ask(server, "part/")).rejects.toThrow();
    server.faults.clear();
    expect((await ask(server, "part/")).status).toBe(200);
  });

  it("answers a path with another status and body as often as it is told", async () => {
    const server = await start({ tables: five });
    server.faults.add({ path: "/api/part/", times: 2, fault: { kind: "answer", status: 503, body: "<h1>Away</h1>" } });
    const seen: number[] = [];
    for (const path of ["part/", "currency/exchange/", "part/", "part/"]) seen.push((await ask(server, path)).status);
    expect(seen).toEqual([503, 200, 503, 200]);
  });

  it("closes the connection in the middle of an answer", async () => {
    const server = await start({ tables: five });
    const lift = server.faults.add({ path: /limit=2/, fault: { kind: "cut", bytes: 20 } });
    await expect(ask(server, "part/?limit=2").then((response) => response.text())).rejects.toThrow();
    lift();
    expect(await pks(server, "part/?limit=2")).toEqual([1, 2]);
  });

  it("answers rightly but later, so that a shorter time-out ends the wait", async () => {
    const server = await start({ tables: five });
    server.faults.add({ times: 1, fault: { kind: "delay", milliseconds: 600_000 } });
    await expect(ask(server, "part/", { signal: AbortSignal.timeout(20) })).rejects.toThrow(/timeout/i);
    // On a busy machine that may be over before the request has come: the next one is not to wait for it.
    server.faults.clear();
    expect(await pks(server, "part/")).toHaveLength(5);
  });
});
