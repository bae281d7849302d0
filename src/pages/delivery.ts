import { html } from "hono/html";
import type { Outlook } from "../core/generated/report.ts";
import { textsFor } from "../core/view/texts/texts-for.ts";
import type { Frame } from "./frame.ts";
import type { Markup } from "./markup.ts";

const HUES: Readonly<Record<Outlook["state"], string>> = {
  covered: "info",
  late: "warn",
  undated: "warn",
  not_covered: "bad",
};

/** When open orders cover what is missing, in the mail's words. */
export function delivery(
  { outlook, onOrder }: { readonly outlook: Outlook | null; readonly onOrder: number },
  { format }: Frame,
): Markup {
  if (outlook === null) return "";
  const day = outlook.date === null ? "" : format.day(outlook.date);
  return html`<span class="${HUES[outlook.state]}">${textsFor(format).outlook(outlook, day, onOrder)}</span>`;
}
