import { html } from "hono/html";
import type { ListAlert } from "../../core/overview/alerts.ts";
import { plainText } from "../../core/text/plain-text.ts";
import { referenceWords } from "../../core/text/reference-words.ts";
import type { Markup } from "../markup.ts";
import type { Terms } from "./terms.ts";

/** What can be done about an alert: forms that post to the page that shows it. */
export function alertActions({
  terms,
  formToken,
  back,
}: {
  readonly terms: Terms;
  readonly formToken: string;
  /** The page of ours that shows it; absent: that of all alerts. */
  readonly back?: string;
}): (alert: ListAlert) => Markup | string {
  return ({ list, alert, isSilenced }) => {
    if (alert.state === "resolved") return "";
    const part = referenceWords(alert.part);
    const name = plainText(alert.name === "" ? part : alert.name);
    const hidden = html`<input type="hidden" name="form" value="${formToken}"><input type="hidden" name="list" value="${list.id}"><input type="hidden" name="part" value="${part}"><input type="hidden" name="kind" value="${alert.kind}">${back === undefined ? "" : html`<input type="hidden" name="back" value="${back}">`}`;
    const button = (action: string, word: string) =>
      html`<button type="submit" name="action" value="${action}" aria-label="${terms.ofPart(word, name)}">${word}</button>`;
    if (alert.state === "dismissed" || alert.state === "acknowledged")
      return html`<form method="post" action="/alerts" class="acts">${hidden}${button("undo", terms.takeBack)}</form>`;
    const silence =
      isSilenced || list.monitor === null
        ? ""
        : html`<a class="button" href="/lists/${encodeURIComponent(list.id)}/edit?silence=${encodeURIComponent(typeof alert.part === "number" ? part : name)}#silences" aria-label="${terms.ofPart(terms.silence, name)}">${terms.silence}</a>`;
    if (isSilenced) return "";
    return html`<form method="post" action="/alerts" class="acts">${hidden}${button("acknowledge", terms.acknowledge)}<details><summary aria-label="${terms.ofPart(terms.dismiss, name)}">${terms.dismiss}</summary><label>${terms.dismissUntil}<input type="date" name="until"></label>${button("dismiss", terms.dismiss)}${silence}</details></form>`;
  };
}
