// Lists changed from a page: nothing is written whose whole difference was not seen, and nothing over what others wrote.

import type { Context, Hono } from "hono";
import { type Draft, draftChange, draftNew, fieldsIn, fileText, writeDraft } from "../app/manage/draft.ts";
import { formOf, isPlanForm, unknownFields } from "../core/form/list-form.ts";
import { formChanges, onTop } from "../core/form/on-top.ts";
import { problemText } from "../core/problem.ts";
import { fileNameFor } from "../core/settings/monitor-id.ts";
import { plainText } from "../core/text/plain-text.ts";
import { changePage } from "../pages/ui/change.ts";
import { effectCards, type ListOutcome } from "../pages/ui/effect.ts";
import { type FormPage, formPage } from "../pages/ui/form.ts";
import { fileDiff } from "../system/file-diff.ts";
import { type Shown, seen, sentForm, type Ui } from "./context.ts";
import { foundFor } from "./find-part.ts";
import { outcomeNow } from "./outcome.ts";
import { carriedForm, type Posted, postedForm } from "./posted-form.ts";
import { refused } from "./refused.ts";
import { listNamed } from "./show.ts";
import { PAGE_ADDRESSES, pageOf } from "./site.ts";

/** Adds them to the routes. */
export function addEditing(app: Hono, ui: Ui): void {
  app.get("/new", (context) => begin(ui, context));
  app.post("/new", (context) => go(ui, context));
  app.get("/lists/:id/edit", (context) => begin(ui, context));
  app.post("/lists/:id/edit", (context) => go(ui, context));
  app.get("/lists/:id/switch", (context) => switched(ui, context));
}

/** What is edited: a file, or with null a list that has none yet. */
export interface Target {
  readonly ui: Ui;
  readonly context: Context;
  readonly shown: Shown;
  readonly file: string | null;
  /** As the file says now. */
  readonly text: string | null;
  readonly action: string;
  readonly back: string;
  readonly name: string;
}

/** Where the form of a plan that has no file yet is. */
const NEW_PLAN = "/new?kind=plan";

/** undefined: there is no such list, or no file of it. */
export async function targetOf(ui: Ui, context: Context): Promise<Target | undefined> {
  const shown = await seen(ui, context);
  const id = context.req.param("id");
  const base = { ui, context, shown };
  if (id === undefined) {
    const action = context.req.query("kind") === "plan" ? NEW_PLAN : "/new";
    return { ...base, file: null, text: null, action, back: "/lists", name: "" };
  }
  const list = listNamed(shown, id);
  if (list === undefined || list.file === null) return undefined;
  const text = await fileText({ root: ui.wiring.root, file: list.file });
  if (typeof text !== "string") return undefined;
  const back = PAGE_ADDRESSES.list(id) ?? "/";
  return { ...base, file: list.file, text, action: `${back}/edit`, back, name: list.name };
}

async function begin(ui: Ui, context: Context): Promise<Response> {
  const target = await targetOf(ui, context);
  if (target === undefined) return context.notFound();
  const { shown, file, text } = target;
  const from = file === null ? context.req.query("from") : undefined;
  const base = from === undefined ? text : await sourceText(target, from);
  const fields = fieldsOf(target, base) ?? (file === null ? { cron_schedule: "10 7 * * 1-5" } : null);
  if (fields === null) return showForm(target, { step: "form", base, content: { kind: "text", text: base ?? "" } });
  const form = formOf(fields);
  const silence = context.req.query("silence");
  const silences =
    silence === undefined
      ? form.rows.silences
      : [...form.rows.silences, { was: null, cells: { part: silence, until: "", reason: "" } }];
  const copyName = from === undefined ? form.texts.name : shown.terms.copyOf(form.texts.name);
  const given = {
    ...form,
    texts: { ...form.texts, name: copyName },
    rows: { ...form.rows, silences },
  };
  return showForm(target, { step: "form", base, content: { kind: "fields", form: given } });
}

