// Reads the examples of docs/calculation.md: parts by name, pks in the order in which things stand there, from 1.
import { parse } from "yaml";
import type { CalculationInput } from "../../../src/core/calculation/calculate.ts";
import type { PriceBreak } from "../../../src/core/calculation/snapshot.ts";
import type { PartName, Report } from "../../../src/core/generated/report.ts";
import {
  DEFAULT_POLICY,
  type LeadTimes,
  type ListEntry,
  type Policy,
  type SupplierRules,
  type WatchEntry,
} from "../../../src/core/monitor.ts";
import { type LineGiven, type PartGiven, type PlaceGiven, type SnapshotGiven, snapshotOf } from "./snapshot-builder.ts";

type Fields = Readonly<Record<string, unknown>>;

export interface Example {
  readonly title: string;
  readonly policy?: Fields;
  /** By name; `needs` are its BOM lines, `named` its name where that is another. */
  readonly parts?: Readonly<Record<string, Fields>>;
  /** Instead of parts: L0 needs L1, that needs L2, and so on, each so many. */
  readonly chain?: { readonly levels: number; readonly quantity: number };
  readonly locations?: Readonly<Record<string, Fields>>;
  readonly stock_items?: readonly Fields[];
  readonly orders?: readonly Fields[];
  readonly supplier_parts?: readonly Fields[];
  readonly builds?: readonly Fields[];
  readonly suppliers?: Partial<SupplierRules>;
  readonly rates?: Readonly<Record<string, number>>;
  readonly lead_times?: LeadTimes;
  readonly order_soon_days?: number;
  readonly by_when?: boolean;
  /** Default: 2026-11-20. */
  readonly today?: string;
  readonly list?: readonly ListEntry[];
  /** Instead of a list: those of a plan, by id. */
  readonly lists?: Readonly<Record<string, readonly ListEntry[]>>;
  readonly watch?: readonly WatchEntry[];
  readonly expect: Fields & { readonly fails?: string; readonly lines?: Fields };
}

/** All fenced blocks that are marked as examples. */
export function examplesOf(page: string): readonly Example[] {
  return [...page.matchAll(/^```yaml example\n(.*?)^```$/gms)].map(([, text = ""]) => parse(text));
}

export function inputOf(example: Example): CalculationInput {
  const parts = Object.entries(example.parts ?? chainOf(example));
  const pks = new Map(parts.map(([name], index) => [name, index + 1]));
  const pkOf = (name: unknown): number => required(pks.get(String(name)), `part ${name}`);
  const places = Object.entries(example.locations ?? {});
  const placePks = new Map(places.map(([name], index) => [name, index + 1]));
  const withPart = (rows: readonly Fields[]) =>
    rows.map((row, index) => ({ ...camelCase(row), pk: index + 1, part: pkOf(row.part) }));
  const lines = parts.flatMap(([owner, part]) => rowsOf(part.needs).map((line) => lineOf(line, owner)));
  function lineOf(line: Fields, owner: string): Omit<LineGiven, "pk"> {
    const substitutes = Array.isArray(line.substitutes) ? line.substitutes.map(pkOf).sort((a, b) => a - b) : [];
    return { ...camelCase(line), part: pkOf(owner), subPart: pkOf(line.part), substitutes };
  }
  const snapshot = snapshotOf({
    parts: parts.flatMap(([name, { needs: _needs, named, unread, variant_of, ...fields }]): PartGiven[] => {
      if (unread === true) return [];
      const variantOf = variant_of === undefined ? null : pkOf(variant_of);
      return [{ name: String(named ?? name), ...camelCase(fields), pk: pkOf(name), variantOf }];
    }),
    lines: lines.map((line, index) => ({ ...line, pk: index + 1 })),
    orders: withPart(example.orders ?? []),
    ...(example.builds === undefined ? {} : { builds: withPart(example.builds) }),
    ...(example.supplier_parts === undefined
      ? {}
      : { supplierParts: withPart(example.supplier_parts.map(withoutPrices)) }),
    ...offersOf(example),
    ...(example.stock_items === undefined
      ? {}
      : {
          stockItems: withPart(example.stock_items).map((item, index) => {
            const { location } = example.stock_items?.[index] ?? {};
            return { ...item, location: placePks.get(String(location)) ?? null };
          }),
        }),
    locations: places.map(([name, { inside }], index): PlaceGiven => {
      const parent = inside === undefined ? null : (placePks.get(String(inside)) ?? null);
      return { pk: index + 1, name, path: inside === undefined ? name : `${inside}/${name}`, parent };
    }),
  });
  const { stock, ...policy } = example.policy ?? {};
  return {
    ...pooled(example),
    watch: example.watch ?? [],
    policy: {
      ...DEFAULT_POLICY,
      ...policy,
      stock: { ...DEFAULT_POLICY.stock, ...(isFields(stock) ? stock : {}) },
    } satisfies Policy,
    snapshot,
    today: example.today ?? "2026-11-20",
    suppliers: { prefer: [], avoid: [], ...example.suppliers },
    leadTimes: example.lead_times ?? {},
    orderSoonDays: example.order_soon_days ?? null,
    byWhen: example.by_when ?? false,
  };
}

