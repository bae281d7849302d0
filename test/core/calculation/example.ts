// Reads the examples of docs/calculation.md: parts by name, pks in the order in which things stand there, from 1.
import { parse } from "yaml";
import type { CalculationInput } from "../../../src/core/calculation/calculate.ts";
import type { PartName, Report } from "../../../src/core/generated/report.ts";
import { DEFAULT_POLICY, type ListEntry, type Policy, type WatchEntry } from "../../../src/core/monitor.ts";
import { type LineGiven, type PartGiven, type PlaceGiven, snapshotOf } from "./snapshot-builder.ts";

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
  readonly list?: readonly ListEntry[];
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
    ...(example.supplier_parts === undefined ? {} : { supplierParts: withPart(example.supplier_parts) }),
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
    parts: example.list ?? [],
    watch: example.watch ?? [],
    policy: {
      ...DEFAULT_POLICY,
      ...policy,
      stock: { ...DEFAULT_POLICY.stock, ...(isFields(stock) ? stock : {}) },
    } satisfies Policy,
    snapshot,
    today: "2026-11-20",
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
    alternatives: report.alternatives?.map((row) => ({ ...row, for: nameOf(row.for) })),
    data_quality: report.data_quality?.map((row) => ({ ...row, path: pathOf(row.path) })),
  };
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
