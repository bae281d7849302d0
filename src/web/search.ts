// The search for lists and parts. A letter follows the other: what was seen counts for a few seconds, or until a change is made here.
import type { Context, Hono } from "hono";
import { type SearchEntry, searchEntries, searchScript } from "../pages/find.ts";
import { foundPage } from "../pages/ui/plain.ts";
import { type Shown, seen, type Ui } from "./context.ts";
import { PAGE_ADDRESSES, pageOf } from "./site.ts";

/** As long as the state branch is not looked at again either. */
const HELD_MS = 5_000;
/** Languages in which somebody looks at once. */
const MOST_HELD = 4;

interface Held {
  readonly at: number;
  readonly shown: Shown;
  readonly entries: readonly SearchEntry[];
  readonly script: string;
}

/** Adds it to the routes, before all that change something. */
export function addSearch(app: Hono, ui: Ui): void {
  const held = new Map<string, Held>();
  app.use("*", async (context, next) => {
    await next();
    if (context.req.method === "POST") held.clear();
  });
  app.get("/find", async (context) => {
    const { shown, entries } = await lately(context);
    return context.html(await pageOf(foundPage(context.req.query("q") ?? "", entries, shown), shown));
  });
  app.get("/find.js", async (context) => {
    const { script } = await lately(context);
    return context.body(script, 200, { "content-type": "text/javascript; charset=utf-8" });
  });

  async function lately(context: Context): Promise<Held> {
    const language = context.req.header("accept-language") ?? "";
    const at = ui.wiring.clock.now().getTime();
    const known = held.get(language);
    if (known !== undefined && at - known.at < HELD_MS && at >= known.at) return known;
    const shown = await seen(ui, context);
    const fresh = {
      ...{ at, shown },
      entries: searchEntries(shown.overview, PAGE_ADDRESSES),
      script: searchScript(shown.overview, RELATIVE),
    };
    if (held.size >= MOST_HELD) held.clear();
    held.set(language, fresh);
    return fresh;
  }
}

/** The script puts the top's address before each. */
const RELATIVE = {
  ...PAGE_ADDRESSES,
  list: (id: string) => PAGE_ADDRESSES.list(id)?.slice(1),
  part: (instance: string, pk: number) => PAGE_ADDRESSES.part(instance, pk)?.slice(1),
};
