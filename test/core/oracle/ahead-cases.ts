import fc from "fast-check";
import type {
  BuildOrder,
  Demand,
  Part,
  PriceBreak,
  PurchaseOrderLine,
  Snapshot,
  SupplierPart,
} from "../../../src/core/calculation/snapshot.ts";
import type { LeadTimes, ListEntry, Plan, SupplierRules } from "../../../src/core/monitor.ts";
import { questions, TODAY } from "./cases.ts";
import { daysAfter } from "./days.ts";
import { exactly, shown, sum } from "./numbers.ts";
import type { Question } from "./world.ts";

/** The random lists and snapshots of `questions`, whose entries, orders and builds have days, and whose parts have offers. */
export function datedQuestions(): fc.Arbitrary<Question> {
  return fc.record({ question: questions(), more: mores }).map(({ question, more }) => withDays(question, more));
}

const SUPPLIERS = ["Mouser", "DigiKey", "Broker"];
const PLACES = 12;

/** One for each of so many places; who asks takes that of its own place. */
const each = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { minLength: PLACES, maxLength: PLACES });
const dayFrom = (first: number): fc.Arbitrary<string> =>
  fc.integer({ min: first, max: 40 }).map((days) => daysAfter(TODAY, days));
const rarely = <T>(one: fc.Arbitrary<T>, freq = 2) => fc.option(one, { nil: undefined, freq });
const perhaps = <T>(one: fc.Arbitrary<T>, freq = 3) => fc.option(one, { nil: null, freq });
const names = fc.uniqueArray(fc.constantFrom(...SUPPLIERS), { maxLength: 2 });

const prices = fc.uniqueArray(
  fc.record({
    quantity: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(1, 2, 5, 10, 20, 50) },
      { weight: 1, arbitrary: fc.constantFrom(2.5, 0.5) },
    ),
    price: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(0, 1, 2, 3, 0.5) },
      { weight: 2, arbitrary: fc.integer({ min: 1, max: 9_999_999 }).map((n) => n / 1_000_000) },
    ),
    currency: fc.constantFrom("EUR", "EUR", "EUR", "USD", "JPY"),
  }),
  { maxLength: 4, selector: ({ quantity }) => quantity },
);

const mores = fc.record({
  needed: each(perhaps(dayFrom(-2), 2)),
  orders: each(fc.record({ date: perhaps(dayFrom(-5)), placed: fc.integer({ min: 0, max: 5 }).map((n) => n > 0) })),
  builds: each(
    fc.array(
      fc.record({
        outstanding: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constantFrom(0.5, 2.25)),
        date: perhaps(dayFrom(-5)),
      }),
      { maxLength: 2 },
    ),
  ),
  demands: each(
    fc.array(
      fc.record({
        kind: fc.constantFrom("build" as const, "sale" as const),
        outstanding: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constantFrom(0.5, 1.25)),
        date: perhaps(dayFrom(-5)),
      }),
      { maxLength: 2 },
    ),
  ),
  offers: each(fc.record({ supplier: fc.constantFrom(...SUPPLIERS), primary: fc.integer({ min: 0, max: 4 }), prices })),
  offersUnread: fc.integer({ min: 0, max: 19 }),
  unit: fc.integer({ min: 0, max: 3 }),
  onDefault: fc.integer({ min: 0, max: 3 }),
  inTime: fc.boolean(),
  suppliers: rarely(fc.record({ prefer: names, avoid: names })),
  lead: fc.record({
    default: rarely(fc.integer({ min: 0, max: 20 })),
    build: rarely(fc.integer({ min: 0, max: 5 }), 4),
    suppliers: fc.dictionary(fc.constantFrom(...SUPPLIERS), fc.integer({ min: 0, max: 20 }), { maxKeys: 2 }),
    parts: fc.dictionary(
      fc.constantFrom("1", "2", "5", "I-B", "I-SHARED", "Part C", "Part D", "Twin"),
      fc.integer({ min: 0, max: 30 }),
      { maxKeys: 2 },
    ),
  }),
  // Where one list of a plan ends and the next begins; most lists are no plan.
  lists: rarely(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })),
  soon: fc.option(fc.integer({ min: 0, max: 15 }), { nil: null, freq: 1 }),
});

type More = typeof mores extends fc.Arbitrary<infer T> ? T : never;

function at<T>(all: readonly T[], place: number): T {
  const one = all[place % PLACES];
  if (one === undefined) throw new Error("Nothing there");
  return one;
}

