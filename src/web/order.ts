// What all lists have to order together, and its draft orders: written once somebody has seen them and said so.
import { createHash } from "node:crypto";
import type { Context, Hono } from "hono";
import { maskedText } from "../app/dashboard/public-text.ts";
import { order } from "../app/order.ts";
import { type Drafts, type OrderWriteResult, planDrafts, writeDrafts } from "../app/order-drafts.ts";
import type { Basket } from "../core/calculation/buying/basket.ts";
import { FailureError } from "../core/failure.ts";
import { ORDER_TOKEN } from "../core/settings/instances.ts";
import type { OrderDesk } from "../inventree/order-desk.ts";
import { type DraftsShown, orderPage, type WrittenShown } from "../pages/ui/order.ts";
import { settingSources } from "../wire/live.ts";
import { wireOrderDesk } from "../wire/order-desk.ts";
import { type Wired, wire } from "../wire/run.ts";
import { type Shown, seen, sentForm, showing, type Ui } from "./context.ts";
import { refused } from "./refused.ts";

/** Adds it to the routes. */
export function addOrdering(app: Hono, ui: Ui): void {
  let last: OrderWriteResult | null = null;
  let isWriting = false;
  app.get(
    "/order",
    showing(ui, (shown, { req }) =>
      withOrder(ui, { shown, instance: req.query("instance") }, async ({ basket, instance, instances, desk }) => {
        const drafts = typeof desk === "string" ? desk : shownDrafts(await planDrafts(basket, desk));
        const written = last === null ? null : shownWritten(last, shown);
        last = null;
        const here = shown.overview.parts.filter((part) => part.instance === instance);
        const known = new Set(here.map(({ pk }) => pk));
        return orderPage({ ...shown, basket, instance, instances, known, drafts, written });
      }),
    ),
  );
  app.post("/order", async (context) => {
    const [form, shown] = [await sentForm(context), await seen(ui, context)];
    // Two clicks would write twice: the second comes before the first is part of what is on order.
    if (isWriting) return refused(context, shown, shown.terms.orderBusy);
    isWriting = true;
    try {
      const instance = form.get("instance") ?? undefined;
      const answer = await withOrder(ui, { shown, instance }, async (given) => {
        if (typeof given.desk === "string") return refused(context, shown, given.desk);
        const planned = await planDrafts(given.basket, given.desk);
        // What the page showed is what is written.
        if (form.get("seen") !== digestOf(planned)) return refused(context, shown, shown.terms.orderChanged);
        last = await writeDrafts(planned.drafts, given.desk);
        return backTo(context, given.instance);
      });
      return answer ?? context.notFound();
    } finally {
      isWriting = false;
    }
  });
}

function backTo(context: Context, instance: string): Response {
  return context.redirect(`/order?instance=${encodeURIComponent(instance)}`, 303);
}

function digestOf({ drafts }: Drafts): string {
  return createHash("sha256").update(JSON.stringify(drafts)).digest("hex");
}

function shownDrafts(planned: Drafts): DraftsShown {
  const orders = planned.drafts.map(({ supplier, order: known, lines }) => ({
    supplier,
    reference: known?.reference ?? null,
    lines: lines.length,
  }));
  return { digest: digestOf(planned), orders };
}

function shownWritten({ written, failure, left }: OrderWriteResult, { secrets }: Shown): WrittenShown {
  return {
    orders: written.map(({ order: { reference }, ...rest }) => ({ ...rest, reference })),
    failure: failure === undefined ? null : maskedText(failure.message, secrets),
    left,
  };
}

interface Given {
  readonly basket: Basket;
  readonly instance: string;
  /** Labels of all servers that lists order for. */
  readonly instances: readonly string[];
  /** Or why no drafts can be made. */
  readonly desk: OrderDesk | string;
}

/** undefined: no list is of that server. Throws FailureError where the basket would be wrong, or cannot be read. */
async function withOrder<T>(
  ui: Ui,
  { shown, instance: asked }: { readonly shown: Shown; readonly instance: string | undefined },
  use: (given: Given) => Promise<T>,
): Promise<T | undefined> {
  const { read, terms, now } = shown;
  // An order that lacks a list would be too small. A plan's entries are those of its lists.
  if (read.broken.length > 0) throw misfit(terms.orderBroken(read.broken.map(({ file }) => file).join(", ")));
  const all = read.monitors.filter(({ active, parts, plan }) => active && parts.length > 0 && plan === undefined);
  const instances = [...new Set(all.map((list) => list.instance))].sort();
  const instance = asked ?? instances[0];
  if (instance === undefined) throw misfit(terms.orderNoLists);
  if (!instances.includes(instance)) return undefined;
  const wired = await wire({ ...ui.wiring, needs: { inventree: false, mail: "none" } });
  let desk: OrderDesk | string | undefined;
  try {
    const lists = all.filter((list) => list.instance === instance);
    const inventree = wired.deps.inventree(instance);
    const basket = await order({ lists, rules: wired.config.monitorDefaults, inventree, now });
    desk = await deskOf(ui, { shown, wired, instance });
    const lacking = typeof desk === "string" ? undefined : await desk.lacks();
    const why = lacking === undefined ? desk : terms.orderLacks(ORDER_TOKEN, lacking);
    return await use({ basket, instance, instances, desk: why });
  } finally {
    await Promise.all([wired.close(), typeof desk === "string" ? undefined : desk?.close()]);
  }
}

async function deskOf(
  { wiring }: Ui,
  { shown: { terms }, wired, instance }: { readonly shown: Shown; readonly wired: Wired; readonly instance: string },
): Promise<OrderDesk | string> {
  const [token] = await settingSources(wiring, [ORDER_TOKEN]);
  if (token?.from === null) return terms.orderNoToken(ORDER_TOKEN);
  try {
    return await wireOrderDesk({ ...wiring, config: wired.config, instance });
  } catch (error) {
    if (error instanceof FailureError) return error.message;
    throw error;
  }
}

function misfit(message: string): FailureError {
  return new FailureError({ kind: "config", retryable: false, message });
}
