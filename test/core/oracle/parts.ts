import fc from "fast-check";
import type {
  BomLine,
  Part,
  PurchaseOrderLine,
  StockItem,
  SupplierPart,
} from "../../../src/core/calculation/snapshot.ts";

/** One part of a random snapshot with all that hangs on it. */
export interface PartSpec {
  readonly part: Part;
  readonly lines: readonly BomLine[];
  readonly supplierParts: readonly SupplierPart[];
  readonly orders: readonly PurchaseOrderLine[];
  readonly items: readonly StockItem[];
}

/** 2 to 14 parts; what refers to another part keeps to the rules of InvenTree: variants form trees. */
export function parts(): fc.Arbitrary<PartSpec[]> {
  return fc.array(raws, { minLength: 2, maxLength: 14, size: "max" }).map((raw) => {
    // The order of the pks is none of the order in which parts need each other.
    const places = raw.map(({ place }, index) => ({ place, index })).sort((a, b) => a.place - b.place);
    return assemble(
      raw,
      raw.map((_, index) => 1 + places.findIndex((it) => it.index === index)),
    );
  });
}

type Raw = typeof raws extends fc.Arbitrary<infer T> ? T : never;
type RawLine = typeof rawLines extends fc.Arbitrary<infer T> ? T : never;

const LETTERS = "ABCDEFGHIJKLMN";

const percent = (chance: number): fc.Arbitrary<boolean> =>
  fc.integer({ min: 0, max: 99 }).map((n) => n >= 100 - chance);

/** 0 more often than not; else a quantity, whole more often than not. */
const amounts = (chance: number, max: number): fc.Arbitrary<number> =>
  fc.oneof({ weight: 100 - chance, arbitrary: fc.constant(0) }, { weight: chance, arbitrary: quantities(max) });

/** In a few cases more than can be counted. */
const amountsOrTooMuch = (chance: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 800, arbitrary: amounts(chance, max) },
    { weight: 1, arbitrary: fc.constantFrom(10_000_000_000, 20_000_000_000) },
  );

const quantities = (max: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 1, max }) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: max * 10 }).map((n) => n / 10) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: max * 100_000 }).map((n) => n / 100_000) },
  );

const rawLines = fc.record({
  to: fc.nat({ max: 1_000 }),
  backward: percent(6),
  quantity: fc.oneof(
    { weight: 30, arbitrary: quantities(4) },
    { weight: 1, arbitrary: fc.constantFrom(0, 0.00001, 0.33333) },
  ),
  setup: amounts(12, 5),
  attrition: fc.oneof(
    { weight: 7, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constantFrom(1, 2.5, 10, 0.125, 33.333, 0.00005, 99.99999) },
  ),
  multiple: fc.oneof(
    { weight: 7, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(1, 2, 5, 0.25) },
  ),
  optional: percent(14),
  consumable: percent(10),
  inherited: percent(30),
  allowVariants: percent(50),
  validated: percent(85),
  substitutes: fc.oneof(
    { weight: 1, arbitrary: fc.constant<number[]>([]) },
    { weight: 1, arbitrary: fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 3 }) },
  ),
});

const DATES = ["2026-11-01", "2026-11-19", "2026-11-20", "2026-12-24", null, null];

const raws = fc.record({
  place: fc.nat({ max: 1_000 }),
  twin: percent(18),
  ipn: fc.constantFrom(null, "own", "shared"),
  revision: fc.constantFrom(null, null, "A", "B"),
  variantOf: fc.option(fc.nat({ max: 1_000 }), { nil: null, freq: 2 }),
  active: percent(92),
  assembly: percent(74),
  purchaseable: percent(70),
  virtual: percent(12),
  consumable: percent(8),
  template: percent(5),
  minimum: amounts(30, 15),
  stock: amountsOrTooMuch(60, 25),
  allocatedBuilds: amounts(35, 12),
  allocatedSales: amounts(20, 6),
  requiredBuilds: amounts(35, 12),
  requiredSales: amountsOrTooMuch(20, 8),
  onOrder: amountsOrTooMuch(40, 50),
  building: amounts(20, 6),
  scheduled: amounts(25, 12),
  price: fc.option(fc.record({ min: fc.integer({ min: 0, max: 9_999_999 }), more: fc.nat({ max: 999 }) })),
  category: fc.constantFrom(null, 1, 2, 3, 4, 5),
  lines: fc.array(rawLines, { maxLength: 4, size: "max" }),
  supplierParts: fc.array(fc.record({ active: percent(75), pack: fc.constantFrom(1, 1, 5, 10, 0.5, 2.25) }), {
    maxLength: 2,
  }),
  orders: fc.array(fc.record({ outstanding: quantities(12), date: fc.constantFrom(...DATES) }), { maxLength: 3 }),
  items: fc.array(
    fc.record({
      quantity: quantities(12),
      location: fc.constantFrom(null, 1, 2, 3, 4, 5),
      external: percent(25),
      expiry: fc.constantFrom(null, null, "2026-11-19", "2026-11-20"),
    }),
    { maxLength: 3 },
  ),
});

