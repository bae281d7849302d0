import type { IncomingHttpHeaders } from "node:http";
import type { Json } from "./json.ts";
import { queryOf } from "./query.ts";
import { forbidden, noEndpoint, Refusal, unauthenticated } from "./refusal.ts";
import { type Area, BOM_HAS_A_ROLE, type Permission, type RequestContext, type Roles, type Route } from "./route.ts";
import { BOM_ROUTES } from "./routes/bom.ts";
import { BUILD_ROUTES } from "./routes/build.ts";
import { COMPANY_ROUTES } from "./routes/company.ts";
import { PART_ROUTES } from "./routes/part.ts";
import { PLACE_ROUTES } from "./routes/place.ts";
import { PURCHASE_ROUTES } from "./routes/purchase.ts";
import { SALES_ROUTES } from "./routes/sales.ts";
import { STOCK_ROUTES } from "./routes/stock.ts";
import { apiRoot, SYSTEM_ROUTES } from "./routes/system.ts";
import type { Tables } from "./tables.ts";
import { type Database, warehouseOf } from "./warehouse.ts";

/** One request as it came in. */
export interface Incoming {
  readonly method: string;
  readonly address: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server is, for the time of one request. */
export interface ServerState {
  readonly warehouse: Database;
  /** What each token may do. */
  readonly tokens: ReadonlyMap<string, Roles>;
  readonly apiVersion: number;
}

export interface Answered {
  readonly status: 200 | 201;
  readonly body: Json;
  /** The facts from now on, where something was added. */
  readonly tables?: Tables;
}

/** InvenTree's answer; throws `Refusal` for all that is not 200 or 201. */
export function answerTo(incoming: Incoming, state: ServerState): Answered {
  const { address, method, headers } = incoming;
  const path = address.pathname.slice("/api/".length);
  refuseStrangeAccept(headers.accept);
  if (path === "" && address.pathname === "/api/") return { status: 200, body: apiRoot(state.apiVersion) };
  const being = { ...state, roles: rolesOf(headers.authorization, state.tokens) };
  const found = find(path);
  if (!found) throw noEndpoint(address.href);
  refuseClosedArea(found.route, method, being);
  const asked = { ...being, address, query: queryOf(address.searchParams) };
  if (method === "OPTIONS") return { status: 200, body: described(found.route, being) };
  if (method === "GET" || method === "HEAD") return { status: 200, body: found.route.answer(asked, found.pk) };
  const sent = sentTo(found.route, incoming);
  const { create, created } = found.route;
  if (create === undefined || created === undefined) throw refusedWriting(found.route, { method, sent });
  const { tables, pk } = create({ warehouse: being.warehouse, body: sent });
  return { status: 201, body: created({ ...asked, warehouse: warehouseOf(tables) }, pk), tables };
}

/** What OPTIONS says: how a new row begins, to those who may add one. */
function described(
  { areas, creates, defaults }: Route,
  { roles, warehouse }: ServerState & Pick<RequestContext, "roles">,
): Json {
  if (creates !== true || !areas.some((area) => roles[area]?.includes("add"))) return { actions: {} };
  const begins = Object.entries(defaults?.(warehouse) ?? {}).map(([name, value]) => [name, { default: value }]);
  return { actions: { POST: Object.fromEntries(begins) } };
}

const ROUTES: readonly { readonly route: Route; readonly pattern: RegExp }[] = [
  ...PART_ROUTES,
  ...BOM_ROUTES,
  ...STOCK_ROUTES,
  ...PLACE_ROUTES,
  ...COMPANY_ROUTES,
  ...PURCHASE_ROUTES,
  ...SALES_ROUTES,
  ...BUILD_ROUTES,
  ...SYSTEM_ROUTES,
].map((route) => ({ route, pattern: new RegExp(`^${route.path.replace(":pk", "(\\d+)")}$`) }));

function find(path: string): { readonly route: Route; readonly pk: number } | undefined {
  for (const { route, pattern } of ROUTES) {
    const match = pattern.exec(path);
    if (match) return { route, pk: Number(match[1] ?? 0) };
  }
  return undefined;
}

function refuseStrangeAccept(accept: string | undefined): void {
  const ranges = (accept ?? "*/*").split(",").map((range) => range.split(";")[0]?.trim().toLowerCase());
  if (ranges.some((range) => range === "*/*" || range === "application/*" || range === "application/json")) return;
  throw new Refusal(406, { detail: "Could not satisfy the request Accept header." });
}

function rolesOf(authorization: string | undefined, tokens: ReadonlyMap<string, Roles>): Roles {
  const [scheme = "", credentials] = (authorization ?? "").trim().split(/\s+/);
  if (scheme.toLowerCase() === "basic") throw unauthenticated("Invalid username/password.");
  if (scheme.toLowerCase() !== "token") throw unauthenticated("Authentication credentials were not provided.");
  const roles = tokens.get(credentials ?? "");
  if (roles === undefined) throw unauthenticated("Invalid token.");
  return roles;
}

const NEEDED: ReadonlyMap<string, Permission> = new Map([
  ["POST", "add"],
  ["PUT", "change"],
  ["PATCH", "change"],
  ["DELETE", "delete"],
]);

function refuseClosedArea(
  route: Route,
  method: string,
  { roles, apiVersion }: Pick<RequestContext, "roles" | "apiVersion">,
): void {
  const permission = NEEDED.get(method) ?? "view";
  if (route.areas.length === 0) return;
  const role = (area: Area) => (area === "bom" && apiVersion < BOM_HAS_A_ROLE ? "part" : area);
  if (!route.areas.some((area) => roles[role(area)]?.includes(permission))) throw forbidden();
}

/** What was sent, parsed. Throws `Refusal` where nothing can be sent there, or not like that. */
function sentTo(route: Route, { method, headers, body }: Incoming): unknown {
  if (method !== "POST" || !route.creates) throw notAllowed(method);
  const type = headers["content-type"]?.split(";")[0]?.trim() ?? "";
  if (!READABLE_TYPES.has(type)) throw new Refusal(415, { detail: `Unsupported media type "${type}" in request.` });
  if (type !== "application/json") throw notAllowed(method);
  return parsed(body);
}

/** Other rows than purchase orders are refused as far as InvenTree would, and not made. */
function refusedWriting(route: Route, { method, sent }: { readonly method: string; readonly sent: unknown }): Refusal {
  const named = typeof sent === "object" && sent !== null && "name" in sent;
  return route.path === "part/" && !named
    ? new Refusal(400, { name: ["This field is required."] })
    : notAllowed(method);
}

const READABLE_TYPES = new Set(["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]);

function notAllowed(method: string): Refusal {
  return new Refusal(405, { detail: `Method "${method}" not allowed.` });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new Refusal(400, { detail: `JSON parse error - ${error instanceof Error ? error.message : error}` });
  }
}
