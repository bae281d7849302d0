import { afterEach, expect, it } from "vitest";
import { startWork, workMs } from "../../demo/inventree/costs.ts";
import { rows, servers } from "./asking.ts";
import { part, tables } from "./workshop.ts";

const { start, closeAll } = servers();
afterEach(closeAll);

const page = (count: number) => JSON.stringify({ count, results: Array.from({ length: count }, () => ({})) });

it.each([
  ["/api/part/7/", "{}", 50],
  ["/api/part/?limit=500&offset=0", page(500), 60 + 200],
  ["/api/part/?limit=500&offset=1000", page(500), 60 + 200 + 40],
  ["/api/part/?in_bom_for=7&limit=500&offset=0", page(20), 70 + 8],
  ["/api/bom/?limit=500&offset=1000", page(500), 60 + 575],
  ["/api/bom/?part=7&limit=500&offset=0", page(20), 50 + 23],
  ["/api/company/part/?part=7&limit=500&offset=0", page(1), 50.4],
  ["/api/order/po-line/?pending=true&limit=500&offset=0", page(100), 60 + 70],
  ["/web/part/7", "<!doctype html>", 0],
])("a real server works on %s as long as docs/performance.md says", (path, body, ms) => {
  expect(workMs(path, body)).toBeCloseTo(ms, 6);
});

it("works on as many answers at once as it has workers, and on as many as come where nothing costs", async () => {
  for (const [costs, most] of [
    [{ workers: 2, factor: 1 }, 2],
    [undefined, 5],
  ] as const) {
    const work = startWork(costs);
    let now = 0;
    let peak = 0;
    await Promise.all(
      Array.from({ length: 5 }, () =>
        work(async () => {
          peak = Math.max(peak, ++now);
          await new Promise((resolve) => setImmediate(resolve));
          now -= 1;
        }),
      ),
    );
    expect(peak).toBe(most);
  }
});

it("answers the same, only later", async () => {
  const five = tables({ parts: [1, 2, 3, 4, 5].map((pk) => part({ pk })) });
  const [slow, fast] = await Promise.all([
    start({ tables: five, costs: { workers: 1, factor: 0.01 } }),
    start({ tables: five }),
  ]);
  const path = "part/?limit=3&offset=1";
  expect(await rows(slow, path)).toEqual(await rows(fast, path));
});
