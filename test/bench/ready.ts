import { howManyUnasked } from "../../src/core/calculation/ahead/how-many.ts";
import { lookAhead } from "../../src/core/calculation/ahead/ready.ts";
import { countList } from "../../src/core/calculation/count.ts";
import type { PurchaseOrderLine, Snapshot } from "../../src/core/calculation/snapshot.ts";
import { countStock } from "../../src/core/calculation/stock.ts";
import { DEFAULT_POLICY } from "../../src/core/monitor.ts";
import { addDays } from "../../src/core/schedule/days.ts";
import { type DeepSize, deepSnapshot } from "./deep-snapshot.ts";
import { inWords, markdownTable, median, verdict } from "./table.ts";

const SIZE: DeepSize = { parts: 10_000, bomLines: 100_000, levels: 12 };
const ENTRIES = 50;
const TODAY = "2026-11-20";
const AIM_S = 1.5;
const RUNS = 3;

/**
 * What days add to a check: when each of fifty entries is ready, each with a turn of its own, and how many could be built
 * from which day on. CPU time: what else the machine does is not counted.
 */
export async function benchReady(): Promise<string> {
  const rows: (string | number)[][] = [];
  let first = Number.NaN;
  for (const times of [1, 2, 4]) {
    const size = { ...SIZE, parts: SIZE.parts * times, bomLines: SIZE.bomLines * times };
    const snapshot = withOrders(deepSnapshot(size));
    const { counted, ready, steps } = measure(snapshot);
    if (times === 1) first = ready;
    const name = `${times}×: ${size.parts} / ${size.bomLines} / ${size.levels}`;
    rows.push([name, inWords(counted), inWords(ready), inWords(ready / ENTRIES), inWords(steps)]);
  }
  return [
    "## Ready",
    markdownTable(
      ["parts / BOM lines / levels", "list counted", `ready, ${ENTRIES} entries`, "each turn", "how many, by when"],
      rows,
    ),
    verdict(`ready, ${ENTRIES} entries, 1×, CPU, median of ${RUNS}`, {
      value: first / 1000,
      aim: AIM_S,
      unit: "s",
    }),
  ].join("\n\n");
}

function measure(snapshot: Snapshot): { readonly counted: number; readonly ready: number; readonly steps: number } {
  const list = { policy: DEFAULT_POLICY, snapshot, today: TODAY };
  const parts = Array.from({ length: ENTRIES }, (_, index) => ({
    pk: index + 1,
    quantity: 100,
    needed_by: addDays(TODAY, 7 + ((index * 17) % ENTRIES)),
  }));
  const input = { ...list, parts, buy: new Set<number>(), stock: countStock(list) };
  const whole = countList(input);
  const leadTimes = { default: 14, build: 1 };
  const assemblies = whole.entries.flatMap(({ node }) => node ?? []);
  return {
    counted: cpuOf(() => countList(input)),
    ready: cpuOf(() => lookAhead(whole, { ...input, leadTimes, supplierOf: () => null })),
    steps: cpuOf(() => howManyUnasked(assemblies, { ...whole, ...list })),
  };
}

/** Milliseconds, when the code is compiled. */
function cpuOf(task: () => unknown): number {
  const once = (): number => {
    const before = process.cpuUsage();
    task();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  once();
  return median(Array.from({ length: RUNS }, once));
}

/** Every third bought part is on order. */
function withOrders(snapshot: Snapshot): Snapshot {
  const purchaseOrderLines = new Map<number, readonly PurchaseOrderLine[]>();
  const parts = new Map(snapshot.parts);
  for (const [pk, part] of snapshot.parts) {
    if (part.assembly || pk % 3 !== 0) continue;
    const line = { pk, part: pk, outstanding: 20, targetDate: addDays(TODAY, pk % 60), order: 1, placed: true };
    purchaseOrderLines.set(pk, [{ ...line, orderReference: "PO-1", supplierName: "Supplier" }]);
    parts.set(pk, { ...part, onOrder: 20 });
  }
  return { ...snapshot, parts, purchaseOrderLines, builds: new Map() };
}
