import { FailureError } from "../core/failure.ts";
import { field, own } from "../core/records.ts";
import type { Client } from "./client.ts";
import { countsRequired, type Need, namesCategory, narrowsStock } from "./need.ts";

/** What the server says of itself and of the user whose token asks. */
export interface Access {
  readonly serverUrl: string;
  readonly apiVersion: number;
  /** null: it does not tell. */
  readonly username: string | null;
  /** By area (`part`, `purchase_order`): `view`, `add`, `change`, `delete`. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** May do everything, whatever the roles say. */
  readonly isSuperuser: boolean;
}

/**
 * Asks who the token is and what it may do. Throws FailureError (kind inventree) if the server cannot be reached, refuses
 * the token, is too old, or answers something else.
 */
export async function readAccess(client: Client): Promise<Access> {
  const answer = await client.get("/api/user/me/roles/", {}, { complaint });
  const roles = field(answer, "roles");
  const username = field(answer, "username");
  return {
    serverUrl: client.serverUrl,
    apiVersion: await client.apiVersion(),
    username: typeof username === "string" && username !== "" ? username : null,
    roles: Object.fromEntries(
      Object.entries(Object(roles)).map(([area, permissions]) => [area, textsIn(permissions)] as const),
    ),
    isSuperuser: field(answer, "is_superuser") === true,
  };
}

/** An area of InvenTree that lists cannot be counted without, and what is read there. */
export interface NeededRole {
  readonly area: string;
  readonly why: string;
}

/** The areas that a token must be able to view for these lists. */
export function neededRoles(need: Need): readonly NeededRole[] {
  const counts = need.entries.length > 0;
  return [
    { area: "part", why: "parts and their stock" },
    ...(counts ? [{ area: "bom", why: "bills of material" }] : []),
    ...(counts ? [{ area: "purchase_order", why: "what is on order, and suppliers" }] : []),
    ...(countsRequired(need)
      ? [
          { area: "build", why: "what build orders require" },
          { area: "sales_order", why: "what sales orders require" },
        ]
      : []),
    ...(narrowsStock(need)
      ? [
          { area: "stock", why: "stock items by location" },
          { area: "stock_location", why: "locations" },
        ]
      : []),
    ...(namesCategory(need) ? [{ area: "part_category", why: "categories" }] : []),
  ];
}

/** Permissions beside looking, by area, as `part: add, change`. */
export function powersOf({ roles }: Access): readonly string[] {
  return Object.entries(roles)
    .map(([area, permissions]) => [area, permissions.filter((permission) => permission !== "view")] as const)
    .filter(([, powers]) => powers.length > 0)
    .map(([area, powers]) => `${area}: ${powers.join(", ")}`);
}

/** Whether the token may look into an area. */
export function mayView({ roles, isSuperuser }: Access, area: string): boolean {
  return isSuperuser || own(roles, area)?.includes("view") === true;
}

/** A failure whose cause is the token, not the way to the server. */
export function isTokenRefused(error: unknown): boolean {
  return error instanceof FailureError && (error.failure.status === 401 || error.failure.status === 403);
}

function complaint(body: unknown): string | undefined {
  const roles = field(body, "roles");
  return typeof roles === "object" && roles !== null ? undefined : "the answer names no roles";
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}
