// What all routes of the local UI share.
import type { Context } from "hono";
import type { PageContent } from "../pages/shell.ts";
import { messagePage } from "../pages/ui/plain.ts";
import type { Terms } from "../pages/ui/terms.ts";
import { termsFor } from "../pages/ui/terms.ts";
import type { WireOptions } from "../wire/run.ts";
import type { Guard } from "./guard.ts";
import { pageOf, type Seen, type Sight, sightOf } from "./site.ts";

export interface Ui extends Sight {
  readonly guard: Guard;
  /** What is created for each run and preview. */
  readonly wiring: Omit<WireOptions, "needs">;
}

export interface Shown extends Seen {
  readonly terms: Terms;
  /** Stands in every form of the page. */
  readonly formToken: string;
}

/** Everything that a page is made of, at this request. */
export async function seen(ui: Ui, context: Context): Promise<Shown> {
  const all = await sightOf(ui, context.req.header("accept-language"));
  return { ...all, terms: termsFor(all.frame.language), formToken: ui.guard.formToken };
}

/** A handler that shows a page; undefined: there is none of that name. */
export function showing(
  ui: Ui,
  make: (shown: Shown, context: Context) => Promise<PageContent | undefined> | PageContent | undefined,
) {
  return async (context: Context) => {
    const shown = await seen(ui, context);
    const content = await make(shown, context);
    if (content !== undefined) return context.html(await pageOf(content, shown));
    return context.html(await pageOf(messagePage(shown.terms.notFound, shown), shown), 404);
  };
}

/** The fields of a form that was sent; its token was looked at already. */
export async function sentForm(context: Context): Promise<URLSearchParams> {
  return new URLSearchParams(await context.req.text());
}
