import type { Json } from "./json.ts";
import type { Query } from "./query.ts";
import type { Warehouse } from "./warehouse.ts";

/** The areas that a user's roles are given for. */
export const AREAS = [
  "admin",
  "part_category",
  "part",
  "bom",
  "stock_location",
  "stock",
  "build",
  "purchase_order",
  "sales_order",
  "return_order",
  "transfer_order",
] as const;
export type Area = (typeof AREAS)[number];
export type Permission = "view" | "add" | "change" | "delete";
/** What a token may do, by area; an area that is left out is closed. */
export type Roles = Readonly<Partial<Record<Area, readonly Permission[]>>>;

/** One request to an endpoint. */
export interface Asked {
  readonly query: Query;
  readonly address: URL;
  readonly warehouse: Warehouse;
  readonly roles: Roles;
  readonly apiVersion: number;
}

/** One endpoint. */
export interface Route {
  /** Below `/api/`, with `:pk` for a number: `part/:pk/requirements/`. */
  readonly path: string;
  /** One of them must be open to the token; none: any token will do. */
  readonly areas: readonly Area[];
  /** Lists of rows can be posted to by those who may add. */
  readonly creates?: boolean;
  readonly answer: (asked: Asked, pk: number) => Json;
}

/** Whether the token may look into an area: details of what it may not see are left out. */
export function maySee(asked: Asked, area: Area): boolean {
  return asked.roles[area]?.includes("view") ?? false;
}
