// The routes of the local UI, behind the guard; every answer with the headers that keep it on this page and this machine.
import { Hono } from "hono";
import { maskedText } from "../app/dashboard/public-text.ts";
import { failureOf } from "../core/failure.ts";
import { messagePage } from "../pages/ui/plain.ts";
import { addDecisions } from "./alerts.ts";
import { addCommitting } from "./commit.ts";
import { seen, type Ui } from "./context.ts";
import { addDeleting } from "./delete.ts";
import { addEditing } from "./edit.ts";
import { addPartSearch } from "./find-part.ts";
import { addGallery } from "./gallery.ts";
import { type AccessDecision, cookieName, isFormToken } from "./guard.ts";
import { addMails } from "./mails.ts";
import { addOrdering } from "./order.ts";
import { addPart } from "./part.ts";
import { refused } from "./refused.ts";
import { createRunner } from "./runner.ts";
import { addRuns } from "./runs.ts";
import { addSearch } from "./search.ts";
import { addSettings } from "./settings.ts";
import { addFiles, addPages } from "./show.ts";
import { pageOf } from "./site.ts";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  // Without a referrer browsers would send Origin: null with our own forms.
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

export interface App {
  readonly answer: (request: Request, judged: AccessDecision) => Promise<Response>;
  /** Stops a run that is under way, in order. */
  readonly close: () => Promise<void>;
}

/** All routes. `onEntered`: the one-time address was used. */
export function createApp(ui: Ui, onEntered: () => void): App {
  const app = new Hono();
  const runner = createRunner({
    wiring: ui.wiring,
    secrets: async () => (await ui.live.known()).secrets,
    onEnd: ui.live.forget,
  });
  app.use("*", async (context, next) => {
    if (context.req.method === "POST") {
      // Read once here; the routes get the same text again.
      const form = new URLSearchParams(await context.req.text());
      if (!isFormToken(form.get("form"), ui.guard)) return context.text("This form is not of this server.\n", 403);
    }
    return next();
  });
  addSearch(app, ui);
  addFiles(app, ui);
  addPartSearch(app, ui);
  addPages(app, ui);
  addPart(app, ui);
  addDecisions(app, ui);
  addEditing(app, ui);
  addDeleting(app, ui);
  addCommitting(app, ui);
  addRuns(app, ui, runner);
  addMails(app, ui);
  addGallery(app, ui);
  addOrdering(app, ui);
  addSettings(app, ui);
  app.notFound(async (context) => {
    const shown = await seen(ui, context);
    return context.html(await pageOf(messagePage(shown.terms.notFound, shown), shown), 404);
  });
  app.onError(async (error, context) => {
    const failure = failureOf(error);
    const isBug = failure.kind === "bug";
    if (isBug) ui.wiring.log.error(error.stack ?? error.message, { step: "ui" });
    try {
      const shown = await seen(ui, context);
      const message = maskedText(failure.message, shown.secrets);
      return await refused(context, shown, isBug ? `${shown.terms.bug}${message}` : message, isBug ? 500 : 409);
    } catch (second) {
      // What every page is made of fails as well, so there is none, and nobody knows what to hide.
      if (String(second) !== String(error))
        ui.wiring.log.error(second instanceof Error ? (second.stack ?? second.message) : String(second), {
          step: "ui",
        });
      return context.text("This page cannot be shown; the terminal where Partwatch runs says why.\n", 500);
    }
  });
  return {
    close: runner.close,
    answer: async (request, judged) => {
      const response = await answerTo(request, judged);
      for (const [name, value] of Object.entries(HEADERS))
        if (!response.headers.has(name)) response.headers.set(name, value);
      return response;
    },
  };

  async function answerTo(request: Request, judged: AccessDecision): Promise<Response> {
    if (judged.kind === "refused") return text(judged.message, judged.status);
    if (judged.kind === "allowed") return app.fetch(request);
    onEntered();
    const cookie = `${cookieName(ui.guard.port)}=${ui.guard.session}; HttpOnly; SameSite=Strict; Path=/`;
    if (!judged.isForeign) return new Response(null, { status: 303, headers: { location: "/", "set-cookie": cookie } });
    // A redirect would still count as coming from the file, and the cookie would stay away.
    const page =
      '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/"><title>Partwatch</title><a href="/">Partwatch</a></html>\n';
    return new Response(page, { headers: { "content-type": "text/html; charset=utf-8", "set-cookie": cookie } });
  }
}

function text(message: string, status: number): Response {
  return new Response(`${message}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
}
