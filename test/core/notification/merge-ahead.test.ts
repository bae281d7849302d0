import { describe, expect, it } from "vitest";
import type { KnownOrder, ListOutlook, OrdersRead, OutlookMade } from "../../../src/core/notification/ahead-files.ts";
import { applyDelta, EMPTY_DELTA, EMPTY_STATE } from "../../../src/core/notification/merge.ts";
import {
  MOST_ORDER_LINES,
  mergeOrders,
  mergeOutlook,
  newInOrders,
  OUTLOOK_ROOM,
} from "../../../src/core/notification/merge-ahead.ts";

const MORNING = "2026-11-20T07:00:00.000Z";
const NOON = "2026-11-20T12:00:00.000Z";
const TOMORROW = "2026-11-21T07:00:00.000Z";

function order(pk: number, lines: readonly (readonly [part: number, date: string | null])[]): KnownOrder {
  const made = lines.map(([part, date]) => ({ part, name: `Part ${part}`, units: "", quantity: 5, date }));
  return { order: pk, reference: `PO-${pk}`, supplier: "Mouser", status: "placed", lines: made };
}

function read(at: string, parts: readonly number[], ...orders: readonly KnownOrder[]): OrdersRead {
  return { at, parts, orders };
}

describe("orders/<instance>.json", () => {
  const first = read(
    MORNING,
    [1, 2],
    order(7, [
      [1, "2026-12-01"],
      [2, "2026-12-24"],
    ]),
  );

  it("takes of the parts that a later reading asked about what that has found, and keeps the others", () => {
    const both = mergeOrders(
      "default",
      mergeOrders("default", undefined, first),
      read(NOON, [2, 3], order(8, [[3, null]])),
    );
    expect(both.orders.map(({ reference, lines }) => [reference, lines.map(({ part }) => part)])).toEqual([
      ["PO-7", [1]],
      ["PO-8", [3]],
    ]);
    expect(both.readings).toEqual([
      { at: NOON, parts: [2, 3] },
      { at: MORNING, parts: [1] },
    ]);
  });

  it("is the same whichever of two runs writes first, and an earlier reading takes nothing back", () => {
    const later = read(NOON, [1], order(7, [[1, "2026-12-08"]]));
    const inTurn = mergeOrders("default", mergeOrders("default", undefined, first), later);
    const other = mergeOrders("default", mergeOrders("default", undefined, later), first);
    expect(other).toEqual(inTurn);
    expect(inTurn.orders[0]?.lines.map(({ part, date }) => [part, date])).toEqual([
      [1, "2026-12-08"],
      [2, "2026-12-24"],
    ]);
  });

  it("hears nothing new when the same is found on the same day, and bears the new day when it is found on the next", () => {
    const before = mergeOrders("default", undefined, first);
    expect(newInOrders({ ...first, at: NOON }, before)).toBeUndefined();
    const tomorrow = newInOrders({ ...first, at: TOMORROW }, before);
    expect(tomorrow).toEqual({ ...first, at: TOMORROW });
    if (tomorrow === undefined) throw new Error("nothing is new");
    expect(mergeOrders("default", before, tomorrow).readings).toEqual([{ at: TOMORROW, parts: [1, 2] }]);
    const moved = read(
      NOON,
      [1, 2],
      order(7, [
        [1, "2026-12-01"],
        [2, null],
      ]),
    );
    expect(newInOrders(moved, before)).toEqual(read(NOON, [2], order(7, [[2, null]])));
  });

  it("forgets parts that nobody has asked about for two months", () => {
    const before = mergeOrders("default", undefined, first);
    const after = mergeOrders("default", before, read("2027-02-01T07:00:00.000Z", [3]));
    expect(after).toMatchObject({ orders: [], readings: [{ parts: [3] }] });
  });

  it("has room for the soonest lines; of parts without room it says nothing, not even that they were read", () => {
    const parts = Array.from({ length: MOST_ORDER_LINES + 10 }, (_, index) => index + 1);
    const many = parts.map((part) => order(part, [[part, `2027-01-${String((part % 28) + 1).padStart(2, "0")}`]]));
    const file = mergeOrders("default", undefined, read(MORNING, parts, ...many));
    const kept = file.orders.flatMap(({ lines }) => lines.map(({ part }) => part)).sort((a, b) => a - b);
    expect(kept).toHaveLength(MOST_ORDER_LINES);
    expect(file.readings.flatMap((one) => one.parts)).toEqual(kept);
  });
});

describe("outlook/<instance>.json", () => {
  const nothing: OutlookMade = { lists: {}, stock: {} };
  const list = (read_at: string, words = "Board"): ListOutlook => ({
    read_at,
    ready: [{ entry: 0, words, state: "now", date: "2026-11-20", in_time: true, needed_by: null, waits_for: [] }],
    how_many: {},
    names: {},
  });
  const basket = (read_at: string, ...lists: string[]) => ({ read_at, lists, suppliers: [], without_offer: [] });

  it("takes the later of each list", () => {
    const before = mergeOutlook("default", undefined, { ...nothing, lists: { a: list(MORNING), b: list(NOON) } });
    const after = mergeOutlook("default", before, {
      ...nothing,
      lists: { a: list(NOON, "Other"), b: list(MORNING, "Old") },
    });
    expect(after.lists).toEqual({ a: list(NOON, "Other"), b: list(NOON) });
  });

  it("takes of one day the basket of more lists, and of another day the later", () => {
    const two = mergeOutlook("default", undefined, { ...nothing, basket: basket(MORNING, "a", "b") });
    expect(mergeOutlook("default", two, { ...nothing, basket: basket(NOON, "c") }).basket?.lists).toEqual(["a", "b"]);
    expect(mergeOutlook("default", two, { ...nothing, basket: basket(TOMORROW, "c") }).basket?.lists).toEqual(["c"]);
  });

  it("loses a list whose file is gone", () => {
    const outlooks = { default: { ...nothing, lists: { a: list(MORNING), b: list(MORNING) } } };
    const before = applyDelta(EMPTY_STATE, { ...EMPTY_DELTA, outlooks });
    expect(Object.keys(applyDelta(before, { ...EMPTY_DELTA, removed: ["a"] }).outlooks.default?.lists ?? {})).toEqual([
      "b",
    ]);
  });

  it("has a bound, whatever is put into it", () => {
    const words = "x".repeat(5_000);
    const lists = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`list-${index}`, list(MORNING, words)]),
    );
    const line = {
      ...{ part: 1, name: words, ipn: null, units: "", to_order: 1, order_quantity: 1, lists: ["a"] },
      reason: "none_active" as const,
    };
    const full = { ...basket(MORNING, "a"), without_offer: Array.from({ length: 100 }, () => line) };
    const file = mergeOutlook("default", undefined, { lists, basket: full, stock: {} });
    const { lists: lists_, basket: kept } = file;
    expect(JSON.stringify(lists_).length).toBeLessThan(OUTLOOK_ROOM.lists * 1.1);
    expect(JSON.stringify(kept).length).toBeLessThan(OUTLOOK_ROOM.basket * 1.1);
    expect((kept?.without_offer.length ?? 0) + (kept?.left_out ?? 0)).toBe(100);
    expect(mergeOutlook("default", file, { lists: {}, stock: {} })).toEqual(file);
  });
});
