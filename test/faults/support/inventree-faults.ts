// What an InvenTree, or something in front of it, can do wrong. The names are the rows of the table in docs/reliability.md.
import { gzipSync } from "node:zlib";
import type { Asked, Misanswer, Reply } from "./http-front.ts";

export interface InventreeFault {
  readonly name: string;
  readonly does: Misanswer;
  /** How long an answer is waited for where none comes. */
  readonly timeoutMs?: number;
}

const always =
  (reply: Reply): Misanswer =>
  () =>
    reply;
const at =
  (path: string, reply: Reply | ((asked: Asked) => Reply | undefined | Promise<Reply | undefined>)): Misanswer =>
  (asked) =>
    asked.path.startsWith(path) ? (typeof reply === "function" ? reply(asked) : reply) : undefined;

/** Every status that is no answer, with what servers of that kind say. */
const STATUSES: readonly (readonly [status: number, what: string])[] = [
  [400, "bad request"],
  [401, "the token is wrong"],
  [402, "payment required"],
  [403, "forbidden"],
  [404, "not found"],
  [405, "method not allowed"],
  [406, "not acceptable"],
  [407, "a proxy wants a login"],
  [408, "request time-out"],
  [409, "conflict"],
  [410, "gone"],
  [411, "length required"],
  [412, "precondition failed"],
  [413, "content too large"],
  [414, "address too long"],
  [415, "unsupported media type"],
  [416, "range not satisfiable"],
  [417, "expectation failed"],
  [418, "a teapot"],
  [421, "misdirected request"],
  [422, "unprocessable"],
  [423, "locked"],
  [424, "failed dependency"],
  [425, "too early"],
  [426, "upgrade required"],
  [428, "precondition required"],
  [429, "too many requests"],
  [431, "headers too large"],
  [451, "withheld for legal reasons"],
  [500, "server error"],
  [501, "not implemented"],
  [502, "bad gateway"],
  [503, "unavailable"],
  [504, "gateway time-out"],
  [505, "version of HTTP not supported"],
  [507, "its disk is full"],
  [508, "loop detected"],
  [511, "network login required"],
  [520, "a proxy's own 520"],
  [522, "a proxy's own 522"],
  [599, "a status that nobody knows"],
];

const PERMISSIONS = ["/api/part/", "/api/bom/", "/api/order/po-line/"] as const;

const BODIES: readonly (readonly [name: string, reply: Reply])[] = [
  ["no content: 204", { status: 204, body: "" }],
  ["an empty answer", { body: "" }],
  ["an answer of blanks", { body: "   \n" }],
  ["JSON that breaks off", { body: '{"count": 1, "resul' }],
  ["text instead of JSON", { body: "Welcome" }],
  ["two JSON texts in one answer", { body: "{}{}" }],
  ["JSON with a comment", { body: "{} // all" }],
  ["bytes that are no UTF-8", { body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) }],
  ["JSON with an escape code of a terminal", { body: { detail: "\u001b[2J" } }],
  ["a page to log in, as HTML", { headers: { "content-type": "text/html" }, body: "<!doctype html><h1>Log in</h1>" }],
  ["a page to log in, called JSON", { body: "<!doctype html><h1>Log in</h1>" }],
  ["XML", { headers: { "content-type": "application/xml" }, body: "<a/>" }],
  ["plain text by its type", { headers: { "content-type": "text/plain" }, body: "[]" }],
  ["gzip by its name only", { headers: { "content-encoding": "gzip" }, body: "[]" }],
  ["gzip that breaks off", { headers: { "content-encoding": "gzip" }, body: gzipSync("[1,2,3]").subarray(0, 15) }],
  ["gzip of 80 MiB of blanks", { headers: { "content-encoding": "gzip" }, body: gzipSync(Buffer.alloc(80 << 20, 32)) }],
  ["a packing that nobody asked for", { headers: { "content-encoding": "br" }, body: Buffer.from("8b0280", "hex") }],
  ["null", { body: "null" }],
  ["a number", { body: "7" }],
  ["a list instead of a page", { body: [] }],
  ["a page without count", { body: { results: [] } }],
  ["a page without rows", { body: { count: 0 } }],
  ["a count that is text", { body: { count: "3", results: [] } }],
  ["a negative count", { body: { count: -1, results: [] } }],
  ["half a row by its count", { body: { count: 2.5, results: [] } }],
  ["a count beyond all numbers", { body: '{"count": 1e400, "results": []}' }],
  ["rows that are an object", { body: { count: 0, results: {} } }],
  ["rows that are null", { body: { count: 0, results: null } }],
  ["lists within lists, 20,000 deep", { body: "[".repeat(20_000) + "]".repeat(20_000) }],
];

