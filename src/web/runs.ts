// Checks that somebody starts on a page: dry unless they have answered the question who is notified.
import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { maskedText } from "../app/dashboard/public-text.ts";
import type { MonitorOutcome } from "../app/run/state-delta.ts";
import { runsPage } from "../pages/runs.ts";
import { checkPage, logLine, type RunList, type RunRow, runPage, runsHere } from "../pages/ui/run.ts";
import { openCheckout } from "../wire/checkout.ts";
import { whoIsHere } from "./alerts.ts";
import { type Shown, seen, sentForm, showing, type Ui } from "./context.ts";
import { listsToCheck, recipientNames } from "./people.ts";
import { refused } from "./refused.ts";
import type { Runner, StartedRun } from "./runner.ts";

/** Adds them to the routes. */
export function addRuns(app: Hono, ui: Ui, runner: Runner): void {
  const rows = (shown: Shown) => runner.all().map((one) => rowOf(one, shown));
  app.get(
    "/runs",
    showing(ui, (shown) => {
      const page = runsPage(shown.overview, shown.frame);
      return { ...page, body: html`${runsHere(rows(shown), shown)}${page.body}` };
    }),
  );
  app.get(
    "/check",
    showing(ui, (shown, { req }) =>
      question(ui, { shown, runner, id: undefined, isReal: req.query("for") === "real" }),
    ),
  );
  app.get(
    "/lists/:id/check",
    showing(ui, (shown, { req }) =>
      question(ui, { shown, runner, id: req.param("id"), isReal: req.query("for") === "real" }),
    ),
  );
  app.post("/runs", (context) => start(ui, { context, runner }));
  app.get(
    "/runs/:number",
    showing(ui, (shown, { req }) => {
      const run = runner.named(req.param("number") ?? "");
      return run === undefined ? undefined : runPage({ ...shown, run: rowOf(run, shown), log: run.log });
    }),
  );
  app.post("/runs/:number/stop", (context) => {
    const run = runner.named(context.req.param("number"));
    if (run === undefined) return context.notFound();
    run.stop();
    return context.redirect(`/runs/${run.number}`, 303);
  });
  app.get("/runs/:number/events", (context) => {
    const run = runner.named(context.req.param("number"));
    return run === undefined ? context.notFound() : events(run, context);
  });
}

interface Question {
  readonly shown: Shown;
  readonly runner: Runner;
  readonly id: string | undefined;
  readonly isReal: boolean;
}

async function question(ui: Ui, { shown, runner, id, isReal }: Question) {
  const monitors = listsToCheck(shown.read, id);
  if (monitors === undefined) return undefined;
  const { branch, defaultBranch } = await openCheckout(ui.wiring.root).describe();
  const onDefaultBranch = branch !== undefined && branch === defaultBranch;
  const [only] = id === undefined ? [] : monitors;
  return checkPage({
    ...shown,
    list: only === undefined ? null : { id: only.id, name: only.name },
    people: recipientNames(monitors),
    isReal: isReal && onDefaultBranch,
    onDefaultBranch,
    isBusy: runner.all().some((one) => one.status() === "running"),
  });
}

async function start(
  ui: Ui,
  { context, runner }: { readonly context: Context; readonly runner: Runner },
): Promise<Response> {
  const [form, shown] = [await sentForm(context), await seen(ui, context)];
  const id = form.get("list") || undefined;
  const monitors = listsToCheck(shown.read, id);
  if (monitors === undefined) return context.notFound();
  const dryRun = form.get("mode") !== "real";
  const people = recipientNames(monitors);
  // Whoever said yes said it to these people.
  if (!dryRun && form.get("people") !== people.join(", ")) return refused(context, shown, shown.terms.othersTold);
  const [only] = id === undefined ? [] : monitors;
  const list = only === undefined ? null : { id: only.id, name: only.name };
  const mode = dryRun ? ({ dryRun } as const) : ({ dryRun, people, words: shown.terms } as const);
  const run = runner.start({ ...mode, list, by: await whoIsHere(ui), now: shown.now });
  if (run === undefined) return refused(context, shown, shown.terms.busy);
  return context.redirect(`/runs/${run.number}`, 303);
}

/** The lines of its log from where the browser was, then its end: a connection that was lost goes on there. */
function events(run: StartedRun, context: Context): Response {
  const last = context.req.header("last-event-id") ?? context.req.query("after") ?? "0";
  let sent = /^\d{1,6}$/.test(last) ? Number(last) : 0;
  let unwatch = () => {};
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const tell = () => {
        for (; sent < run.log.length; sent += 1) {
          const line = String(logLine(run.log[sent] ?? "")).replaceAll("\n", " ");
          controller.enqueue(encoder.encode(`id: ${sent + 1}\ndata: ${line}\n\n`));
        }
        if (run.status() === "running") return;
        unwatch();
        controller.enqueue(encoder.encode("event: end\ndata: -\n\n"));
        controller.close();
      };
      unwatch = run.watch(tell);
      tell();
    },
    cancel: () => unwatch(),
  });
  return context.body(stream, 200, { "content-type": "text/event-stream; charset=utf-8" });
}

function rowOf(run: StartedRun, { secrets }: Shown): RunRow {
  const result = run.result();
  const clean = (text: string) => maskedText(text, secrets);
  const failure = run.failure();
  const end = run.finishedAt();
  return {
    number: run.number,
    at: run.startedAt,
    by: run.by,
    list: run.list?.name ?? null,
    dryRun: run.dryRun,
    status: run.status(),
    ms: end === null ? null : end.getTime() - run.startedAt.getTime(),
    failure: failure === null ? null : clean(failure),
    lists: (result?.outcomes ?? []).map((outcome) => listOf(outcome, clean)),
    failures: [...(result?.failures ?? []), ...(result?.ended == null ? [] : [result.ended])].map(clean),
  };
}

function listOf(outcome: MonitorOutcome, clean: (text: string) => string): RunList {
  const { id, name, recipients } = outcome.selected.monitor;
  if (outcome.kind !== "checked")
    return {
      id,
      name,
      short: null,
      failure: outcome.kind === "failed" ? clean(outcome.failure.message) : null,
      told: [],
    };
  const told = outcome.notifications.deliveries.flatMap(({ channel, outcome: result }) => {
    if (result.kind === "accepted") return channel === "email" ? result.accepted : [channel];
    return result.kind === "would_notify" ? (channel === "email" ? recipients : [channel]) : [];
  });
  return { id, name, short: outcome.checked.report.summary.short, failure: null, told };
}
