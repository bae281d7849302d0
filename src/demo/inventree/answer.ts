import type { IncomingHttpHeaders } from "node:http";
import type { Json } from "./json.ts";
import { queryOf } from "./query.ts";
import { forbidden, noEndpoint, Refusal, unauthenticated } from "./refusal.ts";
import type { Permission, Roles, Route } from "./route.ts";
import { BOM_ROUTES } from "./routes/bom.ts";
import { BUILD_ROUTES } from "./routes/build.ts";
import { COMPANY_ROUTES } from "./routes/company.ts";
import { PART_ROUTES } from "./routes/part.ts";
import { PLACE_ROUTES } from "./routes/place.ts";
import { PURCHASE_ROUTES } from "./routes/purchase.ts";
import { SALES_ROUTES } from "./routes/sales.ts";
import { STOCK_ROUTES } from "./routes/stock.ts";
import { apiRoot, SYSTEM_ROUTES } from "./routes/system.ts";
import type { Warehouse } from "./warehouse.ts";

/** One request as it came in. */
export interface Incoming {
  readonly method: string;
  readonly address: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the server is, for the time of one request. */
export interface Being {
  readonly warehouse: Warehouse;
  readonly token: string;
  readonly roles: Roles;
  readonly apiVersion: number;
}

/** InvenTree's answer; throws `Refusal` for all that is not 200. */
export function answerTo(incoming: Incoming, being: Being): Json {
  const { address, method, headers } = incoming;
  const path = address.pathname.slice("/api/".length);
  refuseStrangeAccept(headers.accept);
  if (path === "" && address.pathname === "/api/") return apiRoot(being.apiVersion);
  refuseWrongToken(headers.authorization, being.token);
  const found = find(path);
  if (!found) throw noEndpoint(address.href);
  refuseClosedArea(found.route, method, being.roles);
  if (method !== "GET" && method !== "HEAD") throw refusedWriting(found.route, incoming);
  return found.route.answer({ ...being, address, query: queryOf(address.searchParams) }, found.pk);
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

function refuseWrongToken(authorization: string | undefined, token: string): void {
  const [scheme = "", credentials] = (authorization ?? "").trim().split(/\s+/);
  if (scheme.toLowerCase() === "basic") throw unauthenticated("Invalid username/password.");
  if (scheme.toLowerCase() !== "token") throw unauthenticated("Authentication credentials were not provided.");
  if (credentials !== token) throw unauthenticated("Invalid token.");
}

const NEEDED: ReadonlyMap<string, Permission> = new Map([
  ["POST", "add"],
  ["PUT", "change"],
  ["PATCH", "change"],
  ["DELETE", "delete"],
]);

function refuseClosedArea(route: Route, method: string, roles: Roles): void {
  const permission = NEEDED.get(method) ?? "view";
  if (route.areas.length === 0) return;
  if (!route.areas.some((area) => roles[area]?.includes(permission))) throw forbidden();
}

/** This server is for reading; it refuses to write as far as InvenTree would, and creates nothing. */
function refusedWriting(route: Route, { method, headers, body }: Incoming): Refusal {
  if (method !== "POST" || !route.creates) return notAllowed(method);
  const type = headers["content-type"]?.split(";")[0]?.trim() ?? "";
  if (!READABLE_TYPES.has(type)) return new Refusal(415, { detail: `Unsupported media type "${type}" in request.` });
  if (type !== "application/json") return notAllowed(method);
  const sent = parsed(body);
  if (sent instanceof Refusal) return sent;
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
    return new Refusal(400, { detail: `JSON parse error - ${error instanceof Error ? error.message : error}` });
  }
}