function assemble(raw: readonly Raw[], pks: readonly number[]): PartSpec[] {
  const pkAt = (index: number): number => pks[index % pks.length] ?? 1;
  const variantOf = variantTree(raw);
  let row = 0;
  const specs = raw.map((it, index): PartSpec => {
    const pk = pkAt(index);
    const lines = it.lines
      .filter((line) => line.backward || index < raw.length - 1)
      .map((line) => bomLine(line, { pk: 100 + ((row++ * 37) % 101), index, pkAt, count: raw.length }));
    return {
      part: partOf(it, { pk, index, variantOf: variantOf[index] ?? null, pkAt }),
      lines: lines.sort((a, b) => a.pk - b.pk),
      supplierParts: it.supplierParts.map(({ active, pack }, n) => ({
        ...{ pk: pk * 10 + n, part: pk, active, packQuantity: pack, sku: `S${n}`, supplierName: "Supplier" },
        ...{ mpn: null, link: null, primary: false },
      })),
      orders: it.orders.map(({ outstanding, date }, n) => ({
        ...{
          pk: pk * 10 + n,
          part: pk,
          outstanding,
          targetDate: date,
          order: n,
          orderReference: `PO-${n}`,
          supplierName: "",
          placed: true,
        },
      })),
      items: it.items.map(({ quantity, location, external, expiry }, n) => ({
        ...{ pk: pk * 10 + n, part: pk, quantity, location, external, expiryDate: expiry },
      })),
    };
  });
  const templates = new Set(specs.map(({ part }) => part.variantOf));
  // Somebody may have taken the mark off a template that has variants.
  const isMarked = ({ pk, isTemplate }: Part): boolean => isTemplate || (templates.has(pk) && pk % 4 !== 0);
  return specs.map((spec) => ({ ...spec, part: { ...spec.part, isTemplate: isMarked(spec.part) } }));
}

/** The index of each part's template; one that would close a circle is left out. */
function variantTree(raw: readonly Raw[]): (number | null)[] {
  const above: (number | null)[] = raw.map(() => null);
  for (const [index, { variantOf }] of raw.entries()) {
    if (variantOf === null) continue;
    const template = variantOf % raw.length;
    let top: number | null = template;
    while (top !== null && top !== index) top = above[top] ?? null;
    if (top === null) above[index] = template;
  }
  return above;
}

interface Place {
  readonly pk: number;
  readonly index: number;
  readonly pkAt: (index: number) => number;
}

function partOf(it: Raw, { pk, index, variantOf, pkAt }: Place & { readonly variantOf: number | null }): Part {
  const letter = LETTERS[index] ?? "Z";
  return {
    pk,
    name: it.twin ? "Twin" : `Part ${letter}`,
    ipn: it.ipn === null ? null : it.ipn === "own" ? `I-${letter}` : "I-SHARED",
    revision: it.revision,
    units: "",
    link: null,
    category: it.category,
    variantOf: variantOf === null ? null : pkAt(variantOf),
    active: it.active,
    assembly: it.assembly,
    purchaseable: it.purchaseable,
    virtual: it.virtual,
    consumable: it.consumable,
    isTemplate: it.template,
    minimumStock: it.minimum,
    inStock: it.stock,
    externalStock: 0,
    allocatedToBuildOrders: it.allocatedBuilds,
    allocatedToSalesOrders: it.allocatedSales,
    requiredForBuildOrders: it.requiredBuilds,
    requiredForSalesOrders: it.requiredSales,
    onOrder: it.onOrder,
    building: it.building,
    scheduledToBuild: it.scheduled,
    pricingMin: it.price === null || it.price.more < 40 ? null : it.price.min / 1_000_000,
    pricingMax: it.price === null || it.price.more > 960 ? null : (it.price.min + it.price.more) / 1_000_000,
  };
}

/** A line leads to a part a little further on, or, rarely, to any part before: that may close a cycle. */
function bomLine(line: RawLine, { pk, index, pkAt, count }: Place & { readonly count: number }): BomLine {
  const further = Math.min(count - 1 - index, 4);
  const to = line.backward || further === 0 ? line.to % (index + 1) : index + 1 + (line.to % further);
  const subPart = pkAt(to);
  return {
    ...{ pk, part: pkAt(index), subPart, quantity: line.quantity, setupQuantity: line.setup },
    ...{ attrition: line.attrition, roundingMultiple: line.multiple, optional: line.optional },
    ...{ consumable: line.consumable, inherited: line.inherited, allowVariants: line.allowVariants },
    ...{ validated: line.validated, reference: "" },
    substitutes: [...new Set(line.substitutes.map(pkAt))].filter((it) => it !== subPart).sort((a, b) => a - b),
  };
}
