// Parts of InvenTree found by words, with what is free of them.

import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { maskedText } from "../app/dashboard/public-text.ts";
import { failureOf } from "../core/failure.ts";
import { plainText } from "../core/text/plain-text.ts";
import { referenceWords } from "../core/text/reference-words.ts";
import { formatFor, type Language } from "../core/view/format.ts";
import type { PartFound } from "../inventree/find-parts.ts";
import { type FormPage, type FoundPart, foundPart } from "../pages/ui/form.ts";
import { wire } from "../wire/run.ts";
import { seen, type Ui } from "./context.ts";
import type { Posted } from "./posted-form.ts";

/** Adds the search to the routes: options for the script of a form. */
export function addPartSearch(app: Hono, ui: Ui): void {
  app.get("/parts/find", (context) => options(ui, context));
}

async function options(ui: Ui, context: Context): Promise<Response> {
  const { terms, frame } = await seen(ui, context);
  const words = context.req.query("q") ?? "";
  const found = await find(ui, { words, instance: context.req.query("instance") ?? "", language: frame.language });
  if (typeof found === "string") return context.html(String(await html`<li class="hint">${plainText(found)}</li>`));
  const items = found.map(
    (part, index) =>
      html`<li role="option" id="option-${index}" aria-selected="false" data-value="${part.words}">${foundPart(part, terms)}</li>`,
  );
  return context.html(String(await html`${items}`));
}

/** The search in a row without the script. */
export async function foundFor(ui: Ui, { step, content }: Posted, language: Language): Promise<FormPage["found"]> {
  const row = Number(/^find-(\d+)$/.exec(step)?.[1] ?? Number.NaN);
  if (content.kind === "text" || Number.isNaN(row)) return undefined;
  const { rows, texts } = content.form;
  const words = rows.parts[row]?.cells.part ?? "";
  const found = await find(ui, { words, instance: texts.instance, language });
  return typeof found === "string" ? { row, parts: [], failure: found } : { row, parts: found };
}

/** How a list names it: by IPN or name, and where another part has the same, by its pk, which is then shown. */
function wordsFor({ pk, name, ipn }: PartFound, found: readonly PartFound[]): Pick<FoundPart, "words" | "pk"> {
  const isAlike = (one: PartFound) => (ipn === "" ? one.ipn === "" && one.name === name : one.ipn === ipn);
  const hasTwin = found.filter(isAlike).length > 1;
  if (hasTwin) return { words: referenceWords(pk), pk: referenceWords(pk) };
  return { words: ipn === "" ? name : `ipn=${ipn}`, pk: "" };
}

interface Sought {
  readonly words: string;
  readonly instance: string;
  readonly language: Language;
}

/** Or why nothing could be found. */
async function find(ui: Ui, { words, instance, language }: Sought): Promise<readonly FoundPart[] | string> {
  const bare = words.trim().replace(/^ipn=/i, "");
  if (bare === "") return [];
  try {
    const wired = await wire({ ...ui.wiring, needs: { inventree: false, mail: "none" } });
    try {
      const { monitorDefaults } = wired.config;
      const format = formatFor({ language, timezone: monitorDefaults.timezone });
      const found = await wired.findParts(instance === "" ? monitorDefaults.instance : instance, bare);
      return found.map((part) => ({
        ...wordsFor(part, found),
        name: part.name,
        ipn: part.ipn,
        free: part.free === null ? null : format.quantity(part.free, plainText(part.units)),
      }));
    } finally {
      await wired.close();
    }
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === "bug") throw error;
    return maskedText(failure.message, (await ui.live.known()).secrets);
  }
}
