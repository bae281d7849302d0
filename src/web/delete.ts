// A list's file deleted from a page, after the page has shown all of it.
import type { Context, Hono } from "hono";
import { removeAsSeen } from "../app/manage/draft.ts";
import { plansNaming } from "../app/manage/manage.ts";
import { problemText } from "../core/problem.ts";
import { plainText } from "../core/text/plain-text.ts";
import { changePage } from "../pages/ui/change.ts";
import { effectCards } from "../pages/ui/effect.ts";
import { fileDiff } from "../system/file-diff.ts";
import { sentForm, type Ui } from "./context.ts";
import { type Target, targetOf } from "./edit.ts";
import { postedForm } from "./posted-form.ts";
import { refused } from "./refused.ts";
import { pageOf } from "./site.ts";

/** Adds it to the routes. */
export function addDeleting(app: Hono, ui: Ui): void {
  app.get("/lists/:id/delete", (context) => askToDelete(ui, context));
  app.post("/lists/:id/delete", (context) => remove(ui, context));
}

async function askToDelete(ui: Ui, context: Context): Promise<Response> {
  const target = await targetOf(ui, context);
  return target === undefined ? context.notFound() : showDeletion(target, target.text);
}

async function showDeletion(target: Target, before: string | null, status: 200 | 409 = 200): Promise<Response> {
  const { shown, context, file, text, back, name } = target;
  const problems = plansNaming(shown.read, context.req.param("id") ?? "");
  const { terms, frame, formToken } = shown;
  const path = file ?? "";
  const page = changePage({
    frame,
    terms,
    title: terms.removeTitle(plainText(name)),
    lead: terms.removeLead(path),
    action: `${back}/delete`,
    carried: [
      ["form", formToken],
      ["base", JSON.stringify(text)],
    ],
    ...(before === text ? {} : { theirs: await fileDiff({ path, before, after: text }) }),
    beside: effectCards({ problems, diff: await fileDiff({ path, before: text, after: null }), now: shown.now }, shown),
    write: terms.removeIt,
    isBroken: false,
    back,
    withForm: false,
  });
  return context.html(await pageOf(page, shown), status);
}

async function remove(ui: Ui, context: Context): Promise<Response> {
  const target = await targetOf(ui, context);
  if (target === undefined || target.file === null) return context.notFound();
  const { base } = postedForm(await sentForm(context));
  if (base === null || base !== target.text) return showDeletion(target, base, 409);
  const removed = await removeAsSeen({ root: ui.wiring.root, file: target.file, before: base });
  if (removed.kind === "refused") return refused(context, target.shown, problemText(removed.problem));
  if (removed.kind === "changed") return showDeletion({ ...target, text: removed.now }, base, 409);
  return context.redirect("/lists", 303);
}
