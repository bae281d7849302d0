import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedInventree, startInventree } from "../../demo/inventree/server.ts";
import type { Tables } from "../../demo/inventree/tables.ts";
import { calculate } from "../../src/core/calculation/calculate.ts";
import { type NeedSource, snapshotRequest } from "../../src/core/calculation/snapshot-request.ts";
import { DEFAULT_POLICY, type Policy } from "../../src/core/monitor.ts";
import { readSnapshot } from "../../src/inventree/snapshot.ts";
import { assembliesOf, catalogue, LARGE } from "../bench/catalogue.ts";
import { listOf } from "../bench/lists.ts";
import { bomLine, build, part, stockItem, tables } from "../demo/workshop.ts";
import { bench } from "./support/client.ts";

let server: EmbeddedInventree;

/** Reads for one list, and says what was asked for. */
async function read(list: Partial<NeedSource>, pageSize = 500) {
  const { client, clock, log } = bench(server.url, { pageSize, maxRequests: 1_000 }, server.token);
  server.forgetRequests();
  const need = snapshotRequest([{ parts: [], watch: [], policy: DEFAULT_POLICY, silences: [], ...list }]);
  const snapshot = await readSnapshot({ client, clock, log, need });
  await client.close();
  const asked = server.requests().map((request) => new URL(request.path, server.url));
  return { snapshot, asked, bytes: client.spent().bytes, log: log.lines.join("\n") };
}

function pathsOf(asked: readonly URL[]): string[] {
  return asked.map((url) => url.pathname);
}

describe("on a server with 5,000 parts and 20,000 BOM lines", () => {
  const [device = 0] = assembliesOf("device", LARGE);
  const [board = 0, ...boards] = assembliesOf("board", LARGE);

  beforeAll(async () => {
    server = await startInventree({ tables: catalogue(LARGE) });
  });
  afterAll(() => server.close());

  it("a list of two boards takes a dozen requests: a hundredth of the parts and lines, and of the rest next to nothing", async () => {
    const named = listOf(0).map(({ pk }) => ({ name: `Assembly ${pk}`, quantity: 1 }));
    const { snapshot, asked, bytes } = await read({ parts: named });
    expect(asked.length).toBeLessThanOrEqual(12);
    expect(bytes).toBeLessThan(400_000);
    expect(snapshot.parts.size).toBeLessThan(60);
    expect(snapshot.bomLines.get(board)).toHaveLength(20);
    expect(pathsOf(asked).filter((path) => /\/part\/\d+\/$/.test(path))).toEqual([]);
  });

  it("a list of one board asks first for what all else waits for, and for nothing that may not matter", async () => {
    const { asked } = await read({ parts: [{ pk: board, quantity: 10 }] });
    // Four others wait for nothing either, and the server may see them a moment before.
    expect(pathsOf(asked).slice(0, 5)).toContain(`/api/part/${board}/`);
    expect(asked.length).toBeLessThanOrEqual(9);
    // How much there is matters to nobody who needs so little of it.
    expect(asked.filter((url) => url.searchParams.get("limit") === "1")).toEqual([]);
    expect(pathsOf(asked).filter((path) => path.startsWith("/api/company/") || path.includes("po-line"))).toEqual([]);
    const variants = asked.filter((url) => url.searchParams.has("is_variant"));
    expect(variants.every((url) => url.searchParams.has("ancestor"))).toBe(true);
  });

  it("a list of one device of three levels asks once for each BOM, and reads parts in pages when that is cheaper", async () => {
    const { snapshot, asked } = await read({ parts: [{ pk: device, quantity: 1 }] });
    const boms = asked.filter((url) => url.pathname === "/api/bom/" && url.searchParams.has("part"));
    const assemblies = [...snapshot.bomLines.keys()];
    expect(assemblies.length).toBeGreaterThan(10);
    expect(boms.map((url) => Number(url.searchParams.get("part"))).sort()).toEqual(assemblies.sort());
    expect(snapshot.parts.size).toBe(5_000);
    expect(asked.length).toBeLessThan(assemblies.length + 10 + 30);
  });

  it("sixty names are looked up together", async () => {
    const names = boards.slice(0, 60).map((pk) => `Assembly ${pk}`);
    const policy: Policy = { ...DEFAULT_POLICY, demand: "none" };
    const { snapshot, asked } = await read({ policy, watch: names.map((name) => ({ part: name, minimum: 1 })) });
    for (const name of names) expect([...snapshot.parts.values()].map((one) => one.name)).toContain(name);
    expect(asked.length).toBeLessThanOrEqual(6);
  });

  it("no address is longer than web servers take, however many names there are", async () => {
    const watch = boards.slice(0, 500).map((pk) => ({ part: `Assembly ${pk} (obsolete) 100 % ${"ü".repeat(60)}` }));
    const { asked } = await read({ watch });
    for (const url of asked) expect(url.pathname.length + url.search.length).toBeLessThan(3_500);
    expect(asked.length).toBeGreaterThan(5);
  });

  it("a thousand lists read each page once, and nothing part by part", async () => {
    const parts = [...assembliesOf("device", LARGE), ...assembliesOf("module", LARGE), ...boards].map((pk) => ({
      pk,
      quantity: 5,
    }));
    const { snapshot, asked } = await read({ parts });
    expect(snapshot.parts.size).toBe(5_000);
    expect([...snapshot.bomLines.values()].flat()).toHaveLength(20_000);
    expect(new Set(asked.map(String)).size).toBe(asked.length);
    expect(asked.filter((url) => !url.searchParams.has("limit")).map((url) => url.pathname)).toEqual([
      "/api/currency/exchange/",
    ]);
    // 10 pages of parts, 40 of BOM lines, 2 of build lines, 1 each of builds and sales-order lines; two counts, one currency.
    expect(asked.length).toBe(10 + 40 + 2 + 2 + 3);
  });

  it("watched stock asks neither for BOMs nor for suppliers and orders", async () => {
    const { asked } = await read({
      watch: [{ part: 4_711, minimum: 5 }],
      policy: { ...DEFAULT_POLICY, demand: "none" },
    });
    expect(pathsOf(asked).toSorted()).toEqual(["/api/currency/exchange/", "/api/part/4711/"]);
  });
});

