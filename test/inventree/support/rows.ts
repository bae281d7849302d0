import type { Raw } from "../../support/recordings.ts";
import type { Listings } from "./recorded-server.ts";

// Rows as an InvenTree server sends them, without the fields that nobody reads.

/** A bought part without stock and orders. */
export function part(pk: number, more: Raw = {}): Raw {
  return {
    pk,
    name: `Part ${pk}`,
    IPN: "",
    revision: null,
    units: "",
    link: null,
    category: null,
    variant_of: null,
    active: true,
    assembly: false,
    purchaseable: true,
    virtual: false,
    consumable: false,
    is_template: false,
    minimum_stock: 0,
    in_stock: 0,
    external_stock: 0,
    allocated_to_build_orders: 0,
    allocated_to_sales_orders: 0,
    required_for_build_orders: 0,
    required_for_sales_orders: 0,
    ordering: 0,
    building: 0,
    scheduled_to_build: 0,
    pricing_min: null,
    pricing_max: null,
    ...more,
  };
}

export function bomLine(pk: number, more: Raw = {}): Raw {
  return {
    pk,
    part: 1,
    sub_part: 2,
    quantity: 1,
    setup_quantity: 0,
    attrition: 0,
    rounding_multiple: null,
    optional: false,
    consumable: false,
    inherited: false,
    allow_variants: false,
    validated: true,
    reference: "",
    substitutes: [],
    ...more,
  };
}

/** Part 1 is made of one part 2; anything else is empty, unless said otherwise. */
export function smallServer(more: Listings = {}): Listings {
  return {
    "/api/part/": [part(1, { assembly: true }), part(2)],
    "/api/bom/": [bomLine(1)],
    "/api/company/part/": [],
    "/api/order/po-line/": [],
    "/api/order/so-line/": [],
    "/api/build/": [],
    "/api/build/line/": [],
    "/api/stock/": [],
    "/api/stock/location/": [],
    "/api/part/category/": [],
    ...more,
  };
}
