// A part's page: what the lists say of it, and how its stock develops, which InvenTree is asked for when somebody wants to know.
import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { maskedText } from "../app/dashboard/public-text.ts";
import { stockOf } from "../app/stock.ts";
import type { PartRow } from "../core/overview/parts.ts";
import { card } from "../pages/components.ts";
import { partPage } from "../pages/part.ts";
import type { PartAheadShown } from "../pages/stock-ahead.ts";
import { aheadTextsFor } from "../pages/texts/ahead.ts";
import { alertActions } from "../pages/ui/alert-actions.ts";
import { wire } from "../wire/run.ts";
import { type Shown, seen, showing, type Ui } from "./context.ts";
import { refused } from "./refused.ts";
import { PAGE_ADDRESSES } from "./site.ts";

/** As many parts as somebody looks at in a morning. */
const KEPT = 100;

/** Adds it to the routes. */
export function addPart(app: Hono, ui: Ui): void {
  /** What was read for whoever asked, until they ask again. */
  const kept = new Map<string, PartAheadShown>();
  app.get(
    "/parts/:instance/:pk",
    showing(ui, (shown, { req }) => {
      const part = partAt(shown, req.param());
      return part === undefined ? undefined : pageOf({ shown, part, kept: kept.get(keyOf(part)) });
    }),
  );
  app.post("/parts/:instance/:pk", async (context) => {
    const shown = await seen(ui, context);
    const part = partAt(shown, context.req.param());
    if (part === undefined) return context.notFound();
    const ahead = await readAhead(ui, { shown, part });
    if (typeof ahead === "string") return refused(context, shown, maskedText(ahead, shown.secrets));
    kept.delete(keyOf(part));
    kept.set(keyOf(part), ahead);
    for (const old of [...kept.keys()].slice(0, -KEPT)) kept.delete(old);
    return back(context, part);
  });
}

function keyOf({ instance, pk }: PartRow): string {
  return `${instance} ${pk}`;
}

function back(context: Context, { instance, pk }: PartRow): Response {
  return context.redirect(PAGE_ADDRESSES.part(instance, pk) ?? "/parts", 303);
}

function partAt(
  { overview }: Shown,
  { instance, pk }: Readonly<Record<string, string | undefined>>,
): PartRow | undefined {
  return overview.parts.find((one) => one.instance === instance && String(one.pk) === pk);
}

function pageOf({
  shown,
  part,
  kept,
}: {
  readonly shown: Shown;
  readonly part: PartRow;
  readonly kept: PartAheadShown | undefined;
}) {
  const { frame, terms, formToken, inventreeUrl } = shown;
  const base = inventreeUrl(part.instance);
  // A run may have read it since.
  const newest = kept !== undefined && kept.readAt >= (part.ahead?.readAt ?? kept.readAt) ? kept : undefined;
  const here = PAGE_ADDRESSES.part(part.instance, part.pk) ?? "";
  const ask = (isMain: boolean) =>
    html`<form method="post" action="${here}"><input type="hidden" name="form" value="${formToken}"><button type="submit"${isMain ? html` class="main"` : ""}>${isMain ? terms.readStock : terms.readAgain}</button></form>`;
  return partPage(
    {
      part,
      inventree: base === undefined ? undefined : `${base.replace(/\/+$/, "")}/web/part/${part.pk}/`,
      ahead: newest,
      actions: html`<a class="button" href="/order?instance=${encodeURIComponent(part.instance)}">${terms.whatToOrder}</a>${newest === undefined && part.ahead === null ? "" : ask(false)}`,
      unseen: card({
        title: aheadTextsFor(frame.format).stock.title,
        body: html`<p class="said">${terms.readStockText}</p>${ask(true)}`,
      }),
      alertActions: alertActions({ terms, formToken, back: here }),
    },
    frame,
  );
}

/** Or why it cannot be said. Throws FailureError where InvenTree cannot be read. */
async function readAhead(
  ui: Ui,
  { shown, part }: { readonly shown: Shown; readonly part: PartRow },
): Promise<PartAheadShown | string> {
  const { read, terms, now } = shown;
  // What a list takes that cannot be read cannot be counted.
  if (read.broken.length > 0) return terms.orderBroken(read.broken.map(({ file }) => file).join(", "));
  const lists = read.monitors.filter(
    ({ active, instance, plan }) => active && instance === part.instance && plan === undefined,
  );
  const wired = await wire({ ...ui.wiring, needs: { inventree: false, mail: "none" } });
  try {
    const { monitorDefaults: defaults } = wired.config;
    const inventree = wired.deps.inventree(part.instance);
    const developing = await stockOf({ part: { pk: part.pk }, lists, defaults, inventree, now });
    if (developing.kind === "refused") return developing.message;
    const stock = { ...developing.ahead, lists: lists.filter(({ parts }) => parts.length > 0).map(({ id }) => id) };
    return { readAt: now, isStale: false, stock };
  } finally {
    await wired.close();
  }
}
