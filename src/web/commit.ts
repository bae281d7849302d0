// Commits and pushes what was written, once somebody has seen all of it and confirms.
import { createHash } from "node:crypto";
import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { maskedText } from "../app/dashboard/public-text.ts";
import { workflowsAfter } from "../app/workflows-after.ts";
import { WORKFLOW_FOLDERS } from "../core/workflow/workflow.ts";
import { card, heading, note } from "../pages/components.ts";
import type { Markup } from "../pages/markup.ts";
import type { PageContent } from "../pages/shell.ts";
import { diffBlock } from "../pages/ui/effect.ts";
import { fileDiff } from "../system/file-diff.ts";
import { commitFiles, commitsAhead, committedText, push, uncommitted } from "../system/git-work.ts";
import { readText } from "../system/read-text.ts";
import { hasWorkflow } from "../system/workflow-files.ts";
import { openCheckout } from "../wire/checkout.ts";
import { type Shown, seen, sentForm, showing, type Ui } from "./context.ts";
import { refused } from "./refused.ts";

const PATHS = ["monitors", "partwatch.yaml", ...WORKFLOW_FOLDERS] as const;

/** Adds it to the routes. */
export function addCommitting(app: Hono, ui: Ui): void {
  app.get(
    "/commit",
    showing(ui, (shown) => commitPage(ui, shown)),
  );
  app.post("/commit", (context) => act(ui, context));
}

/** How many files that matter are changed and not committed. */
export async function uncommittedCount({ wiring: { root } }: Ui): Promise<number> {
  return (await uncommitted(root, PATHS)).length;
}

interface Changed {
  readonly file: string;
  readonly diff: string;
}

async function changes({ wiring: { root } }: Ui): Promise<readonly Changed[]> {
  const files = await uncommitted(root, PATHS);
  return Promise.all(
    files.map(async (file) => {
      const [before, after] = await Promise.all([committedText(root, file), readText(root, file)]);
      return { file, diff: await fileDiff({ path: file, before, after }) };
    }),
  );
}

function digestOf(all: readonly Changed[]): string {
  return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}

async function commitPage(ui: Ui, shown: Shown): Promise<PageContent> {
  const { terms, formToken } = shown;
  const { root } = ui.wiring;
  const [all, ahead] = await Promise.all([changes(ui), commitsAhead(root)]);
  const { due } = await workflowsAfter({
    root,
    write: false,
    read: await openCheckout(root).readForWorkflows(shown.now),
  });
  const hasWorkflows = shown.read.namesWorkflows || hasWorkflow(root);
  const title = all.length === 0 ? terms.allCommitted : terms.commitTitle;
  const key = html`<input type="hidden" name="form" value="${formToken}">`;
  const body = html`${heading({ title, lead: all.length === 0 ? "" : terms.commitLead })}
${due && hasWorkflows ? note({ hue: "warn", shape: "critical", word: terms.workflowsDue, text: "" }) : ""}
${all.map(({ file, diff }): Markup => card({ title: file, body: diffBlock(diff, shown) }))}
${
  all.length === 0
    ? ""
    : html`<form method="post" action="/commit" class="card edit">${key}<input type="hidden" name="seen" value="${digestOf(all)}"><p class="field"><label for="message">${terms.commitMessage}</label><input type="text" id="message" name="message" value="${messageOf(all)}" required></p><p><button type="submit" class="main" name="action" value="commit">${terms.commit}</button></p></form>`
}
${
  (ahead ?? 0) === 0
    ? ""
    : html`<form method="post" action="/commit" class="card">${key}<p>${terms.ahead(ahead ?? 0)} <button type="submit" name="action" value="push"${all.length === 0 ? html` class="main"` : ""}>${terms.push}</button></p></form>`
}`;
  return { title, current: "lists", body };
}

function messageOf(all: readonly Changed[]): string {
  const names = all.map(({ file }) => file.replace(/^.*\/|\.ya?ml$/g, ""));
  const shown = names.slice(0, 3).join(", ");
  return `Update ${shown}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
}

async function act(ui: Ui, context: Context): Promise<Response> {
  const [form, shown, all] = [await sentForm(context), await seen(ui, context), await changes(ui)];
  const { root } = ui.wiring;
  const message = (form.get("message") ?? "").trim();
  try {
    if (form.get("action") === "push") await push(ui.wiring);
    else if (form.get("seen") !== digestOf(all)) return refused(context, shown, shown.terms.stale);
    else await commitFiles({ root, files: all.map(({ file }) => file), message: message || messageOf(all) });
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    const words = said || (error instanceof Error ? error.message : String(error));
    return refused(context, shown, maskedText(words, shown.secrets));
  }
  return context.redirect("/commit", 303);
}
