import {
  asksByWhen,
  countsRequired,
  namesCategory,
  narrowsStock,
  type SnapshotRequest,
} from "../core/calculation/snapshot-request.ts";
import { FailureError } from "../core/failure.ts";
import { field, isRecord, own } from "../core/records.ts";
import type { Client } from "./client.ts";

/** Before, who may see parts may see bills of material. */
const BOM_HAS_A_ROLE = 481;
/** Before, the roles stand at /api/user/roles/ (which later servers answer as well). */
const ROLES_STAND_BELOW_ME = 490;

/** What the server says of itself and of the user whose token asks. */
export interface Access {
  readonly serverUrl: string;
  readonly apiVersion: number;
  /** null: the server does not say. */
  readonly username: string | null;
  /** The roles that lists need whose listing the server refuses. */
  readonly closed: readonly NeededRole[];
  /** Those whose listing it opens, although the user's roles do not say so: another role opens the same table. */
  readonly borrowed: readonly NeededRole[];
  /** By area (`part`, `purchase_order`): `view`, `add`, `change`, `delete`. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** May do everything, whatever the roles say. */
  readonly isSuperuser: boolean;
}

/**
 * Asks who the token is and what it may do. Whether it may look is found out by looking: roles have other names in other
 * versions, and one table may be opened by several. Throws FailureError (kind inventree) if the server cannot be reached,
 * refuses the token, is too old, or answers something else.
 */
export async function readAccess(client: Client, request: SnapshotRequest): Promise<Access> {
  const { apiVersion, username, roles, isSuperuser } = await readUser(client);
  const needed = neededRoles(request, apiVersion);
  const opened = await Promise.all(needed.map((role) => mayList(client, role)));
  return {
    serverUrl: client.serverUrl,
    apiVersion,
    username,
    closed: needed.filter((_, place) => !opened[place]),
    borrowed: needed.filter(
      ({ area }, place) => opened[place] && !isSuperuser && own(roles, area)?.includes("view") !== true,
    ),
    roles,
    isSuperuser,
  };
}

/** Whom the token belongs to. Throws as `readAccess` does. */
export async function readUser(
  client: Client,
): Promise<Pick<Access, "apiVersion" | "username" | "roles" | "isSuperuser">> {
  const apiVersion = await client.apiVersion();
  const path = apiVersion < ROLES_STAND_BELOW_ME ? "/api/user/roles/" : "/api/user/me/roles/";
  const answer = await client.get(path, {}, { complaint });
  const username = field(answer, "username");
  const roles = Object.fromEntries(
    Object.entries(Object(field(answer, "roles"))).map(([area, permissions]) => [area, textsIn(permissions)] as const),
  );
  return {
    apiVersion,
    username: typeof username === "string" && username !== "" ? username : null,
    roles,
    isSuperuser: field(answer, "is_superuser") === true,
  };
}

/** Names of the suppliers that the server knows; undefined: it refuses to say, or has more than one answer holds. */
export async function readSuppliers(client: Client): Promise<readonly string[] | undefined> {
  try {
    const answer = await client.get("/api/company/", { is_supplier: "true", limit: String(MOST_SUPPLIERS) });
    const rows = field(answer, "results");
    if (!Array.isArray(rows) || field(answer, "count") !== rows.length) return undefined;
    return textsIn(rows.map((row) => field(row, "name")));
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}

const MOST_SUPPLIERS = 1_000;

async function mayList(client: Client, { listing }: NeededRole): Promise<boolean> {
  try {
    await client.get(listing, { limit: "1" });
    return true;
  } catch (error) {
    if (error instanceof FailureError && error.failure.status === 403) return false;
    throw error;
  }
}

/** An area of InvenTree that lists cannot be counted without, and what is read there. */
export interface NeededRole {
  readonly area: string;
  readonly why: string;
  /** The table that is read. */
  readonly listing: string;
}

/** The areas that a token must be able to view for these lists, as a server of this version names them. */
function neededRoles(need: SnapshotRequest, apiVersion: number): readonly NeededRole[] {
  const counts = need.entries.length > 0;
  const bom = apiVersion < BOM_HAS_A_ROLE ? "part" : "bom";
  return [
    { area: "part", why: "parts and their stock", listing: "/api/part/" },
    ...(counts ? [{ area: bom, why: "bills of material", listing: "/api/bom/" }] : []),
    ...(counts
      ? [{ area: "purchase_order", why: "what is on order, and suppliers", listing: "/api/order/po-line/" }]
      : []),
    ...(countsRequired(need)
      ? [
          { area: "build", why: "what build orders require", listing: "/api/build/line/" },
          { area: "sales_order", why: "what sales orders require", listing: "/api/order/so-line/" },
        ]
      : []),
    ...(asksByWhen(need) && !countsRequired(need)
      ? [{ area: "build", why: "when build orders are done", listing: "/api/build/" }]
      : []),
    ...(narrowsStock(need)
      ? [
          { area: "stock", why: "stock items by location", listing: "/api/stock/" },
          { area: "stock_location", why: "locations", listing: "/api/stock/location/" },
        ]
      : []),
    ...(namesCategory(need) ? [{ area: "part_category", why: "categories", listing: "/api/part/category/" }] : []),
  ];
}

/** Permissions beside looking, by area, as `part: add, change`. */
export function powersOf({ roles }: Access): readonly string[] {
  return Object.entries(roles)
    .map(([area, permissions]) => [area, permissions.filter((permission) => permission !== "view")] as const)
    .filter(([, powers]) => powers.length > 0)
    .map(([area, powers]) => `${area}: ${powers.join(", ")}`);
}

/** A failure whose cause is the token, not the way to the server. */
export function isTokenRefused(error: unknown): boolean {
  return error instanceof FailureError && (error.failure.status === 401 || error.failure.status === 403);
}

function complaint(body: unknown): string | undefined {
  return isRecord(field(body, "roles")) ? undefined : "the answer names no roles";
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}
