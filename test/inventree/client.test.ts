import { createServer, type Socket } from "node:net";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createClient } from "../../src/inventree/client.ts";
import { type Bench, bench, failureErrorFrom, failureFrom, TOKEN, testClock, testLog } from "./support/client.ts";
import { type Answer, startServer, type TestServer } from "./support/server.ts";

const open: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function serve(
  answer: Answer,
  limits: Parameters<typeof bench>[1] = {},
): Promise<Bench & { server: TestServer }> {
  const server = await startServer(answer);
  const tools = bench(server.url, limits);
  open.push(tools.client, server);
  return { ...tools, server };
}

const page = { count: 0, next: null, previous: null, results: [] };

describe("a reader of InvenTree", () => {
  it("sends the token as InvenTree wants it and gets the parsed answer", async () => {
    const { client, server } = await serve(() => ({ body: { answer: 42 } }));
    expect(await client.get("/api/part/", { limit: 5, offset: 0 })).toEqual({ answer: 42 });
    expect(server.seen[0]?.headers.authorization).toBe(`Token ${TOKEN}`);
    expect(server.seen[0]?.path).toBe("/api/part/");
    expect(server.seen[0]?.query.toString()).toBe("limit=5&offset=0");
    expect(await client.apiVersion()).toBe(530);
    expect(server.seen).toHaveLength(1);
  });

  it.each(["", "/", "/api", "/api/", "//", "/stock", "/stock/", "/stock/api/"])(
    "may write the address with %s at its end",
    async (end) => {
      const server = await startServer(() => ({ body: page }));
      const { client } = bench(` ${server.url}${end}\n`);
      open.push(client, server);
      await client.get("/api/part/");
      const folder = end.startsWith("/stock") ? "/stock" : "";
      expect(server.seen[0]?.path).toBe(`${folder}/api/part/`);
      expect(client.serverUrl).toBe(`${server.url}${folder}`);
    },
  );

  it.each([
    ["", "is empty"],
    ["inventree.example.com", "is not a web address"],
    ["ftp://inventree.example.com", "is not a web address"],
    ["https://", "is not a web address"],
    ["https://me:secretword@inventree.example.com", "user name or password"],
    ["https://inventree.example.com/?next=secretword", "after ? or #"],
  ])("is told what is wrong with the address %j", (url, words) => {
    const limits = { maxConcurrency: 1, maxRequests: 1, requestTimeoutMs: 1, timeBudgetMs: 1, pageSize: 1 };
    const create = () => createClient({ url, token: TOKEN, clock: testClock(), log: testLog(), limits });
    expect(create).toThrow(expect.objectContaining({ failure: expect.objectContaining({ kind: "config" }) }));
    expect(create).toThrow(words);
    expect(create).not.toThrow("secretword");
  });

  it.each(["", "  ", "two words", "line\nbreak"])("is told, without a quote, that %j is no token", (token) => {
    const create = () => bench("http://127.0.0.1:1", {}, token);
    expect(create).toThrow(/INVENTREE_API_TOKEN (is empty|holds)/);
    expect(create).not.toThrow(/two words|break"/);
  });

  it("asks for no more at the same time than allowed, over connections that are kept", async () => {
    const answer: Answer = () => new Promise((resolve) => setImmediate(() => resolve({ body: page })));
    const { client, server } = await serve(answer, { maxConcurrency: 2 });
    await Promise.all(Array.from({ length: 12 }, (_, offset) => client.get("/api/part/", { offset })));
    expect(server.seen).toHaveLength(12);
    expect(server.mostAtOnce()).toBeLessThanOrEqual(2);
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  it("unpacks an answer that a proxy compressed", async () => {
    const body = gzipSync(JSON.stringify({ answer: 42 }));
    const { client } = await serve(() => ({ body, headers: { "content-encoding": "gzip" } }));
    expect(await client.get("/api/part/")).toEqual({ answer: 42 });
    expect(client.spent().bytes).toBe(body.length);
  });

  it("learns what reading cost", async () => {
    const { client } = await serve((_, number) => (number === 1 ? { status: 500, body: "{}" } : { body: "[1, 2]" }));
    await client.get("/api/part/");
    expect(client.spent()).toEqual({ requests: 2, retries: 1, bytes: 8, milliseconds: 0 });
  });

  it("sees each request in the log at debug", async () => {
    const { client, log } = await serve(() => ({ body: "[1]" }));
    await client.get("/api/part/", { limit: 1 });
    const fields = { method: "GET", path: "/api/part/?limit=1", status: 200, ms: 0, bytes: 3 };
    expect(log.lines.map((line) => JSON.parse(line))).toEqual([{ level: "debug", message: "request", ...fields }]);
  });
});

describe("trouble that may pass", () => {
  const passing: readonly (readonly [string, Answer, string])[] = [
    [
      "a server error",
      () => ({ status: 500, body: { detail: "Oops" } }),
      "500: the server failed (the server says: Oops)",
    ],
    ["a bad gateway", () => ({ status: 502, headers: { "content-type": "text/html" }, body: "<html>" }), "502: "],
    ["too many requests", () => ({ status: 429 }), "429: "],
    ["a reset connection", () => ({ fault: "reset" }), "the connection broke off"],
    ["a connection reset in the body", () => ({ fault: "reset-in-body" }), "the connection broke off"],
    ["truncated JSON", () => ({ body: '{"count": 1, "resul' }), "the answer is truncated or no JSON"],
    ["an empty body", () => ({ body: "" }), "the answer is truncated or no JSON"],
    [
      "a wrong content type",
      () => ({ headers: { "content-type": "text/plain" }, body: "[]" }),
      "the answer is text/plain, not JSON",
    ],
    [
      "a broken packing",
      () => ({ headers: { "content-encoding": "gzip" }, body: "[]" }),
      "the compressed answer is broken",
    ],
    ["silence", () => ({ fault: "silence" }), "no complete answer within 1 s"],
  ];

  it.each(passing)("is retried and forgotten: %s", async (name, fault, cause) => {
    const { client, log, clock } = await serve((seen, number) => (number < 3 ? fault(seen, number) : { body: "[7]" }), {
      requestTimeoutMs: name === "silence" ? 1_000 : 10_000,
    });
    expect(await client.get("/api/part/", { limit: 5 })).toEqual([7]);
    expect(clock.slept).toEqual([250, 500]);
    const told = log.lines.map((line) => JSON.parse(line)).filter((line) => line.level === "info");
    expect(told.map((line) => [line.attempt, line.wait_ms])).toEqual([
      [1, 250],
      [2, 500],
    ]);
    expect(told[0].message).toBe("[GET] /api/part/?limit=5 failed, trying again");
    expect(told[0].cause).toContain(cause);
  });

  it.each(passing)("that stays is told in words with its attempts: %s", async (name, fault, cause) => {
    const { client, server } = await serve(fault, { requestTimeoutMs: name === "silence" ? 50 : 10_000 });
    const failure = await failureFrom(client.get("/api/part/", { limit: 5 }));
    expect(failure).toMatchObject({ kind: "inventree", trouble: "unreachable", retryable: true });
    expect(failure.message).toContain(`[GET] /api/part/?limit=5: ${cause.replace(" 1 s", " 0.05 s")}`);
    expect(failure.message).toMatch(/ \(5 attempts\)$/);
    expect(server.seen).toHaveLength(5);
  });

  it("is told in words when nobody listens", async () => {
    const server = await startServer(() => ({}));
    await server.close();
    const { client } = bench(server.url);
    open.push(client);
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toBe("[GET] /api/part/: connection refused (ECONNREFUSED) (5 attempts)");
    expect(failure).toMatchObject({ trouble: "unreachable", retryable: true });
    expect(failure).not.toHaveProperty("status");
  });

  it("is told when something answers that speaks no HTTP, without quoting it", async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on("error", () => {}));
      socket.write(`220 smtp ready ${TOKEN}\r\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const { client } = bench(`http://127.0.0.1:${address.port}`);
    const close = () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    };
    open.push(client, { close });
    const error = await failureErrorFrom(client.get("/api/part/"));
    expect(error.failure.message).toContain("the connection failed (HPE_INVALID_CONSTANT)");
    expect(inspect(error, { depth: 10 })).not.toContain(TOKEN);
  });

  it("waits as long as the server asks, in seconds or until a date", async () => {
    const asked = ["7", "Fri, 20 Nov 2026 15:01:07 GMT"];
    const { client, clock } = await serve((_, number) => {
      const after = asked[number - 1];
      return after === undefined
        ? { body: "[]" }
        : { status: number === 1 ? 429 : 503, headers: { "retry-after": after } };
    });
    await client.get("/api/part/");
    expect(clock.slept).toEqual([7_000, 60_000]);
  });

  it("is not waited for beyond the time budget", async () => {
    const { client, clock, server } = await serve(() => ({ status: 429, headers: { "retry-after": "3600" } }));
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toContain("after the time budget of 300 s");
    expect(failure).toMatchObject({ status: 429, trouble: "unreachable" });
    expect(clock.slept).toEqual([]);
    expect(server.seen).toHaveLength(1);
  });

  it("of different requests does not come back at the same instant", async () => {
    const server = await startServer(() => ({ status: 500 }));
    open.push(server);
    const limits = { maxConcurrency: 1, maxRequests: 99, requestTimeoutMs: 999, timeBudgetMs: 1e6, pageSize: 1 };
    const waits = [];
    for (const random of [0, 0.25, 0.999]) {
      const clock = testClock(random);
      const client = createClient({ url: server.url, token: TOKEN, clock, log: testLog(), limits });
      open.push(client);
      await failureFrom(client.get("/api/part/"));
      waits.push(clock.slept);
    }
    expect(waits).toEqual([
      [0, 0, 0, 0],
      [125, 250, 500, 1000],
      [500, 999, 1998, 3996],
    ]);
  });
});

describe("what the server refuses", () => {
  it.each([
    ["/api/part/", "part.view"],
    ["/api/part/12/", "part.view"],
    ["/api/part/category/", "part_category.view"],
    ["/api/bom/", "bom.view"],
    ["/api/stock/", "stock.view"],
    ["/api/stock/location/", "stock_location.view"],
    ["/api/build/line/", "build.view"],
    ["/api/order/po-line/", "purchase_order.view"],
    ["/api/order/so-line/", "sales_order.view"],
    ["/api/company/part/", "purchase_order.view (or part.view)"],
  ])("names the permission that %s needs, and is not asked again", async (path, permission) => {
    const body = { detail: "You do not have permission to perform this action." };
    const { client, server } = await serve(() => ({ status: 403, body }));
    const failure = await failureFrom(client.get(path, { limit: 1 }));
    expect(failure.message).toBe(`[GET] ${path}?limit=1: 403: the token lacks ${permission}`);
    expect(failure).toMatchObject({ kind: "inventree", status: 403, retryable: false, trouble: "refused" });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    [
      401,
      { detail: "Invalid token." },
      "401: the token is not valid; is INVENTREE_API_TOKEN right? (the server says: Invalid token.)",
    ],
    [
      400,
      { part: ["Select a valid choice."] },
      "400: the server refuses the request (the server says: Select a valid choice.)",
    ],
    [
      404,
      { detail: "API endpoint not found" },
      "404: this InvenTree server has no such part of its API (the server says: API endpoint not found)",
    ],
    [405, "[]", "405: the server refuses the request"],
  ])("is told in words and not asked again: %i", async (status, body, words) => {
    const { client, server } = await serve(() => ({ status, body }));
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toBe(`[GET] /api/part/: ${words}`);
    expect(failure).toMatchObject({ status, retryable: false, trouble: "refused" });
    expect(server.seen).toHaveLength(1);
  });

  it("asks whether the address is right when another server says 404", async () => {
    const { client } = await serve(() => ({ status: 404, headers: { "x-inventree-api": "" }, body: "nothing here" }));
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toBe(
      "[GET] /api/part/: 404: not found: is INVENTREE_URL the address of an InvenTree server?",
    );
  });

  it.each(["text/html; charset=utf-8", "application/json", ""])("is a login page, called %j", async (type) => {
    const { client, server } = await serve(() => ({
      headers: { "content-type": type, "x-inventree-api": "" },
      body: "\n<!DOCTYPE html><title>Log in</title>",
    }));
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toBe(
      "[GET] /api/part/: an HTML page, not JSON: is INVENTREE_URL right, or a login proxy in front?",
    );
    expect(failure).toMatchObject({ trouble: "refused", retryable: false });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ["in the header", () => ({ headers: { "x-inventree-api": "389" }, body: page })],
    ["in the header of a refusal", () => ({ status: 403, headers: { "x-inventree-api": "389" }, body: page })],
    ["only at /api/", (): object => ({ headers: { "x-inventree-api": "" }, body: { ...page, apiVersion: 389 } })],
  ])("is too old, which stands %s", async (_, answer) => {
    const { client } = await serve(answer);
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toBe(
      "the server's API version is 389; Partwatch needs at least 390 (InvenTree 1.0): update InvenTree",
    );
    expect(failure).toMatchObject({ trouble: "refused", retryable: false });
  });

  it("is no InvenTree at all", async () => {
    const { client } = await serve(() => ({ headers: { "x-inventree-api": "" }, body: page }));
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toContain("the answer names no apiVersion");
  });

  it("is asked for its version once, when a proxy strips the header", async () => {
    const { client, server } = await serve(() => ({ headers: { "x-inventree-api": "" }, body: { apiVersion: 400 } }));
    await Promise.all([client.get("/api/part/"), client.get("/api/bom/"), client.get("/api/stock/")]);
    expect(await client.apiVersion()).toBe(400);
    expect(server.seen.filter((one) => one.path === "/api/")).toHaveLength(1);
  });
});

describe("a redirect", () => {
  it("on the same server is followed", async () => {
    const { client, server } = await serve(({ path, query }) =>
      path === "/api/part/" ? { status: 308, headers: { location: `/new/api/part/?${query}` } } : { body: "[1]" },
    );
    expect(await client.get("/api/part/", { limit: 1 })).toEqual([1]);
    expect(server.seen.map((one) => `${one.path}?${one.query}`)).toEqual([
      "/api/part/?limit=1",
      "/new/api/part/?limit=1",
    ]);
  });

  it("to another server never gets the token", async () => {
    const other = await startServer(() => ({ body: "[1]" }));
    open.push(other);
    const { client, server } = await serve(() => ({ status: 302, headers: { location: `${other.url}/api/part/` } }));
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toBe(
      `[GET] /api/part/: 302: redirects to ${other.url}; the token goes to no other server: correct INVENTREE_URL`,
    );
    expect(failure).toMatchObject({ trouble: "refused", retryable: false });
    expect(other.seen).toHaveLength(0);
    expect(server.seen).toHaveLength(1);
  });

  it("in a circle ends", async () => {
    const { client, server } = await serve(() => ({ status: 301, headers: { location: "/api/part/" } }));
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toContain("redirected more than 5 times");
    expect(server.seen).toHaveLength(6);
  });
});

describe("limits", () => {
  it("stop a run that asks for more requests than allowed, retries included", async () => {
    const { client, server } = await serve((_, number) => (number === 1 ? { status: 500 } : { body: "[]" }), {
      maxRequests: 3,
    });
    await client.get("/api/part/");
    await client.get("/api/bom/");
    const failure = await failureFrom(client.get("/api/stock/"));
    expect(failure.message).toBe(
      "[GET] /api/stock/: not asked: this run has made its 3 requests (inventree.max_requests)",
    );
    expect(failure).toMatchObject({ kind: "inventree", trouble: "incomplete", retryable: false });
    expect(server.seen).toHaveLength(3);
  });

  it("stop a run that has used up its time", async () => {
    const { client, clock, server } = await serve(() => ({ body: "[]" }), { timeBudgetMs: 10_000 });
    await clock.sleep(99_999); // the budget begins with the first request
    await client.get("/api/part/");
    await clock.sleep(10_000);
    const failure = await failureFrom(client.get("/api/bom/"));
    expect(failure.message).toContain("the time budget of 10 s is used up (inventree.time_budget)");
    expect(failure).toMatchObject({ trouble: "unreachable", retryable: true });
    expect(server.seen).toHaveLength(1);
  });
});

describe("the token", () => {
  it.each([
    ["in a refusal", (): object => ({ status: 401, body: { detail: `Invalid token ${TOKEN}` } })],
    ["in a long refusal", (): object => ({ status: 400, body: { detail: `${"x".repeat(190)}${TOKEN}` } })],
    ["in broken JSON", (): object => ({ body: `${TOKEN} is no JSON` })],
    ["in a content type", (): object => ({ headers: { "content-type": `text/${TOKEN}` }, body: "[]" })],
    ["in a redirect", (): object => ({ status: 302, headers: { location: `https://${TOKEN}.example.com/` } })],
    ["in an error page", (): object => ({ status: 500, body: `<p>${TOKEN}</p>` })],
  ])("that the server echoes %s is in no error and no log", async (_, answer) => {
    const { client, log } = await serve(answer);
    const error = await failureErrorFrom(client.get("/api/part/", { search: TOKEN }));
    for (const text of [inspect(error, { depth: 10 }), JSON.stringify(error.failure), ...log.lines]) {
      expect(text.toLowerCase()).not.toContain(TOKEN.slice(0, 10).toLowerCase());
    }
    expect(error.failure.message).toContain("***");
  });
});
