import type { JsonObject } from "../json.ts";
import { noEndpoint } from "../refusal.ts";
import { AREAS, BOM_HAS_A_ROLE, type RequestContext, type Route } from "../route.ts";

/** What `/api/` shows anybody, without a token. */
export function apiRoot(apiVersion: number): JsonObject {
  return {
    server: "InvenTree",
    id: null,
    version: SERVER_VERSION,
    instance: "Embedded InvenTree",
    apiVersion,
    worker_running: true,
    worker_count: 1,
    worker_pending_tasks: 0,
    plugins_enabled: false,
    email_configured: false,
    debug_mode: false,
    docker_mode: false,
    default_locale: "en-us",
    active_plugins: false,
    system_health: null,
    database: null,
    platform: null,
    installer: null,
    target: null,
    django_admin: null,
  };
}

export const SYSTEM_ROUTES: readonly Route[] = [
  {
    path: "version/",
    areas: [],
    answer: ({ apiVersion }) => ({
      dev: false,
      up_to_date: true,
      version: { server: SERVER_VERSION, api: apiVersion, commit_hash: null, commit_date: null, commit_branch: null },
    }),
  },
  {
    path: "currency/exchange/",
    areas: [],
    answer: ({ warehouse }) => ({
      base_currency: warehouse.tables.currency.base_currency,
      exchange_rates: { ...warehouse.tables.currency.exchange_rates },
      updated: warehouse.tables.currency.updated,
    }),
  },
  { path: "user/roles/", areas: [], answer: rolesOf },
  {
    path: "user/me/roles/",
    areas: [],
    answer: (asked) => {
      if (asked.apiVersion < ROLES_STAND_BELOW_ME) throw noEndpoint(asked.address.href);
      return rolesOf(asked);
    },
  },
  {
    path: "user/me/",
    areas: [],
    answer: () => ({ pk: 1, username: "partwatch", first_name: "", last_name: "", email: "" }),
  },
];

function rolesOf({ roles, apiVersion }: RequestContext): JsonObject {
  const areas = AREAS.filter((area) => area !== "bom" || apiVersion >= BOM_HAS_A_ROLE);
  return {
    user: 1,
    username: "partwatch",
    roles: Object.fromEntries(areas.map((area) => [area, roles[area] ?? null])),
    permissions: {},
  };
}

const ROLES_STAND_BELOW_ME = 490;
const SERVER_VERSION = "1.5.0 embedded";