/** What the file of a list says that a new one begins as a copy of; null: it cannot be copied. */
async function sourceText({ ui, shown }: Target, from: string): Promise<string | null> {
  const file = listNamed(shown, from)?.file;
  const text = file == null ? null : await fileText({ root: ui.wiring.root, file });
  return typeof text === "string" && fieldsIn(NEW, text) !== null ? text : null;
}

/** What a list that has no file yet is called in what is said of its text. */
const NEW = "monitors/new.yaml";

/** The fields of the text that a form began with; null: there is none, or it can only be changed as a text. */
function fieldsOf({ file }: Target, base: string | null) {
  return base === null ? null : fieldsIn(file ?? NEW, base);
}

async function go(ui: Ui, context: Context): Promise<Response> {
  const target = await targetOf(ui, context);
  if (target === undefined) return context.notFound();
  const posted = postedForm(await sentForm(context));
  switch (posted.step) {
    case "look":
      return look(target, posted);
    case "write":
      return write(target, posted);
    case "live":
      return live(target, posted);
    default:
      return showForm(target, posted);
  }
}

/** What the file would say, on top of what it says now. */
async function draftOf(target: Target, { base, content }: Posted): Promise<Draft> {
  const { ui, shown, file, text } = target;
  const managing = { root: ui.wiring.root, now: shown.now, read: shown.read };
  if (file !== null && text !== null) {
    if (content.kind === "text")
      return draftChange({ ...managing, file, before: text, change: { text: withBreaks(content.text, text) } });
    const both = { base: fieldsIn(file, base ?? text) ?? {}, theirs: fieldsIn(file, text) ?? {} };
    return draftChange({ ...managing, file, before: text, change: { fields: onTop(content.form, both) } });
  }
  // A copy keeps what the form does not show, but for the id.
  const { id: _id, ...source } = fieldsOf(target, base) ?? {};
  const fields = content.kind === "fields" ? { ...source, ...formChanges(content.form, source) } : source;
  const name = typeof fields.name === "string" ? fields.name : "";
  const place = `monitors/${fileNameFor(name)}`;
  const draft = await draftNew({ ...managing, file: place, fields });
  const isTaken = typeof (await fileText({ root: ui.wiring.root, file: place })) === "string";
  if (!isTaken) return draft;
  const { monitor: _, ...rest } = draft;
  return {
    ...rest,
    problems: [{ file: place, path: "name", message: shown.terms.nameTaken(place) }, ...draft.problems],
  };
}

function withBreaks(text: string, like: string): string {
  return like.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
}

function isFine({ monitor }: Draft): boolean {
  return monitor !== undefined;
}

/** The form, with what is wrong in it once somebody wanted to go on. */
async function showForm(target: Target, posted: Posted, wrong?: Draft): Promise<Response> {
  const { context, shown, file, action, back, name, text } = target;
  const { terms, frame, formToken } = shown;
  const draft = wrong ?? (await draftOf(target, posted));
  const found = await foundFor(target.ui, posted, frame.language);
  const fields = file === null ? {} : (fieldsIn(file, text ?? "") ?? {});
  // A broken file says at once what is wrong; a new list only once somebody wants to go on.
  const problems = wrong?.problems ?? (file === null ? [] : draft.problems);
  const page: FormPage = {
    frame,
    terms,
    formToken,
    title: file !== null ? terms.editTitle(plainText(name)) : action === NEW_PLAN ? terms.newPlan : terms.newList,
    action,
    back,
    file,
    base: posted.base,
    content: posted.content,
    problems,
    kept: unknownFields(fields),
    isPlan: action === NEW_PLAN || isPlanForm(formOf(fieldsOf(target, posted.base) ?? {})),
    lists: shown.read.monitors
      .filter((one) => one.plan === undefined && one.parts.length > 0)
      .map((one) => ({ id: one.id, name: one.name })),
    timezones: Intl.supportedValuesOf("timeZone"),
    beside: await besideOf(target, { ...draft, problems }),
    found,
  };
  return context.html(await pageOf(formPage(page), shown), wrong === undefined ? 200 : 422);
}

