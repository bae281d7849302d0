import { tidy } from "../figures.ts";
import type { Json, JsonObject } from "../json.ts";
import { listed, ordered, single } from "../paging.ts";
import { partBrief } from "../part-rows.ts";
import { databaseError } from "../refusal.ts";
import { maySee, type RequestContext, type Route } from "../route.ts";
import { OPEN_PURCHASE_ORDERS, PURCHASE_ORDER_STATUS } from "../status.ts";
import type { PurchaseOrderLineRow, PurchaseOrderRow } from "../tables.ts";
import { byPk, type Database, sortedByPk } from "../warehouse.ts";
import { companyBrief, supplierPartBrief } from "./company.ts";
import { byReference, lineDefaults, ORDER_KEYS, orderFields, ordersMatching } from "./order.ts";
import { newOrder, newOrderLine, nextReference } from "./purchase-new.ts";

export const PURCHASE_ROUTES: readonly Route[] = [
  {
    path: "order/po/",
    areas: ["purchase_order"],
    creates: true,
    create: newOrder,
    created: (asked, pk) => orderDetail(asked, single(asked.warehouse.purchaseOrders, pk, "PurchaseOrder")),
    defaults: (warehouse) => ({ reference: nextReference(warehouse) }),
    answer: (asked) => listed(asked, { rows: orders(asked), render: (order) => orderRow(asked, order) }),
  },
  {
    path: "order/po/:pk/",
    areas: ["purchase_order"],
    answer: (asked, pk) => orderDetail(asked, single(asked.warehouse.purchaseOrders, pk, "PurchaseOrder")),
  },
  {
    path: "order/po-line/",
    areas: ["purchase_order"],
    creates: true,
    create: newOrderLine,
    created: (asked, pk) => lineAlone(asked, pk),
    answer: (asked) =>
      listed(asked, {
        rows: ordered(lines(asked), asked.query, {
          quantity: (line) => line.quantity,
          received: (line) => line.received,
          reference: (line) => line.reference,
          target_date: (line) => line.target_date,
          order: (line) => line.order,
        }),
        render: (line) => lineRow(asked, line),
        check: (rows) => {
          if (rows.length > MOST_LINES) throw databaseError(asked.address.pathname);
        },
      }),
  },
  {
    path: "order/po-line/:pk/",
    areas: ["purchase_order"],
    answer: (asked, pk) => lineAlone(asked, pk),
  },
];

/** SQLite takes no more values in one statement. */
const MOST_LINES = 1_000;

function orders({ query, warehouse }: RequestContext): readonly PurchaseOrderRow[] {
  const supplier = query.row("supplier", warehouse.companies);
  const rows = ordersMatching(warehouse.tables.purchaseOrders, query, OPEN_PURCHASE_ORDERS).filter(
    (order) => supplier === undefined || order.supplier === supplier,
  );
  return ordered(byReference(rows), query, ORDER_KEYS);
}

/** An order alone: with its notes. */
function orderDetail(asked: RequestContext, order: PurchaseOrderRow): JsonObject {
  return { ...orderRow(asked, order), notes: order.more?.notes ?? "" };
}

function orderRow(asked: RequestContext, order: PurchaseOrderRow): JsonObject {
  const { query, warehouse } = asked;
  const { notes: _notes, ...fields } = orderBrief(warehouse, order);
  const own = warehouse.purchaseLinesOf.get(order.pk) ?? [];
  const supplier = warehouse.companies.get(order.supplier);
  const row: Record<string, Json> = {
    ...fields,
    line_items: own.length,
    completed_lines: own.filter((line) => line.received >= line.quantity).length,
    overdue:
      OPEN_PURCHASE_ORDERS.has(order.status) &&
      order.target_date !== null &&
      order.target_date < warehouse.tables.today,
  };
  if (query.wants("supplier_detail") && supplier) row.supplier_detail = companyBrief(supplier);
  return row;
}

/** An order as it stands in `order_detail`: with its notes, without what is counted. */
function orderBrief(warehouse: Database, order: PurchaseOrderRow): JsonObject {
  return {
    notes: "",
    complete_date: null,
    supplier_reference: "",
    destination: null,
    ...orderFields(order, PURCHASE_ORDER_STATUS.get(order.status) ?? ""),
    supplier: order.supplier,
    supplier_name: warehouse.companies.get(order.supplier)?.name ?? "",
    line_items: null,
    completed_lines: null,
    overdue: null,
  };
}

function lines({ query, warehouse }: RequestContext): readonly PurchaseOrderLineRow[] {
  const basePart = query.row("base_part", warehouse.parts);
  const variants = basePart !== undefined && query.filter("include_variants") ? warehouse.below(basePart) : [];
  const baseParts = new Set(basePart === undefined ? [] : [basePart, ...variants]);
  const supplierPart = query.row("part", warehouse.supplierParts);
  const order = query.row("order", warehouse.purchaseOrders);
  const status = query.number("order_status");
  const open = query.filter("pending") ?? query.filter("order_outstanding");
  const complete = query.filter("order_complete");
  const received = query.filter("received");
  return sortedByPk(warehouse.tables.purchaseOrderLines).filter((line) => {
    const orderStatus = warehouse.purchaseOrders.get(line.order)?.status ?? 0;
    const part = warehouse.supplierParts.get(line.part)?.part;
    return (
      (basePart === undefined || (part !== undefined && baseParts.has(part))) &&
      (supplierPart === undefined || line.part === supplierPart) &&
      (order === undefined || line.order === order) &&
      (status === undefined || orderStatus === status) &&
      (open === undefined || OPEN_PURCHASE_ORDERS.has(orderStatus) === open) &&
      (complete === undefined || (orderStatus === COMPLETE) === complete) &&
      (received === undefined || line.received >= line.quantity === received)
    );
  });
}

const COMPLETE = 30;

function lineAlone(asked: RequestContext, pk: number): JsonObject {
  return lineRow(asked, single(byPk(asked.warehouse.tables.purchaseOrderLines), pk, "PurchaseOrderLineItem"));
}

function lineRow(asked: RequestContext, line: PurchaseOrderLineRow): JsonObject {
  const { query, warehouse } = asked;
  const supplierPart = warehouse.supplierParts.get(line.part);
  const part = supplierPart && warehouse.parts.get(supplierPart.part);
  const order = warehouse.purchaseOrders.get(line.order);
  const row: Record<string, Json> = {
    ...lineDefaults(),
    build_order: null,
    auto_pricing: false,
    destination: null,
    build_order_detail: null,
    destination_detail: null,
    ...line.more,
    pk: line.pk,
    order: line.order,
    part: line.part,
    quantity: line.quantity,
    received: line.received,
    reference: line.reference,
    target_date: line.target_date,
    purchase_price: line.purchase_price,
    purchase_price_currency: line.purchase_price_currency,
    total_price: line.purchase_price === null ? null : tidy(line.quantity * line.purchase_price),
    overdue: line.received < line.quantity && line.target_date !== null && line.target_date < warehouse.tables.today,
    sku: supplierPart?.SKU ?? null,
    mpn: supplierPart?.MPN ?? null,
    ipn: part?.IPN ?? null,
    internal_part: part?.pk ?? null,
    internal_part_name: part?.name ?? "",
  };
  if (query.wants("order_detail") && order) row.order_detail = orderBrief(warehouse, order);
  if (query.wants("part_detail")) {
    if (part && maySee(asked, "part")) row.part_detail = partBrief(part);
    if (supplierPart) row.supplier_part_detail = supplierPartBrief(supplierPart);
  }
  return row;
}
