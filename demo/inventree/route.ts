import type { Json, JsonObject } from "./json.ts";
import type { QueryParams } from "./query.ts";
import type { Tables } from "./tables.ts";
import type { Database } from "./warehouse.ts";

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
/** The API version from which on bills of material are an area of their own; before, the area of parts opens them. */
export const BOM_HAS_A_ROLE = 481;
/** What a token may do, by area; an area that is left out is closed. */
export type Roles = Readonly<Partial<Record<Area, readonly Permission[]>>>;

/** One request to an endpoint. */
export interface RequestContext {
  readonly query: QueryParams;
  readonly address: URL;
  readonly warehouse: Database;
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
  /** How a row is made; absent: this server makes none. Throws `Refusal` where InvenTree would. */
  readonly create?: (creation: Creation) => Created;
  /** The new row, as the answer to its making. */
  readonly created?: (asked: RequestContext, pk: number) => Json;
  /** What a form for a new row begins with, by field. */
  readonly defaults?: (warehouse: Database) => JsonObject;
  readonly answer: (asked: RequestContext, pk: number) => Json;
}

/** A row that somebody wants to add. */
export interface Creation {
  readonly warehouse: Database;
  /** Parsed. */
  readonly body: unknown;
}

export interface Created {
  /** All facts, with it. */
  readonly tables: Tables;
  readonly pk: number;
}

/** Whether the token may look into an area: details of what it may not see are left out. */
export function maySee(asked: RequestContext, area: Area): boolean {
  return asked.roles[area]?.includes("view") ?? false;
}