/** Only the cards beside the form, for its script. */
async function live(target: Target, posted: Posted): Promise<Response> {
  const cards = await besideOf(target, await draftOf(target, posted));
  return target.context.html(String(await cards));
}

async function besideOf({ shown }: Target, draft: Draft, outcome?: ListOutcome) {
  const { monitor, problems, file, before, after } = draft;
  const diff = await fileDiff({ path: file, before, after });
  return effectCards({ monitor, problems, diff, now: shown.now, outcome }, shown);
}

async function look(target: Target, posted: Posted): Promise<Response> {
  const draft = await draftOf(target, posted);
  return isFine(draft) ? showChange(target, { posted, draft }) : showForm(target, posted, draft);
}

async function showChange(
  target: Target,
  { posted, draft, status = 200 }: { readonly posted: Posted; readonly draft: Draft; readonly status?: 200 | 409 },
): Promise<Response> {
  const { ui, shown, context, action, back, text } = target;
  const { terms } = shown;
  const isOther = isOnOther(target, posted);
  // A change that could not be made at all stays what was typed, and a change of what it began with.
  const isMade = draft.monitor !== undefined || draft.after !== draft.before;
  const merged = isOther && isMade && posted.content.kind === "fields" ? fieldsIn(draft.file, draft.after) : null;
  const base = text === null || (isOther && !isMade) ? posted.base : text;
  // From here on it is a change of the present file.
  const content = merged === null ? posted.content : ({ kind: "fields", form: formOf(merged) } as const);
  const outcome = draft.monitor === undefined ? undefined : await outcomeNow(ui, shown, draft.monitor);
  const page = changePage({
    frame: shown.frame,
    terms,
    title: draft.before === null ? terms.newTitle(draft.file) : terms.changeTitle(draft.file),
    lead: terms.seenBefore,
    action,
    carried: [["form", shown.formToken], ["seen", draft.after], ...carriedForm({ base, content })],
    ...(isOther ? { theirs: await fileDiff({ path: draft.file, before: posted.base, after: text }) } : {}),
    isWhole: posted.content.kind === "text",
    beside: await besideOf(target, draft, outcome),
    write: terms.writeIt,
    isBroken: draft.monitor === undefined || draft.before === draft.after,
    back,
    withForm: true,
  });
  return context.html(await pageOf(page, shown), status);
}

/** Whether somebody else has changed the file since the form began. */
function isOnOther({ text }: Target, { base }: Posted): boolean {
  return base !== null && text !== null && base !== text;
}

async function write(target: Target, posted: Posted): Promise<Response> {
  const { ui, context, shown } = target;
  const draft = await draftOf(target, posted);
  if (isOnOther(target, posted)) return showChange(target, { posted, draft, status: 409 });
  if (!isFine(draft)) return showForm(target, posted, draft);
  const seenText = (await sentForm(context)).get("seen")?.replaceAll("\r\n", "\n");
  // What the page showed is what is written; anything else is shown first.
  if (seenText !== draft.after.replaceAll("\r\n", "\n")) return showChange(target, { posted, draft, status: 409 });
  const written = await writeDraft({ root: ui.wiring.root, draft });
  if (written.kind === "refused") return refused(context, shown, problemText(written.problem));
  if (written.kind === "changed") {
    if (written.now === null) return refused(context, shown, shown.terms.fileGone(draft.file));
    const other = { ...target, text: written.now };
    return showChange(other, { posted, draft: await draftOf(other, posted), status: 409 });
  }
  return context.redirect(PAGE_ADDRESSES.list(draft.monitor?.id ?? "") ?? "/", 303);
}

/** Switches a list on or off: a change like any other, which the page shows before it is written. */
async function switched(ui: Ui, context: Context): Promise<Response> {
  const target = await targetOf(ui, context);
  const fields = target === undefined || target.file === null ? null : fieldsIn(target.file, target.text ?? "");
  if (target === undefined || fields === null) return context.notFound();
  const form = formOf(fields);
  return look(target, {
    step: "look",
    base: target.text,
    content: { kind: "fields", form: { ...form, active: !form.active } },
  });
}
