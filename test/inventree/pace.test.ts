import { describe, expect, it } from "vitest";
import { startInventree } from "../../demo/inventree/server.ts";
import { snapshotRequest } from "../../src/core/calculation/snapshot-request.ts";
import { DEFAULT_POLICY } from "../../src/core/monitor.ts";
import { startPace } from "../../src/inventree/adaptive-concurrency.ts";
import { readSnapshot } from "../../src/inventree/snapshot.ts";
import { catalogue } from "../bench/catalogue.ts";
import { bench } from "./support/client.ts";
import { useServers } from "./support/use-servers.ts";

const { keep } = useServers();

describe("pages of large lists", () => {
  it("are asked for two at a time first, and more only while answers stay as fast", () => {
    const pace = startPace(4);
    expect(pace.width()).toBe(2);
    for (let answer = 0; answer < 10; answer++) pace.answered("parts", 100);
    expect(pace.width()).toBe(4);
  });

  it("are asked for one fewer at a time each time an answer takes twice as long as the best, but always for one", () => {
    const pace = startPace(4);
    for (let answer = 0; answer < 10; answer++) pace.answered("parts", 100);
    pace.answered("parts", 201);
    expect(pace.width()).toBe(3);
    for (let answer = 0; answer < 9; answer++) pace.answered("parts", 900);
    expect(pace.width()).toBe(1);
  });

  it("are not slowed down by a list that is slower by nature, nor by noise", () => {
    const pace = startPace(4);
    pace.answered("parts", 2);
    pace.answered("BOM lines", 600);
    pace.answered("parts", 40);
    expect(pace.width()).toBeGreaterThanOrEqual(2);
  });

  it("are asked for more carefully after each disappointment", () => {
    const pace = startPace(4);
    pace.slowDown();
    expect(pace.width()).toBe(1);
    for (let answer = 0; answer < 3; answer++) pace.answered("parts", 100);
    expect(pace.width()).toBe(1);
    pace.answered("parts", 100);
    expect(pace.width()).toBe(2);
  });

  it("never run more at once than the limit allows, and all of them run", async () => {
    for (const most of [1, 2, 3]) {
      const pace = startPace(most);
      let now = 0;
      let peak = 0;
      await Promise.all(
        Array.from({ length: 40 }, () =>
          pace.run(async () => {
            peak = Math.max(peak, ++now);
            await new Promise((resolve) => setImmediate(resolve));
            now -= 1;
            pace.answered("parts", 50);
          }),
        ),
      );
      expect(peak).toBe(most);
    }
  });
});

describe("a server that cannot give a whole page", () => {
  const need = snapshotRequest([
    { parts: [{ pk: 10, quantity: 1 }], watch: [{ all: true }], policy: DEFAULT_POLICY, silences: [] },
  ]);
  const small = catalogue({ parts: 300, bomLines: 900 });

  it.each([
    ["answers 500, as SQLite does to too many variables", { kind: "answer", status: 500 }, 2],
    ["lets the time run out in a proxy", { kind: "answer", status: 504 }, 1],
  ] as const)("is asked for smaller ones when it %s, and nothing is missing", async (_, fault, attempts) => {
    const server = await startInventree({ tables: small });
    keep(server);
    server.faults.add({ path: /^\/api\/part\/.*limit=(300|150)&/, fault });
    const { client, clock, log } = bench(server.url, { pageSize: 300 }, server.token);
    keep(client);
    const { parts } = await readSnapshot({ client, clock, log, need });
    expect(parts.size).toBe(300);
    const pages = server
      .requests()
      .filter(({ path }) => path.startsWith("/api/part/?limit") && !path.includes("limit=1&"))
      .map(({ path, status }) => `${status} ${path.split("?")[1]}`)
      .filter((line) => line.includes("offset"));
    expect(pages).toEqual([
      ...Array.from({ length: attempts }, () => `${fault.status} limit=300&offset=0`),
      ...Array.from({ length: attempts }, () => `${fault.status} limit=150&offset=0`),
      "200 limit=75&offset=0",
      "200 limit=75&offset=75",
      "200 limit=75&offset=150",
      "200 limit=75&offset=225",
    ]);
    expect(log.lines.join("\n")).toContain("[GET] /api/part/: no page of 300 rows came, asking for 150");
  });

  it("is asked for smaller ones at once when it does not answer in time", async () => {
    const server = await startInventree({ tables: small });
    keep(server);
    server.faults.add({ path: /^\/api\/bom\/.*limit=500&/, fault: { kind: "delay", milliseconds: 60_000 } });
    const { client, clock, log } = bench(server.url, { requestTimeoutMs: 1_000 }, server.token);
    keep(client);
    const { bomLines } = await readSnapshot({ client, clock, log, need });
    expect([...bomLines.values()].flat().length).toBeGreaterThan(50);
    expect(log.lines.join("\n")).toContain("no complete answer within 1 s");
  });

  it("is given up on when not even a small page comes", async () => {
    const server = await startInventree({ tables: small });
    keep(server);
    server.faults.add({ path: /^\/api\/bom\/.*offset=/, fault: { kind: "answer", status: 500 } });
    const { client, clock, log } = bench(server.url, { pageSize: 100 }, server.token);
    keep(client);
    await expect(readSnapshot({ client, clock, log, need })).rejects.toThrow(
      /limit=\d+&offset=0: 500: .*\(5 attempts\)/,
    );
  });
});
