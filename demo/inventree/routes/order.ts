import { compareValues, type JsonObject } from "../json.ts";
import type { SortKey } from "../paging.ts";
import type { QueryParams } from "../query.ts";
import type { PurchaseOrderRow, SalesOrderRow } from "../tables.ts";

type AnyOrder = PurchaseOrderRow | SalesOrderRow;

/** What purchase and sales orders have in common, as lists show it. */
export function orderFields(order: AnyOrder, statusText: string): JsonObject {
  return {
    created_by: null,
    start_date: null,
    link: "",
    project_code: null,
    responsible: null,
    contact: null,
    address: null,
    status_custom_key: null,
    barcode_hash: "",
    address_detail: null,
    contact_detail: null,
    project_code_detail: null,
    project_code_label: null,
    responsible_detail: null,
    order_currency: null,
    updated_at: null,
    ...order.more,
    pk: order.pk,
    reference: order.reference,
    description: order.description,
    status: order.status,
    status_text: statusText,
    creation_date: order.creation_date,
    issue_date: order.issue_date,
    target_date: order.target_date,
    total_price: order.total_price,
  };
}

/** What their lines have in common. */
export function lineDefaults(): JsonObject {
  return {
    line: "",
    link: "",
    notes: "",
    project_code: null,
    project_code_label: null,
    project_code_detail: null,
    discount: 0,
  };
}

/** Newest reference first, as lists of orders and builds come. */
export function byReference<Row extends { readonly pk: number; readonly reference: string }>(
  rows: readonly Row[],
): readonly Row[] {
  const number = (row: Row) => Number(/(\d+)\D*$/.exec(row.reference)?.[1] ?? 0);
  return [...rows].sort((a, b) => number(b) - number(a) || compareValues(b.reference, a.reference) || b.pk - a.pk);
}

/** Keeps the orders that match `status`, `outstanding` and `reference`. */
export function ordersMatching<Row extends { readonly status: number; readonly reference: string }>(
  rows: readonly Row[],
  query: QueryParams,
  open: ReadonlySet<number>,
): readonly Row[] {
  const status = query.number("status");
  const outstanding = query.filter("outstanding");
  const reference = query.text("reference");
  return rows.filter(
    (row) =>
      (status === undefined || row.status === status) &&
      (outstanding === undefined || open.has(row.status) === outstanding) &&
      (reference === undefined || row.reference === reference),
  );
}

/** What orders can be ordered by. */
export const ORDER_KEYS: Readonly<Record<string, SortKey<AnyOrder>>> = {
  reference: (order) => order.reference,
  creation_date: (order) => order.creation_date,
  issue_date: (order) => order.issue_date,
  target_date: (order) => order.target_date,
  status: (order) => order.status,
};
