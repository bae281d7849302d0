/** Builds that still ask for parts: pending, production, on hold. */
export const ACTIVE_BUILDS: ReadonlySet<number> = new Set([10, 20, 25]);
/** Purchase orders that may still deliver: pending (a draft), placed, on hold. */
export const OPEN_PURCHASE_ORDERS: ReadonlySet<number> = new Set([10, 20, 25]);
/** Sales orders that may still ask for parts: pending, in progress, shipped, on hold. */
export const OPEN_SALES_ORDERS: ReadonlySet<number> = new Set([10, 15, 20, 25]);
/** Stock that counts as in stock: OK, attention needed, damaged, returned. */
export const USABLE_STOCK: ReadonlySet<number> = new Set([10, 50, 55, 85]);

export const STOCK_STATUS_NAMES: ReadonlyMap<number, string> = new Map([
  [10, "OK"],
  [50, "Attention needed"],
  [55, "Damaged"],
  [60, "Destroyed"],
  [65, "Rejected"],
  [70, "Lost"],
  [75, "Quarantined"],
  [85, "Returned"],
]);

export const BUILD_STATUS: ReadonlyMap<number, string> = new Map([
  [10, "Pending"],
  [20, "Production"],
  [25, "On Hold"],
  [30, "Cancelled"],
  [40, "Complete"],
]);

export const PURCHASE_ORDER_STATUS: ReadonlyMap<number, string> = new Map([
  [10, "Pending"],
  [20, "Placed"],
  [25, "On Hold"],
  [30, "Complete"],
  [40, "Cancelled"],
  [50, "Lost"],
  [60, "Returned"],
]);

export const SALES_ORDER_STATUS: ReadonlyMap<number, string> = new Map([
  [10, "Pending"],
  [15, "In Progress"],
  [20, "Shipped"],
  [25, "On Hold"],
  [30, "Complete"],
  [40, "Cancelled"],
  [50, "Lost"],
  [60, "Returned"],
]);
