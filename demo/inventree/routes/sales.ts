import type { Json, JsonObject } from "../json.ts";
import { listed, ordered, single } from "../paging.ts";
import { availableStock, availableVariantStock, partBrief, total } from "../part-rows.ts";
import { maySee, type RequestContext, type Route } from "../route.ts";
import { OPEN_SALES_ORDERS, SALES_ORDER_STATUS } from "../status.ts";
import type { SalesOrderLineRow, SalesOrderRow } from "../tables.ts";
import { byPk, type Database, sortedByPk } from "../warehouse.ts";
import { companyBrief } from "./company.ts";
import { byReference, lineDefaults, ORDER_KEYS, orderFields, ordersMatching } from "./order.ts";

export const SALES_ROUTES: readonly Route[] = [
  {
    path: "order/so/",
    areas: ["sales_order"],
    creates: true,
    answer: (asked) => listed(asked, { rows: orders(asked), render: (order) => orderRow(asked, order) }),
  },
  {
    path: "order/so/:pk/",
    areas: ["sales_order"],
    answer: (asked, pk) => orderRow(asked, single(asked.warehouse.salesOrders, pk, "SalesOrder")),
  },
  {
    path: "order/so-line/",
    areas: ["sales_order"],
    creates: true,
    answer: (asked) =>
      listed(asked, {
        rows: ordered(lines(asked), asked.query, {
          quantity: (line) => line.quantity,
          reference: (line) => line.reference,
          target_date: (line) => line.target_date,
          order: (line) => line.order,
        }),
        render: (line) => lineRow(asked, line),
      }),
  },
  {
    path: "order/so-line/:pk/",
    areas: ["sales_order"],
    answer: (asked, pk) =>
      lineRow(asked, single(byPk(asked.warehouse.tables.salesOrderLines), pk, "SalesOrderLineItem")),
  },
];

function orders({ query, warehouse }: RequestContext): readonly SalesOrderRow[] {
  const customer = query.row("customer", warehouse.companies);
  const rows = ordersMatching(warehouse.tables.salesOrders, query, OPEN_SALES_ORDERS).filter(
    (order) => customer === undefined || order.customer === customer,
  );
  return ordered(byReference(rows), query, ORDER_KEYS);
}

function orderRow(asked: RequestContext, order: SalesOrderRow): JsonObject {
  const { query, warehouse } = asked;
  const { notes: _notes, ...fields } = orderBrief(order);
  const own = warehouse.salesLinesOf.get(order.pk) ?? [];
  const customer = warehouse.companies.get(order.customer);
  const row: Record<string, Json> = {
    ...fields,
    ...shipments(order),
    line_items: own.length,
    completed_lines: own.filter((line) => line.shipped >= line.quantity).length,
    allocated_lines: own.filter((line) => allocated(warehouse, line) >= line.quantity).length,
    overdue:
      OPEN_SALES_ORDERS.has(order.status) && order.target_date !== null && order.target_date < warehouse.tables.today,
  };
  if (query.wants("customer_detail") && customer) row.customer_detail = companyBrief(customer);
  return row;
}

function shipments(order: SalesOrderRow): JsonObject {
  const { shipments_count, completed_shipments_count } = {
    shipments_count: 0,
    completed_shipments_count: 0,
    ...order.more,
  };
  return { shipments_count, completed_shipments_count };
}

/** An order as it stands in `order_detail`: with its notes, without what is counted. */
function orderBrief(order: SalesOrderRow): JsonObject {
  return {
    notes: "",
    customer_reference: "",
    shipment_date: null,
    ...orderFields(order, SALES_ORDER_STATUS.get(order.status) ?? ""),
    customer: order.customer,
    line_items: null,
    completed_lines: null,
    shipments_count: null,
    completed_shipments_count: null,
    allocated_lines: null,
    overdue: null,
  };
}

function lines({ query, warehouse }: RequestContext): readonly SalesOrderLineRow[] {
  const part = query.row("part", warehouse.parts);
  const order = query.row("order", warehouse.salesOrders);
  const status = query.number("order_status");
  const open = query.filter("order_outstanding");
  const complete = query.filter("order_complete");
  const completed = query.filter("completed");
  return sortedByPk(warehouse.tables.salesOrderLines).filter((line) => {
    const orderStatus = warehouse.salesOrders.get(line.order)?.status ?? 0;
    return (
      (part === undefined || line.part === part) &&
      (order === undefined || line.order === order) &&
      (status === undefined || orderStatus === status) &&
      (open === undefined || OPEN_SALES_ORDERS.has(orderStatus) === open) &&
      (complete === undefined || (orderStatus === COMPLETE) === complete) &&
      (completed === undefined || line.shipped >= line.quantity === completed)
    );
  });
}

const COMPLETE = 30;

function lineRow(asked: RequestContext, line: SalesOrderLineRow): JsonObject {
  const { query, warehouse } = asked;
  const part = warehouse.parts.get(line.part);
  const order = warehouse.salesOrders.get(line.order);
  const customer = order && warehouse.companies.get(order.customer);
  const figures = warehouse.figures(line.part);
  const row: Record<string, Json> = {
    ...lineDefaults(),
    ...line.more,
    pk: line.pk,
    order: line.order,
    part: line.part,
    quantity: line.quantity,
    shipped: line.shipped,
    allocated: allocated(warehouse, line),
    reference: line.reference,
    target_date: line.target_date,
    sale_price: line.sale_price,
    sale_price_currency: line.sale_price_currency,
    overdue: line.shipped < line.quantity && line.target_date !== null && line.target_date < warehouse.tables.today,
    available_stock: availableStock(warehouse, line.part),
    available_variant_stock: availableVariantStock(warehouse, line.part),
    building: figures.building,
    on_order: figures.onOrder,
  };
  if (query.wants("order_detail") && order) row.order_detail = orderBrief(order);
  if (query.wants("part_detail") && part && maySee(asked, "part")) row.part_detail = partBrief(part);
  if (query.wants("customer_detail") && customer) row.customer_detail = companyBrief(customer);
  return row;
}

function allocated(warehouse: Database, line: SalesOrderLineRow): number {
  return total(warehouse.salesAllocationsOf.get(line.pk) ?? [], (row) => row.quantity);
}
