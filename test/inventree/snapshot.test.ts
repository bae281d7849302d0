import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../src/core/calculation/snapshot.ts";
import { snapshotRequest } from "../../src/core/calculation/snapshot-request.ts";
import type { Failure } from "../../src/core/failure.ts";
import { DEFAULT_POLICY } from "../../src/core/monitor.ts";
import { createClient } from "../../src/inventree/client.ts";
import { readSnapshot } from "../../src/inventree/snapshot.ts";
import { bench, failureFrom, TOKEN, testClock } from "./support/client.ts";
import { readerOf, type Setting } from "./support/read.ts";
import type { Listings, Override } from "./support/recorded-server.ts";
import { bomLine, part } from "./support/rows.ts";
import { useServers } from "./support/use-servers.ts";

const servers = useServers();
const reader = readerOf(servers);

const snapshotOf = async (more: Listings, setting?: Setting): Promise<Snapshot> => (await reader(more, setting)).read();
const failureOf = async (more: Listings, setting?: Setting): Promise<Failure> =>
  failureFrom((await reader(more, setting)).read());

describe("what may not be read", () => {
  const build = { pk: 1, status: 20, part: 2, quantity: 1, completed: 0, target_date: null, reference: "BO-1" };

  it.each([
    ["/api/part/", "part.view"],
    ["/api/bom/", "bom.view"],
    ["/api/order/po-line/", "purchase_order.view"],
    ["/api/order/so-line/", "sales_order.view"],
    ["/api/build/line/", "build.view"],
  ])("fails the check with the missing permission: %s", async (path, permission) => {
    const failure = await failureOf(
      { "/api/part/": [part(1, { assembly: true }), part(2, { ordering: 5 })], "/api/build/": [build] },
      {
        neededBy: "2026-12-31",
        override: (request) => (request.path === path ? { status: 403, body: { detail: "no" } } : undefined),
      },
    );
    expect(failure.message).toContain(`[GET] ${path}?`);
    expect(failure.message).toContain(`403: the token lacks ${permission}`);
    expect(failure).toMatchObject({ incident: "refused", status: 403, retryable: false });
  });

  it("asks by itself for a sub-part, a template and a substitute that the list did not hold", async () => {
    const { read, server } = await reader(
      {
        "/api/bom/": [bomLine(1, { sub_part: 50, substitutes: [{ pk: 1, bom_item: 1, part: 51 }] })],
        "/api/part/50/": [],
      },
      {
        override: ({ path }) => {
          const pk = Number(/^\/api\/part\/(\d+)\/$/.exec(path)?.[1] ?? 0);
          return pk === 0 ? undefined : { body: part(pk, { variant_of: pk === 50 ? 52 : null }) };
        },
      },
    );
    expect([...(await read()).parts.keys()]).toEqual([1, 2, 50, 51, 52]);
    expect(server.seen.filter((one) => /\d\/$/.test(one.path))).toHaveLength(3);
  });

  it.each([
    [403, "403: the token lacks part.view", "refused"],
    [404, "404: InvenTree knows no such thing", "incomplete"],
    [500, "500: the server failed", "unreachable"],
  ])("fails the check when a sub-part answers %i, and nothing partial is shown", async (status, words, incident) => {
    const override: Override = ({ path }) => (path === "/api/part/50/" ? { status, body: {} } : undefined);
    const failure = await failureOf({ "/api/bom/": [bomLine(7, { sub_part: 50 })] }, { override });
    expect(failure.message).toContain(
      `BOM line 7 needs part 50, which the part list does not hold: [GET] /api/part/50/: ${words}`,
    );
    expect(failure).toMatchObject({ status, incident });
  });

  it("fails the check when another part comes than the one that was asked for", async () => {
    const override: Override = ({ path }) => (path === "/api/part/50/" ? { body: part(49) } : undefined);
    const failure = await failureOf({ "/api/bom/": [bomLine(7, { sub_part: 50 })] }, { override });
    expect(failure.message).toContain("[GET] /api/part/50/: part 49 came");
    expect(failure.incident).toBe("incomplete");
  });

  it.each([403, 404])("leaves costs without a currency when the server answers %i there", async (status) => {
    const override: Override = ({ path }) => (path === "/api/currency/exchange/" ? { status, body: {} } : undefined);
    expect((await snapshotOf({}, { override })).currency).toBeNull();
  });

  it("fails the check when the currency is not refused but the server is in trouble", async () => {
    const override: Override = ({ path }) =>
      path === "/api/currency/exchange/" ? { status: 500, body: {} } : undefined;
    expect(await failureOf({}, { override })).toMatchObject({ status: 500, incident: "unreachable" });
  });

  it("ends the requests that wait for a retry", async () => {
    const { server } = await servers.serve(({ path }) => ({
      status: path === "/api/build/line/" ? 403 : 503,
      body: {},
    }));
    const { log } = bench(server.url);
    const clock = { ...testClock(), sleep: () => new Promise<void>(() => {}) };
    const limits = { maxConcurrency: 4, maxRequests: 99, requestTimeoutMs: 9_999, timeBudgetMs: 1e6, pageSize: 500 };
    const client = createClient({ url: server.url, token: TOKEN, clock, log, limits });
    servers.keep(client);
    const parts = [{ pk: 1, quantity: 1 }];
    const need = snapshotRequest([{ parts, watch: [], policy: DEFAULT_POLICY, silences: [] }]);
    const failure = await failureFrom(readSnapshot({ client, clock, log, need }));
    expect(failure.message).toContain("403: the token lacks build.view");
  });

  it("ends the requests that have not begun", async () => {
    const override: Override = ({ path }) => (path === "/api/part/" ? { status: 401, body: {} } : undefined);
    const { server, client, read } = await reader({}, { override, maxConcurrency: 1 });
    expect((await failureFrom(read())).message).toContain("401: the token is not valid");
    // One more may have left before the answer was understood.
    expect(client.spent().requests).toBeLessThanOrEqual(2);
    expect(server.seen.length).toBeLessThanOrEqual(2);
  });
});
