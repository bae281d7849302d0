import { describe, expect, it } from "vitest";
import { createClient } from "../../src/inventree/client.ts";
import { bench, failureFrom, TOKEN, testClock, testLog } from "./support/client.ts";
import { type Answer, startServer } from "./support/server.ts";
import { useServers } from "./support/use-servers.ts";

const { serve, keep } = useServers();

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
    const delivered = log.lines.map((line) => JSON.parse(line)).filter((line) => line.level === "info");
    expect(delivered.map((line) => [line.attempt, line.wait_ms])).toEqual([
      [1, 250],
      [2, 500],
    ]);
    expect(delivered[0].message).toBe("[GET] /api/part/?limit=5 failed, trying again");
    expect(delivered[0].cause).toContain(cause);
  });

  it.each(passing)("that stays is told in words with its attempts: %s", async (name, fault, cause) => {
    const { client, server } = await serve(fault, { requestTimeoutMs: name === "silence" ? 50 : 10_000 });
    const failure = await failureFrom(client.get("/api/part/", { limit: 5 }));
    expect(failure).toMatchObject({ kind: "inventree", incident: "unreachable", retryable: true });
    expect(failure.message).toContain(`[GET] /api/part/?limit=5: ${cause.replace(" 1 s", " 0.05 s")}`);
    expect(failure.message).toMatch(/ \(5 attempts\)$/);
    expect(server.seen).toHaveLength(5);
  });

  it("is told in words when nobody listens", async () => {
    const server = await startServer(() => ({}));
    await server.close();
    const { client } = bench(server.url);
    keep(client);
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toBe("[GET] /api/part/: connection refused (ECONNREFUSED) (5 attempts)");
    expect(failure).toMatchObject({ incident: "unreachable", retryable: true });
    expect(failure).not.toHaveProperty("status");
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
    expect(failure).toMatchObject({ status: 429, incident: "unreachable" });
    expect(clock.slept).toEqual([]);
    expect(server.seen).toHaveLength(1);
  });

  it("of different requests does not come back at the same instant", async () => {
    const server = await startServer(() => ({ status: 500 }));
    keep(server);
    const limits = { maxConcurrency: 1, maxRequests: 99, requestTimeoutMs: 999, timeBudgetMs: 1e6, pageSize: 1 };
    const waits = [];
    for (const random of [0, 0.25, 0.999]) {
      const clock = testClock(random);
      const client = createClient({ url: server.url, token: TOKEN, clock, log: testLog(), limits });
      keep(client);
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
