import { type Raw, recordedRows } from "../../support/recordings.ts";
import { type Answer, type Reply, type Seen, startServer, type TestServer } from "./server.ts";

export type Listings = Readonly<Record<string, readonly Raw[]>>;

/** The lists of the recorded server, by path; BOM lines with their substitutes. */
function recordedListings(): Listings {
  return {
    "/api/part/": recordedRows("part-plain.json"),
    "/api/bom/": recordedRows("bom.json"),
    "/api/company/part/": recordedRows("supplier-part-plain.json"),
    "/api/order/po-line/": recordedRows("po-line.json"),
    "/api/order/so-line/": recordedRows("so-line.json"),
    "/api/build/": recordedRows("build.json"),
    "/api/build/line/": recordedRows("build-line-plain.json"),
    "/api/stock/": recordedRows("stock-plain.json"),
    "/api/stock/location/": recordedRows("location.json"),
    "/api/part/category/": recordedRows("category.json"),
  };
}

/** What a test changes about an answer; undefined leaves it as it is. */
export type Override = (request: Seen, number: number) => Reply | undefined;

/** Answers of a server that knows limit and offset and no filter at all: any other parameter gets everything. */
export function answerFrom(listings: Listings, override: Override = () => undefined): Answer {
  return (request, number) => override(request, number) ?? answer(listings, request);
}

/** A server with the recorded lists. */
export function serveRecordings(): Promise<TestServer> {
  return startServer(answerFrom(recordedListings()));
}

function answer(listings: Listings, { path, query }: Seen): Reply {
  if (path === "/api/currency/exchange/") return { body: { base_currency: "USD", exchange_rates: { USD: 1 } } };
  const rows = listings[path];
  if (rows === undefined) return { status: 404, body: { detail: "API endpoint not found" } };
  // The one parameter that adds a field: InvenTree leaves substitutes out unless they are asked for.
  const asked = path !== "/api/bom/" || query.get("substitutes") === "true";
  return { body: pageOf(asked ? rows : rows.map((row) => ({ ...row, substitutes: undefined })), query) };
}

/** `next` points to a server that nobody may ask. */
export function pageOf(rows: readonly unknown[], query: URLSearchParams): unknown {
  const [limit, offset] = [Number(query.get("limit")), Number(query.get("offset"))];
  if (limit === 0) return rows;
  const next = offset + limit < rows.length ? "http://127.0.0.1:1/api/" : null;
  return { count: rows.length, next, previous: null, results: rows.slice(offset, offset + limit) };
}