const REDIRECTS: readonly (readonly [name: string, reply: Reply])[] = [
  ...[301, 302, 303, 307, 308].map(
    (status) =>
      [
        `a redirect (${status}) to another server`,
        { status, headers: { location: "https://evil.example/api/" } },
      ] as const,
  ),
  ["a redirect to itself, for ever", { status: 302, headers: { location: "/api/part/" } }],
  ["a redirect to a file", { status: 302, headers: { location: "file:///etc/passwd" } }],
  ["a redirect to a script", { status: 302, headers: { location: "javascript:alert(1)" } }],
  ["a redirect to no address", { status: 302, headers: { location: "http://[" } }],
  ["a redirect without an address", { status: 302, body: "" }],
];

const CONNECTIONS: readonly (readonly [name: string, reply: Reply, timeoutMs?: number])[] = [
  ["no answer", "silence", 60],
  ["half an answer, then nothing", "half and silence", 60],
  ["the connection is reset", "reset"],
  ["the connection is closed", "close"],
  ["half an answer, then a reset", "half and reset"],
  ["half an answer, then the end", "half and close"],
  ["an answer that is no HTTP", { bytes: "220 mail.example ESMTP\r\n" }],
  ["an answer of an older HTTP, without anything", { bytes: "HTTP/1.0 200 OK\r\n\r\n" }],
  ["a broken header", { bytes: "HTTP/1.1 200 OK\r\nBad Header\u0001: x\r\n\r\n{}" }],
  ["headers without end", { bytes: `HTTP/1.1 200 OK\r\nX: ${"x".repeat(40_000)}\r\n\r\n{}` }],
  [
    "a length and pieces at once",
    { bytes: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}" },
  ],
  [
    "a length that is too short",
    { bytes: 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{"count":1}' },
  ],
];

/** A change of one row of a listing, in a page that is right otherwise. */
function row(path: string, change: (row: Record<string, unknown>) => unknown): Misanswer {
  return at(path, async ({ right }) => {
    const page = await right();
    if (!isPage(page) || page.results.length === 0) return undefined;
    return { body: { ...page, results: page.results.map((one, index) => (index === 0 ? change({ ...one }) : one)) } };
  });
}

function pageOf(path: string, change: (page: Page) => unknown): Misanswer {
  return at(path, async ({ right }) => {
    const page = await right();
    return isPage(page) && page.results.length > 0 ? { body: change(page) } : undefined;
  });
}

interface Page {
  readonly count: number;
  readonly results: readonly Record<string, unknown>[];
}

function isPage(value: unknown): value is Page {
  return typeof value === "object" && value !== null && "results" in value && Array.isArray(value.results);
}

const LISTS: Readonly<Record<string, string>> = {
  part: "/api/part/?",
  "BOM line": "/api/bom/?",
};

/** What no row may be, and what no pk may be. */
const ROWS: readonly (readonly [name: string, change: (row: Record<string, unknown>) => unknown])[] = [
  ["null", () => null],
  ["a number", () => 7],
  ["a list", () => []],
  ["without its pk", ({ pk: _, ...rest }) => rest],
  ["with the pk 0", (row) => ({ ...row, pk: 0 })],
  ["with a negative pk", (row) => ({ ...row, pk: -1 })],
  ["with a pk as text", (row) => ({ ...row, pk: "1" })],
  ["with half a pk", (row) => ({ ...row, pk: 1.5 })],
  ["with a pk beyond whole numbers", (row) => ({ ...row, pk: 2 ** 60 })],
];

/** Fields that are read, and what each of them must not be. */
const FIELDS: readonly (readonly [list: string, field: string, values: readonly unknown[]])[] = [
  ["part", "name", [null, 7]],
  ["part", "active", ["yes", null]],
  ["part", "assembly", [1]],
  ["part", "in_stock", ["many", null]],
  ["part", "minimum_stock", ["-", "1e999"]],
  ["BOM line", "part", [null, "x", 0]],
  ["BOM line", "sub_part", [null, {}]],
  ["BOM line", "quantity", [null, "x", -1, "", []]],
  ["BOM line", "optional", ["no"]],
  ["BOM line", "substitutes", ["none", [null]]],
];

const CHANGING: readonly (readonly [name: string, does: Misanswer])[] = [
  [
    "a list that grows each time that it is read",
    pageOf("/api/part/?", (page) => ({ ...page, count: page.count + 1 })),
  ],
  [
    "a list with a row that comes twice",
    pageOf("/api/part/?", (page) => ({ ...page, results: page.results.map(() => page.results[0]) })),
  ],
  ["a list that lacks a row", pageOf("/api/bom/?", (page) => ({ ...page, results: page.results.slice(1) }))],
  [
    "more rows than were asked for",
    pageOf("/api/bom/?", (page) => ({
      ...page,
      count: 9_999,
      results: Array.from({ length: 600 }, () => page.results[0]),
    })),
  ],
];

const ANSWER_VERSION = (version: string): Misanswer =>
  always({ headers: { "x-inventree-api": version }, body: { count: 0, results: [] } });

/** One after the other. */
export const INVENTREE_FAULTS: readonly InventreeFault[] = [
  ...STATUSES.map(([status, what]) => ({
    name: `${status}: ${what}`,
    does: always({ status, body: { detail: `Said: ${what}` } }),
  })),
  ...PERMISSIONS.map((path) => ({
    name: `403 at ${path}: the role is missing`,
    does: at(path, { status: 403, body: { detail: "You do not have permission to perform this action." } }),
  })),
  ...BODIES.map(([name, reply]) => ({ name, does: always(reply) })),
  ...REDIRECTS.map(([name, reply]) => ({ name, does: always(reply) })),
  ...CONNECTIONS.map(([name, reply, timeoutMs]) => ({ name, does: always(reply), ...(timeoutMs && { timeoutMs }) })),
  ...Object.entries(LISTS).flatMap(([list, path]) =>
    ROWS.map(([name, change]) => ({ name: `a row ${name}, of a ${list}`, does: row(path, change) })),
  ),
  ...FIELDS.flatMap(([list, field, values]) =>
    values.map((value) => ({
      name: `a ${list} whose ${field} is ${JSON.stringify(value)}`,
      does: row(LISTS[list] ?? "", (one) => ({ ...one, [field]: value })),
    })),
  ),
  ...CHANGING.map(([name, does]) => ({ name, does })),
  { name: "an InvenTree that is too old", does: ANSWER_VERSION("389") },
  { name: "a server that is no InvenTree", does: always({ headers: { "x-inventree-api": "" }, body: {} }) },
  {
    name: "a version that is no number",
    does: always({ headers: { "x-inventree-api": "new" }, body: { apiVersion: "new" } }),
  },
  { name: "429 that asks for an hour", does: always({ status: 429, headers: { "retry-after": "3600" } }) },
  { name: "503 that asks for a day that is none", does: always({ status: 503, headers: { "retry-after": "soon" } }) },
  { name: "503 three times, then well", does: ({ times }) => (times <= 3 ? { status: 503 } : undefined) },
  { name: "a reset once at each page, then well", does: ({ times }) => (times <= 1 ? "reset" : undefined) },
  {
    name: "no answer once, then well",
    does: ({ path, times }) => (path.startsWith("/api/bom/") && times <= 1 ? { body: "" } : undefined),
  },
];