describe("what a list reaches only in a roundabout way", () => {
  afterEach(() => server.close());

  /** Enough of other parts that nobody reads them all for one list. */
  const others = Array.from({ length: 400 }, (_, index) => part({ pk: 1_000 + index, name: `Other ${index}` }));
  const start = async (more: Partial<Tables>) => {
    server = await startInventree({ tables: tables({ ...more, parts: [...(more.parts ?? []), ...others] }) });
  };

  it("a half that an assembly elsewhere requires is counted, though no part on the list shows it", async () => {
    await start({
      parts: [part({ pk: 1, assembly: true }), part({ pk: 2 }), part({ pk: 3, assembly: true })],
      bomLines: [
        bomLine({ pk: 1, part: 1, sub_part: 2 }),
        bomLine({ pk: 2, part: 3, sub_part: 2, quantity: 0.5 }),
        ...others.map(({ pk }) => bomLine({ pk, part: 3, sub_part: pk })),
      ],
      builds: [build({ pk: 1, part: 3, quantity: 5 })],
      buildLines: [{ pk: 1, build: 1, bom_item: 2, quantity: 2.5, consumed: 0 }],
    });
    const { snapshot, log } = await read({ parts: [{ pk: 1, quantity: 1 }] }, 20);
    expect(log).toContain("parts: reached, BOM lines: reached");
    expect(snapshot.parts.size).toBe(2);
    expect(snapshot.parts.get(2)?.requiredForBuildOrders).toBe(2.5);
  });

  it("a substitute's stock and its variants' allocations count as if everything was read", async () => {
    const policy: Policy = { ...DEFAULT_POLICY, stock: { locations: [], exclude: ["expired"] }, substitutes: "use" };
    await start({
      parts: [
        part({ pk: 1, assembly: true }),
        part({ pk: 2 }),
        part({ pk: 3, is_template: true }),
        part({ pk: 4, variant_of: 3 }),
        part({ pk: 5, assembly: true }),
      ],
      bomLines: [
        bomLine({ pk: 1, part: 1, sub_part: 2 }),
        bomLine({ pk: 2, part: 5, sub_part: 3 }),
        ...others.map(({ pk }) => bomLine({ pk, part: 5, sub_part: pk })),
      ],
      substitutes: [{ pk: 1, bom_item: 1, part: 3 }],
      stockItems: [
        stockItem({ pk: 1, part: 3, quantity: 9 }),
        stockItem({ pk: 2, part: 4, quantity: 9 }),
        ...others.map(({ pk }) => stockItem({ pk, part: pk, quantity: 1 })),
      ],
      builds: [build({ pk: 1, part: 5, quantity: 4 })],
      buildLines: [{ pk: 1, build: 1, bom_item: 2, quantity: 4, consumed: 0 }],
      buildAllocations: [{ build_line: 1, stock_item: 2, quantity: 4 }],
    });
    const list = { parts: [{ pk: 1, quantity: 7 }], watch: [], policy };
    const { snapshot, log } = await read(list, 20);
    expect(log).toContain("parts: reached, BOM lines: reached");
    expect([...snapshot.parts.keys()]).toEqual([1, 2, 3, 4]);
    expect(snapshot.stockItems?.get(3)?.map((item) => item.quantity)).toEqual([9]);
    expect(snapshot.stockItems?.has(1_000)).toBe(false);
    const report = calculate({ ...list, snapshot, today: "2026-11-20" });
    expect(report.lines.find((line) => line.pk === 2)).toMatchObject({ covered_by: [{ part: 3, quantity: 7 }] });
  });

  it("how many by when also counts what is made of a substitute; who does not ask that reads none of it", async () => {
    await start({
      parts: [part({ pk: 1, assembly: true }), part({ pk: 2 }), part({ pk: 3 }), part({ pk: 5, assembly: true })],
      bomLines: [
        bomLine({ pk: 1, part: 1, sub_part: 2 }),
        ...others.map(({ pk }) => bomLine({ pk, part: 5, sub_part: pk })),
      ],
      substitutes: [{ pk: 1, bom_item: 1, part: 3 }],
      builds: [build({ pk: 1, part: 3, quantity: 4, target_date: "2026-12-01" })],
    });
    const policy: Policy = { ...DEFAULT_POLICY, substitutes: "use" };
    const list = { parts: [{ pk: 1, quantity: 7 }], watch: [], policy };
    const { snapshot, log } = await read({ ...list, byWhen: true }, 20);
    expect(log).toContain("parts: reached, BOM lines: reached");
    const figures = {
      1: {
        steps: [
          { date: null, number: 0, limited_by: [2] },
          { date: "2026-12-01", number: 4, limited_by: [2] },
        ],
        without_day: [],
      },
    };
    expect(calculate({ ...list, snapshot, today: "2026-11-20", byWhen: true }).how_many).toEqual(figures);
    // A list with dates has them unasked: what it has to wait for is known by then.
    const dated = { ...list, parts: [{ pk: 1, quantity: 7, needed_by: "2026-12-10" }] };
    const asDated = await read(dated, 20);
    expect(calculate({ ...dated, snapshot: asDated.snapshot, today: "2026-11-20" }).how_many).toEqual(figures);
    expect(calculate({ ...list, snapshot, today: "2026-11-20" })).not.toHaveProperty("how_many");
    const plain = await read(list, 20);
    expect(plain.snapshot).not.toHaveProperty("builds");
    expect(plain.snapshot).not.toHaveProperty("demands");
    // Who asks how stock develops pays for the lines that exact requirements come from, and for nothing more; where other
    // demand does not count, not even for those.
    const counted = await read({ ...list, byWhen: true }, 20);
    const developing = await read({ ...list, byWhen: true, demands: true }, 20);
    expect(developing.asked.length).toBe(counted.asked.length);
    expect(developing.snapshot.demands).toEqual(new Map());
    const alone = { ...list, policy: { ...policy, demand: "none" as const }, demands: true };
    expect(pathsOf((await read(alone, 20)).asked)).not.toContain("/api/build/line/");
  });

  it("a name in other case is found for the hint, and an entry that nothing fits is a problem of the report", async () => {
    await start({
      parts: [part({ pk: 1, name: "Board [v2] (a|b)\\c" }), part({ pk: 2, name: "board [V2] (a|b)\\c" })],
    });
    const parts = [
      { name: "Board [v2] (a|b)\\c", quantity: 1 },
      { name: "BOARD [v2] (A|b)\\c ", quantity: 1 },
      { pk: 99, quantity: 1 },
    ];
    const { snapshot, log } = await read({ parts }, 20);
    expect(log).toContain("parts: reached");
    const report = calculate({ parts, watch: [], policy: DEFAULT_POLICY, snapshot, today: "2026-11-20" });
    expect(report.lines.map((line) => line.pk)).toEqual([1]);
    expect(report.problems.map((problem) => problem.message)).toEqual([
      "No part is named BOARD [v2] (A|b)\\c ; did you mean Board [v2] (a|b)\\c? Upper and lower case matter",
      "No part has pk 99; correct the entry, or create the part in InvenTree",
    ]);
  });

  it("all parts are read where the database does not take the expression", async () => {
    await start({ parts: [part({ pk: 1, name: "Board" })] });
    server.faults.add({ path: /name_regex/, fault: { kind: "answer", status: 400 } });
    const { snapshot } = await read({ parts: [{ name: "Board", quantity: 1 }] }, 20);
    expect(snapshot.parts.size).toBe(401);
  });
});