function withDays(question: Question, more: More): Question {
  const { snapshot, policy } = question;
  const leadTimes: LeadTimes = {
    suppliers: more.lead.suppliers,
    parts: more.lead.parts,
    ...(more.lead.default === undefined ? {} : { default: more.lead.default }),
    ...(more.lead.build === undefined ? {} : { build: more.lead.build }),
  };
  const parts = question.parts.map((entry, index) => dated(entry, at(more.needed, index)));
  return {
    ...question,
    ...(more.lists === undefined ? { parts } : planned(parts, more.lists)),
    policy: more.inTime ? { ...policy, on_order: "in_time" } : policy,
    snapshot: snapshotWith(snapshot, more),
    leadTimes,
    ...(more.suppliers === undefined ? {} : { suppliers: more.suppliers satisfies SupplierRules }),
    orderSoonDays: more.soon,
    byWhen: more.offersUnread % 2 === 0,
  };
}

/** So many entries for each list, the rest for the last. */
function planned(parts: readonly ListEntry[], counts: readonly number[]): Pick<Question, "parts"> & { plan: Plan } {
  const ends = [...counts.map((_, index) => counts.slice(0, index + 1).reduce((a, b) => a + b, 0)), parts.length];
  const whose = parts.map((_, index) => ends.findIndex((end) => index < end));
  const members = [...new Set(whose)].map((list) => {
    return { id: `l${list}`, name: `List ${list}`, entries: whose.filter((one) => one === list).length };
  });
  return {
    parts: parts.map((entry, index) => ({ ...entry, list: `l${whose[index]}` })),
    plan: { lists: "all", members, left_out: [] },
  };
}

function dated(entry: ListEntry, needed_by: string | null): ListEntry {
  return needed_by === null ? entry : { ...entry, needed_by };
}

function snapshotWith(snapshot: Snapshot, more: More): Snapshot {
  const orders = mapped(snapshot.purchaseOrderLines, (line): PurchaseOrderLine => {
    const { date, placed } = at(more.orders, line.pk);
    return { ...line, targetDate: date, placed };
  });
  const builds = new Map(
    [...snapshot.parts.keys()].map((pk) => [
      pk,
      at(more.builds, pk).map(({ outstanding, date }, n): BuildOrder => {
        return { pk: pk * 10 + n, part: pk, outstanding, targetDate: date, reference: `BO-${pk}-${n}` };
      }),
    ]),
  );
  const demands = new Map(
    [...snapshot.parts.keys()].map((pk) => [
      pk,
      at(more.demands, pk).map(({ kind, outstanding, date }, n): Demand => {
        return { kind, pk: pk * 10 + n, part: pk, outstanding, targetDate: date, reference: `SO-${pk}-${n}` };
      }),
    ]),
  );
  const total = (of: readonly { readonly outstanding: number }[]): number =>
    shown(sum(of.map((it) => exactly(it.outstanding))));
  const parts = new Map(
    [...snapshot.parts].map(([pk, part]): [number, Part] => [
      pk,
      {
        ...part,
        // What is on its way is what its orders and builds have still to bring.
        onOrder: total(orders.get(pk) ?? []),
        scheduledToBuild: total(builds.get(pk) ?? []),
        building: Math.min(part.building, total(builds.get(pk) ?? [])),
        units: (pk + more.unit) % 4 === 0 ? "m" : "",
        defaultSupplier: (pk + more.onDefault) % 3 === 0 ? pk * 10 + 1 : null,
      },
    ]),
  );
  const supplierParts = mapped(snapshot.supplierParts, (it): SupplierPart => {
    const { supplier, primary } = at(more.offers, it.pk);
    return { ...it, supplierName: supplier, primary: primary === 0 };
  });
  const offers = new Map(
    [...supplierParts.values()]
      .flat()
      .map((it): [number, PriceBreak[]] => [
        it.pk,
        at(more.offers, it.pk).prices.map((price, n) => ({ pk: it.pk * 10 + n, ...price })),
      ]),
  );
  const read = more.offersUnread === 0 ? ("unreadable" as const) : offers;
  const dated = { purchaseOrderLines: orders, builds, demands };
  return { ...snapshot, ...dated, parts, supplierParts, offers: read, rates: { USD: 1.25 } };
}

function mapped<T>(all: ReadonlyMap<number, readonly T[]>, change: (one: T) => T): Map<number, readonly T[]> {
  return new Map([...all].map(([pk, some]) => [pk, some.map(change)]));
}
