import type { Query } from "./client.ts";
import { countsRequired, type Need, namesCategory, narrowsStock } from "./need.ts";

/** A list of InvenTree's that is read page by page. */
export interface Listing {
  readonly path: string;
  readonly query: Query;
}

/** What is read from a server, as data: which listings, and what depends on what they say. */
export interface Plan {
  readonly parts: Listing;
  readonly bomLines: Listing;
  readonly supplierParts: Listing;
  readonly purchaseOrderLines: Listing;
  readonly stockItems: Listing | null;
  /** Also without a named location: they tell which stock is external. */
  readonly locations: Listing | null;
  readonly categories: Listing | null;
  /** Read only if the parts and BOM lines show that a fraction can occur. */
  readonly required: RequiredPlan | null;
}

/** Where the exact requirements of open orders stand. */
export interface RequiredPlan {
  readonly builds: Listing;
  readonly buildLines: Listing;
  readonly salesOrderLines: Listing;
}

/** The plan for many parts: sweep every listing once. Filters keep pages few; the rows that come are checked all the same. */
export function planSweeps(need: Need): Plan {
  const stock = narrowsStock(need);
  return {
    parts: { path: "/api/part/", query: {} },
    // What could be built of each line costs the server much and nobody here asks for it.
    bomLines: { path: "/api/bom/", query: { substitutes: true, can_build: false } },
    supplierParts: { path: "/api/company/part/", query: { supplier_detail: true } },
    purchaseOrderLines: { path: "/api/order/po-line/", query: { pending: true, order_detail: true } },
    stockItems: stock ? { path: "/api/stock/", query: { in_stock: true, part_detail: false } } : null,
    locations: stock ? { path: "/api/stock/location/", query: {} } : null,
    categories: namesCategory(need) ? { path: "/api/part/category/", query: {} } : null,
    required: countsRequired(need) ? REQUIRED : null,
  };
}

const REQUIRED: RequiredPlan = {
  builds: { path: "/api/build/", query: { active: true, part_detail: false } },
  buildLines: { path: "/api/build/line/", query: { order_outstanding: true } },
  salesOrderLines: { path: "/api/order/so-line/", query: { order_outstanding: true, order_detail: true } },
};
