import type { Json } from "./json.ts";

/** An answer other than 200, in InvenTree's own words. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly body: Json;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: Json, headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** 401 with a challenge, as Django REST framework gives it. */
export function unauthenticated(detail: string): Refusal {
  return new Refusal(401, { detail }, { "www-authenticate": "Token" });
}

/** 403: the token's roles do not cover the request. */
export function forbidden(): Refusal {
  return new Refusal(403, { detail: "You do not have permission to perform this action." });
}

/** 404 of an address that names no endpoint: the trailing slash is missing, for instance. */
export function noEndpoint(url: string): Refusal {
  return new Refusal(404, { detail: "API endpoint not found", url });
}

/** 404 of a row that is not there. */
export function noRow(model: string): Refusal {
  return new Refusal(404, { detail: `No ${model} matches the given query.` });
}

/** 400: a filter names a row that does not exist, or no row at all (a comma list, a word). */
export function badChoice(field: string): Refusal {
  return new Refusal(400, { [field]: ["Select a valid choice. That choice is not one of the available choices."] });
}

/** 400: a filter wants a number. */
export function badNumber(field: string): Refusal {
  return new Refusal(400, { [field]: ["Enter a number."] });
}

/** 500 as JSON: the database gave up. */
export function databaseError(path: string): Refusal {
  return new Refusal(500, {
    error: "OperationalError",
    error_class: "<class 'django.db.utils.OperationalError'>",
    detail: "Error details can be found in the admin panel",
    path,
    status_code: 500,
  });
}
