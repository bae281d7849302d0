// The one place that writes to InvenTree: pending purchase orders and their lines, for somebody who has said yes to them.
// Nothing that runs on a schedule may import this (test/guards/order-desk.test.ts).
import { FailureError } from "../core/failure.ts";
import { defined, field, textIn } from "../core/records.ts";
import { ORDER_TOKEN } from "../core/settings/instances.ts";
import { STRAIGHT } from "../core/settings/proxy.ts";
import { readBody, understand } from "./answer.ts";
import { type Client, type ClientOptions, createClient } from "./client.ts";
import { checkToken, connectionFailure, maskOf, parseServerUrl } from "./connection.ts";
import { type Failed, toFailure } from "./errors.ts";
import { lacksForOrders } from "./order-token.ts";
import { openPool } from "./pool.ts";

/** An order that nobody has issued yet. */
export interface PendingOrder {
  readonly pk: number;
  readonly reference: string;
}

export interface NewOrder {
  /** pk of the company. */
  readonly company: number;
  readonly description: string;
}

export interface NewLine {
  /** pk of the order. */
  readonly order: number;
  readonly supplierPart: number;
  readonly packs: number;
  readonly reference: string;
}

/** Everything rejects with FailureError (kind inventree). Nothing is tried again by itself: it may have arrived. */
export interface OrderDesk {
  readonly serverUrl: string;
  /** What the token lacks, as `purchase_order.add`; undefined: nothing. */
  readonly lacks: () => Promise<string | undefined>;
  /** The pending order of that supplier with our mark, the oldest if there are several. */
  readonly pendingOf: (company: number) => Promise<PendingOrder | undefined>;
  readonly create: (order: NewOrder) => Promise<PendingOrder>;
  /** Adds so much: to the order's line of that part, if it has one. */
  readonly add: (line: NewLine) => Promise<void>;
  readonly close: () => Promise<void>;
}

const PENDING = 10;

/** Stands in the notes of our orders. Whoever removes it keeps the order as it is. */
const MARK = "partwatch:draft";

const NOTES = `Draft made by Partwatch. As long as this order is pending and this note stands here, \`partwatch order --draft\` adds to it what else is to order.\n\n${MARK}\n`;

/** `token` is the one for orders; reads go by `reader`, whose token may only look. */
export function openOrderDesk({ reader, ...options }: ClientOptions & { readonly reader: Client }): OrderDesk {
  const server = parseServerUrl(options.url);
  const token = checkToken(options.token);
  const mask = maskOf(token);
  const route = (options.routes ?? STRAIGHT)(server.url);
  const user = createClient(options);
  const timeoutMs = options.limits.requestTimeoutMs;
  const pool = openPool(server.origin, { connections: 1, connectMs: timeoutMs, proxy: route.proxy });

  /** One attempt. */
  async function send(method: "POST" | "OPTIONS", path: string, body?: unknown): Promise<unknown> {
    const failed = (outcome: Failed) => {
      const cause = mask(outcome.cause)
        .replaceAll("INVENTREE_API_TOKEN", ORDER_TOKEN)
        .replaceAll("purchase_order.view", "purchase_order.add");
      return toFailure({ ...outcome, cause, error: undefined }, `[${method}] ${path}`, 1);
    };
    try {
      const response = await pool.request({
        origin: server.origin,
        path: server.folder + path,
        method,
        headers: {
          authorization: `Token ${token}`,
          accept: "application/json",
          "content-type": "application/json",
          "user-agent": "partwatch",
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const answer = { status: response.statusCode, headers: response.headers, body: await readBody(response.body) };
      const outcome = await understand(answer, { path, now: options.clock.now(), mask });
      if (outcome.kind === "answer") return outcome.body;
      const cause = `${answer.status}: redirected elsewhere, where nothing is sent: correct INVENTREE_URL`;
      throw failed(outcome.kind === "failed" ? outcome : { kind: "failed", cause, incident: "refused", again: false });
    } catch (error) {
      const lost = error instanceof FailureError ? undefined : connectionFailure(error, timeoutMs);
      if (lost === undefined) throw error;
      throw failed({ ...lost, cause: `${lost.cause}${route.words}; it may have arrived all the same` });
    }
  }

  async function nextReference(): Promise<string> {
    const offered = textIn(await send("OPTIONS", ORDERS), "actions", "POST", "reference", "default");
    if (offered !== undefined && offered !== "") return offered;
    // Where the server offers none: the number of the newest order, and one more.
    const page = await reader.get(ORDERS, { ordering: "-reference", limit: 1 });
    const newest = textIn(rowsIn(page)[0], "reference") ?? "PO-0000";
    return newest.replace(/\d+(?!.*\d)/, (digits) => String(Number(digits) + 1).padStart(digits.length, "0"));
  }

  return {
    serverUrl: server.url,
    lacks: () => lacksForOrders(user),
    pendingOf: async (company) => {
      // Lists leave the notes out.
      for (const order of await pendingOrders(reader, company))
        if (textIn(await reader.get(`${ORDERS}${order.pk}/`), "notes")?.includes(MARK) === true) return order;
      return undefined;
    },
    create: async ({ company, description }) => {
      const reference = await nextReference();
      const made = await send("POST", ORDERS, { reference, supplier: company, description, notes: NOTES });
      const pk = field(made, "pk");
      if (typeof pk !== "number") throw unclear(`[POST] ${ORDERS}: the answer names no pk`);
      return { pk, reference: textIn(made, "reference") ?? reference };
    },
    add: async ({ order, supplierPart: part, packs: quantity, reference }) => {
      await send("POST", LINES, { order, part, quantity, reference, auto_pricing: true, merge_items: true });
    },
    close: async () => {
      await Promise.all([user.close(), pool.destroy()]);
    },
  };
}

const ORDERS = "/api/order/po/";
const LINES = "/api/order/po-line/";
const PAGE = 100;

async function pendingOrders(reader: Client, supplier: number): Promise<readonly PendingOrder[]> {
  const found: PendingOrder[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await reader.get(ORDERS, { supplier, status: PENDING, limit: PAGE, offset });
    const rows = rowsIn(page);
    for (const row of rows) {
      const [pk, reference] = [field(row, "pk"), textIn(row, "reference")];
      const isOurs = field(row, "supplier") === supplier && field(row, "status") === PENDING;
      if (isOurs && typeof pk === "number") found.push({ pk, ...defined({ reference: reference ?? `#${pk}` }) });
    }
    if (rows.length < PAGE) return found.toSorted((a, b) => a.pk - b.pk);
  }
}

function rowsIn(page: unknown): readonly unknown[] {
  const rows: unknown = Array.isArray(page) ? page : field(page, "results");
  return Array.isArray(rows) ? rows : [];
}

function unclear(message: string): FailureError {
  return new FailureError({ kind: "inventree", retryable: false, message, incident: "refused" });
}
