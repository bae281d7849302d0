import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createClient } from "../../src/inventree/client.ts";
import { bench, failureFrom, TOKEN, testClock, testLog } from "./support/client.ts";
import { type Answer, startServer } from "./support/server.ts";
import { useServers } from "./support/use-servers.ts";

const { serve, keep } = useServers();
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
      keep(client, server);
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

  it("lets what others wait for pass what can wait", async () => {
    const answers: (() => void)[] = [];
    const arrived = Promise.withResolvers<void>();
    const { client, server } = await serve(
      () =>
        new Promise((resolve) => {
          answers.push(() => resolve({ body: page }));
          if (answers.length === 4) arrived.resolve();
          if (answers.length > 4) resolve({ body: page });
        }),
    );
    const idle = Array.from({ length: 6 }, () => client.get("/api/build/", {}, { canWait: true }));
    const urgent = Array.from({ length: 2 }, () => client.get("/api/part/"));
    await arrived.promise;
    expect(server.seen.map(({ path }) => path).sort()).toEqual([
      "/api/build/",
      "/api/build/",
      "/api/part/",
      "/api/part/",
    ]);
    for (const answer of answers) answer();
    await Promise.all([...idle, ...urgent]);
    expect(server.seen).toHaveLength(8);
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
    expect(failure).toMatchObject({ kind: "inventree", incident: "incomplete", retryable: false });
    expect(server.seen).toHaveLength(3);
  });

  it("stop a run that has used up its time", async () => {
    const { client, clock, server } = await serve(() => ({ body: "[]" }), { timeBudgetMs: 10_000 });
    await clock.sleep(99_999); // the budget begins with the first request
    await client.get("/api/part/");
    await clock.sleep(10_000);
    const failure = await failureFrom(client.get("/api/bom/"));
    expect(failure.message).toContain("the time budget of 10 s is used up (inventree.time_budget)");
    expect(failure).toMatchObject({ incident: "unreachable", retryable: true });
    expect(server.seen).toHaveLength(1);
  });
});
