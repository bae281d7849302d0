import { own } from "../../src/core/records.ts";
import { compareValues, type Json } from "./json.ts";
import type { QueryParams } from "./query.ts";
import { noRow } from "./refusal.ts";
import type { RequestContext } from "./route.ts";

/** Rows that matched, in order, and how one is written. */
export interface ResultSet<Row> {
  readonly rows: readonly Row[];
  readonly render: (row: Row) => Json;
  /** Refuses what the database could not do for the rows of one page. */
  readonly check?: (rows: readonly Row[]) => void;
}

/** A page, or, without a positive `limit`, all rows as a bare array. There is no greatest limit. */
export function listed<Row>(asked: RequestContext, { rows, render, check }: ResultSet<Row>): Json {
  const limit = positive(asked.query.text("limit"));
  if (limit === undefined) {
    check?.(rows);
    return rows.map(render);
  }
  const offset = positive(asked.query.text("offset")) ?? 0;
  const page = rows.slice(offset, offset + limit);
  check?.(page);
  return {
    count: rows.length,
    next: offset + limit < rows.length ? withOffset(asked.address, offset + limit) : null,
    previous: offset > 0 ? withOffset(asked.address, offset - limit) : null,
    results: page.map(render),
  };
}

/** One row by its pk; throws 404 naming the model. */
export function single<Row>(rows: ReadonlyMap<number, Row>, pk: number, model: string): Row {
  const row = rows.get(pk);
  if (row === undefined) throw noRow(model);
  return row;
}

export type SortKey<Row> = (row: Row) => string | number | boolean | null;

/**
 * Rows in the order that `ordering` names, ending in pk; as they come if it names no field that can be ordered by.
 * As in the database, null comes first.
 */
export function ordered<Row extends { readonly pk: number }>(
  rows: readonly Row[],
  query: QueryParams,
  keys: Readonly<Record<string, SortKey<Row>>>,
): readonly Row[] {
  const wanted = (query.text("ordering") ?? "").split(",").flatMap((name) => {
    const field = name.trim().replace(/^-/, "");
    const key = own(keys, field);
    return key ? [{ key, sign: name.trim().startsWith("-") ? -1 : 1 }] : [];
  });
  if (wanted.length === 0) return rows;
  const keyed = rows.map((row) => ({ row, values: wanted.map(({ key }) => key(row)) }));
  keyed.sort((a, b) => {
    for (const [index, { sign }] of wanted.entries()) {
      const difference = compareValues(a.values[index] ?? null, b.values[index] ?? null);
      if (difference !== 0) return sign * difference;
    }
    return a.row.pk - b.row.pk;
  });
  return keyed.map(({ row }) => row);
}

function positive(given: string | undefined): number | undefined {
  if (given === undefined || !/^\+?\d+$/.test(given.trim())) return undefined;
  const number = Number(given);
  return number > 0 ? number : undefined;
}

/** The address of another page: parameters sorted by name, as Django REST framework writes them. */
function withOffset(address: URL, offset: number): string {
  const next = new URL(address);
  next.searchParams.delete("offset");
  if (offset > 0) next.searchParams.set("offset", String(offset));
  const names = [...new Set(next.searchParams.keys())].sort();
  const sorted = new URLSearchParams(
    names.flatMap((name) => next.searchParams.getAll(name).map((value): [string, string] => [name, value])),
  );
  next.search = sorted.toString();
  return next.href;
}