function pooled({ list = [], lists }: Example): Pick<CalculationInput, "parts" | "plan"> {
  if (lists === undefined) return { parts: list };
  const all = Object.entries(lists);
  const members = all.map(([id, { length }]) => ({ id, name: id, entries: length }));
  return {
    parts: all.flatMap(([id, entries]) => entries.map((entry) => ({ ...entry, list: id }))),
    plan: { lists: "all", members, left_out: [] },
  };
}

/** A report in the example's own words: lines, paths and limits by the names that parts have there. */
export function observed(report: Report, example: Example) {
  const names = Object.keys(example.parts ?? chainOf(example));
  const nameOf = (pk: number): string => required(names[pk - 1], `part ${pk}`);
  const pathOf = (path: readonly PartName[]) => path.map(({ pk }) => nameOf(pk));
  const lines = Object.fromEntries(report.lines.map((line) => [nameOf(line.pk), line]));
  return {
    ...report,
    lines,
    some_lines: lines,
    why: Object.fromEntries(report.lines.map((line) => [nameOf(line.pk), line.why.map(({ path }) => pathOf(path))])),
    can_build: Object.fromEntries(
      Object.entries(report.can_build).map(([pk, figure]) => [
        nameOf(Number(pk)),
        { ...figure, limited_by: figure?.limited_by.map(nameOf) },
      ]),
    ),
    how_many: Object.fromEntries(
      Object.entries(report.how_many ?? {}).map(([pk, figures]) => [
        nameOf(Number(pk)),
        {
          steps: figures?.steps.map((step) => ({ ...step, limited_by: step.limited_by.map(nameOf) })),
          without_day: figures?.without_day.map((row) => ({ ...row, part: nameOf(row.part) })),
        },
      ]),
    ),
    plan: report.plan === undefined ? undefined : { ...report.plan, not_for_all: report.plan.not_for_all.map(nameOf) },
    alternatives: report.alternatives?.map((row) => ({ ...row, for: nameOf(row.for) })),
    ready: report.ready?.map((row) => ({
      ...row,
      waits_for: row.waits_for.map((wait) => ({
        ...wait,
        part: typeof wait.part === "number" ? nameOf(wait.part) : wait.part,
      })),
    })),
    data_quality: report.data_quality?.map((row) => ({ ...row, path: pathOf(row.path) })),
  };
}

/** `prices` are `[packs, price]`, in EUR unless `currency` says otherwise; an example without them has asked for none. */
function offersOf({ supplier_parts: rows = [], rates }: Example): Pick<SnapshotGiven, "offers" | "rates"> {
  if (rows.every(({ prices }) => prices === undefined)) return {};
  const breaks = rows.map(({ prices, currency = "EUR" }, index): [number, PriceBreak[]] => [
    index + 1,
    (Array.isArray(prices) ? prices : []).map(([quantity, price]: [number, number], at: number) => ({
      pk: 100 * (index + 1) + at,
      quantity,
      price,
      currency: String(currency),
    })),
  ]);
  return { offers: new Map(breaks), ...(rates === undefined ? {} : { rates }) };
}

function withoutPrices({ prices: _prices, currency: _currency, ...row }: Fields): Fields {
  return row;
}

function chainOf({ chain }: Example): Readonly<Record<string, Fields>> {
  const { levels, quantity } = required(chain, "parts or chain");
  return Object.fromEntries(
    Array.from({ length: levels + 1 }, (_, level) => [
      `L${level}`,
      level === levels ? {} : { needs: [{ part: `L${level + 1}`, quantity }] },
    ]),
  );
}

function camelCase(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name !== "part")
      .map(([name, value]) => [name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()), value]),
  );
}

function rowsOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`The example lacks ${what}`);
  return value;
}
