import fc from "fast-check";
import type { Snapshot, StockLocation } from "../../../src/core/calculation/snapshot.ts";
import type { ListEntry, Policy, WatchEntry } from "../../../src/core/monitor.ts";
import { type PartSpec, parts } from "./parts.ts";
import type { Question } from "./world.ts";

/** The day of all cases. */
export const TODAY = "2026-11-20";

const PLACES: readonly StockLocation[] = [
  { pk: 1, name: "Store", parent: null, path: "Store" },
  { pk: 2, name: "Shelf", parent: 1, path: "Store/Shelf" },
  { pk: 3, name: "Box", parent: 2, path: "Store/Shelf/Box" },
  { pk: 4, name: "Workshop", parent: null, path: "Workshop" },
  { pk: 5, name: "Shelf", parent: 4, path: "Workshop/Shelf" },
];

/** Random small snapshots, lists, watch rules and policies that bring every feature of the calculation. */
export function questions(): fc.Arbitrary<Question> {
  return fc
    .record({
      specs: parts(),
      policy: policies,
      parts: fc.oneof(
        { weight: 19, arbitrary: fc.array(entries, { minLength: 1, maxLength: 5 }) },
        { weight: 1, arbitrary: fc.constant<Entry[]>([]) },
      ),
      watch: seldom(watchRules, 4),
    })
    .map(({ specs, policy, parts, watch }) => {
      const at = (index: number): PartSpec => {
        const spec = specs[index % specs.length];
        if (spec === undefined) throw new Error("No parts");
        return spec;
      };
      return {
        parts: parts.map((entry) => entryFor(at(entry.index), entry)),
        watch: watch.map(({ subject, ...rule }) => ({ ...present(rule), ...subjectOf(at, subject) })),
        policy: { ...policy, buy: [...new Set(policy.buy.map((it) => referenceTo(at(it.index), it.by)))] },
        snapshot: snapshotOf(specs),
        today: TODAY,
      };
    });
}

function snapshotOf(specs: readonly PartSpec[]): Snapshot {
  const places = new Map(PLACES.map((place) => [place.pk, place]));
  return {
    serverUrl: "https://inventree.example",
    apiVersion: 530,
    readAt: "2026-11-20T07:10:00Z",
    currency: "EUR",
    parts: new Map(specs.map(({ part }) => [part.pk, part])),
    bomLines: new Map(specs.map(({ part, lines }) => [part.pk, lines])),
    supplierParts: new Map(specs.map(({ part, supplierParts }) => [part.pk, supplierParts])),
    purchaseOrderLines: new Map(specs.map(({ part, orders }) => [part.pk, orders])),
    offers: new Map(),
    stockItems: new Map(specs.map(({ part, items }) => [part.pk, items])),
    locations: places,
    categories: places,
  };
}

const index = fc.nat({ max: 1_000 });
/** The parts that come first need those that come later: deep BOMs are below them. */
const mostlyFirst = fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 2 }) }, { weight: 2, arbitrary: index });

/** A value that is usual twice as often as each other one. */
const rather = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(usual) },
    ...others.map((other) => ({ weight: 1, arbitrary: fc.constant(other) })),
  );

/** Nothing in 2 of 3 cases. */
function seldom<T>(one: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> {
  const some = fc.array(one, { minLength: 1, maxLength });
  return fc.oneof({ weight: 2, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: some });
}

type By = "pk" | "name" | "ipn" | "none";

const entries = fc.record({
  index: mostlyFirst,
  quantity: fc.oneof(
    { weight: 18, arbitrary: fc.integer({ min: 1, max: 25 }) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 1_200 }).map((n) => n / 100) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 1_200_000 }).map((n) => n / 100_000) },
    { weight: 1, arbitrary: fc.constantFrom(2_500_000_000, 5_000_000_001, 9_999_999_999.5, 10_000_000_000) },
  ),
  key: fc.integer({ min: 0, max: 19 }),
});

type Entry = typeof entries extends fc.Arbitrary<infer T> ? T : never;

function entryFor({ part }: PartSpec, { quantity, key }: { quantity: number; key: number }): ListEntry {
  if (key < 10) return { pk: part.pk, quantity };
  if (key < 13) return { name: part.name, quantity };
  if (key < 15 && part.ipn !== null) return { ipn: part.ipn, quantity };
  if (key < 17 && part.revision !== null) return { name: part.name, version: part.revision, quantity };
  if (key === 17) return { name: "Nobody", quantity };
  if (key === 18) return { pk: part.pk, version: "B", quantity };
  // The first key decides; the others are never tried.
  return { pk: part.pk, ipn: "I-NONE", name: "Nobody", quantity };
}

const bys = fc.constantFrom<By>("pk", "pk", "pk", "pk", "name", "name", "ipn", "none");

function referenceTo({ part }: PartSpec, by: By): number | string {
  if (by === "pk") return part.pk;
  if (by === "name") return part.name;
  return by === "ipn" && part.ipn !== null ? part.ipn : "Nobody";
}

const policies = fc.record({
  demand: rather<Policy["demand"]>("open_orders", "allocated", "none"),
  stock: fc.oneof(
    { weight: 4, arbitrary: fc.constant({ locations: [], exclude: [] }) },
    {
      weight: 1,
      arbitrary: fc.record({
        locations: fc.uniqueArray(
          fc.constantFrom<number | string>(2, "Store", "Shelf", "Workshop/Shelf", 4, 77, "Nowhere"),
          {
            maxLength: 2,
          },
        ),
        exclude: fc.uniqueArray(fc.constantFrom<"external" | "expired">("external", "expired"), { maxLength: 2 }),
      }),
    },
  ),
  in_production: rather<Policy["in_production"]>("scheduled", "outputs", "ignore"),
  on_order: rather<Policy["on_order"]>("report", "count"),
  buy: seldom(fc.record({ index: mostlyFirst, by: bys }), 3),
  optional: rather<Policy["optional"]>("include", "exclude"),
  consumables: rather<Policy["consumables"]>("exclude", "include"),
  substitutes: fc.constantFrom<Policy["substitutes"]>("suggest", "use", "use"),
});

const watchRules = fc.record({
  subject: fc.oneof(
    { weight: 2, arbitrary: fc.record({ index, by: bys }) },
    { weight: 1, arbitrary: fc.constantFrom<number | string>(1, "Shelf", 77) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  minimum: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
  location: fc.option(fc.constantFrom<number | string>(1, "Shelf", "Store/Shelf", "Workshop", 77), {
    nil: undefined,
    freq: 2,
  }),
});

type Subject = typeof watchRules extends fc.Arbitrary<{ subject: infer S }> ? S : never;

/** What a watch rule watches: a part, a category, or (null) all. */
function subjectOf(at: (index: number) => PartSpec, subject: Subject): WatchEntry {
  if (subject === null) return { all: true };
  return typeof subject === "object" ? { part: referenceTo(at(subject.index), subject.by) } : { category: subject };
}

function present({ minimum, location }: { minimum: number | undefined; location: number | string | undefined }) {
  return { ...(minimum === undefined ? {} : { minimum }), ...(location === undefined ? {} : { location }) };
}
