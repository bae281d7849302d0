import type { Context } from "hono";
import { plainText } from "../core/text/plain-text.ts";
import { messagePage } from "../pages/ui/plain.ts";
import type { Shown } from "./context.ts";
import { pageOf } from "./site.ts";

/** Says why a change was not made, or with 500 that something here is broken. */
export async function refused(
  context: Context,
  shown: Shown,
  message: string,
  status: 409 | 500 = 409,
): Promise<Response> {
  return context.html(await pageOf(messagePage(shown.terms.failedTitle, shown, plainText(message)), shown), status);
}
