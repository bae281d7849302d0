// A run that was started here, and the question before it.
import { html } from "hono/html";
import { plainText } from "../../core/text/plain-text.ts";
import { printable } from "../../core/text/printable.ts";
import { card, empty, heading, icon, instant, link, note, pill, state, table } from "../components.ts";
import type { Markup } from "../markup.ts";
import type { PageContent } from "../shell.ts";
import type { Look } from "../states.ts";
import type { Said } from "./plain.ts";

/** What is said of a run. */
export interface RunRow {
  readonly number: number;
  readonly at: Date;
  readonly by: string;
  /** null: all active lists. */
  readonly list: string | null;
  readonly dryRun: boolean;
  readonly status: "running" | "done" | "failed";
  readonly ms: number | null;
  readonly failure: string | null;
  readonly lists: readonly RunList[];
  /** What failed, and why it ended early. */
  readonly failures: readonly string[];
}

export interface RunList {
  readonly id: string;
  readonly name: string;
  readonly short: number | null;
  readonly failure: string | null;
  /** Who was notified, or in a dry run would be. */
  readonly told: readonly string[];
}

export interface CheckPage extends Said {
  readonly formToken: string;
  /** null: all active lists. */
  readonly list: { readonly id: string; readonly name: string } | null;
  /** Everybody whom a real run may notify. */
  readonly people: readonly string[];
  readonly isReal: boolean;
  /** Only on the default branch anybody is notified. */
  readonly onDefaultBranch: boolean;
  readonly isBusy: boolean;
}

/** Dry, or for real: the second only by a page of its own that names who would be notified. */
export function checkPage(page: CheckPage): PageContent {
  const { frame, terms, formToken, list, people, isReal, onDefaultBranch, isBusy } = page;
  const name = list === null ? terms.allActive : plainText(list.name);
  const back = list === null ? frame.to.page("overview") : (frame.to.list(list.id) ?? frame.to.page("overview"));
  const at = list === null ? "/check" : `${frame.to.list(list.id)}/check`;
  const hidden = html`<input type="hidden" name="form" value="${formToken}"><input type="hidden" name="list" value="${list?.id ?? ""}">`;
  const names = people.map(plainText).join(", ");
  const title = isReal ? terms.reallyTitle : terms.checkTitle(name);
  const body = html`${heading({ title, lead: isReal ? name : terms.checkLead })}
${isBusy ? note({ hue: "warn", shape: "coming", word: terms.busy, text: html`<a href="/runs">${frame.texts.pages.runs}</a>` }) : ""}
${onDefaultBranch ? "" : note({ hue: "warn", shape: "critical", word: terms.otherBranch, text: "" })}
${
  isReal
    ? card({
        title: terms.whoIsTold,
        body: html`<p>${people.length === 0 ? terms.nobodyAtAll : terms.tells(names)}</p><p class="hint">${terms.adminsToo}</p><form method="post" action="/runs" class="actions spaced">${hidden}<input type="hidden" name="people" value="${people.join(", ")}"><button type="submit" class="main" name="mode" value="real">${terms.yesNotify}</button><a class="button" href="${back}">${terms.no}</a></form>`,
      })
    : card({
        title: terms.dryTitle,
        body: html`<p>${terms.dryText}</p><form method="post" action="/runs" class="actions spaced">${hidden}<button type="submit" class="main" name="mode" value="dry">${terms.dryRun}</button>${onDefaultBranch ? html`<a class="button" href="${at}?for=real">${terms.forReal}</a>` : ""}<a class="button" href="${back}">${terms.leave}</a></form>`,
      })
}`;
  return { title, current: "runs", body };
}

export interface RunPage extends Said {
  readonly formToken: string;
  readonly run: RunRow;
  readonly log: readonly string[];
}

/** A run: what it found, its log; while it runs, live. */
export function runPage({ frame, terms, formToken, run, log }: RunPage): PageContent {
  const { texts, dates } = frame;
  const isRunning = run.status === "running";
  const name = run.list === null ? terms.allActive : plainText(run.list);
  const title = isRunning
    ? terms.checking(name)
    : run.status === "failed"
      ? terms.runFailed(name)
      : terms.checked(name);
  const stop = isRunning
    ? html`<form method="post" action="/runs/${run.number}/stop"><input type="hidden" name="form" value="${formToken}"><button type="submit">${terms.stop}</button></form>`
    : "";
  const body = html`${heading({
    crumbs: html`<a href="${frame.to.page("runs")}">${texts.pages.runs}</a> / ${run.number}`,
    pill: pill(terms.runStatus[run.status], LOOKS[run.status]),
    title,
    lead: html`${run.dryRun ? terms.dryWords : terms.realWords} ${terms.startedBy(plainText(run.by), dates.minute(run.at))}`,
    actions: stop,
  })}
${run.failure === null ? "" : note({ hue: "bad", shape: "failed", word: terms.failedTitle, text: plainText(run.failure) })}
${run.failures.length === 0 ? "" : note({ hue: "bad", shape: "failed", word: terms.someFailed, text: html`<ul>${run.failures.map((words) => html`<li>${plainText(words)}</li>`)}</ul>` })}
<div class="cols even"><div>${card({ title: terms.whatItDoes, aside: run.ms === null ? "" : texts.took(run.ms), body: steps(run, { frame, terms }) })}</div><div>${card(
    {
      title: terms.log,
      body: html`<div class="log" role="log" tabindex="0" aria-label="${terms.log}"${isRunning ? html` data-events="/runs/${run.number}/events?after=${log.length}"` : ""}>${log.map(logLine)}</div>`,
    },
  )}</div></div>`;
  return { title, current: "runs", body, ...(isRunning ? { refresh: 2 } : {}) };
}

const LOOKS: Readonly<Record<RunRow["status"], Look>> = {
  running: { shape: "coming", hue: "info" },
  done: { shape: "enough", hue: "good" },
  failed: { shape: "failed", hue: "bad" },
};

/** One line of a log, as the browser gets it also while it runs. */
export function logLine(line: string): Markup {
  const level = /^\S+ (error|warning)/.exec(line)?.[1];
  const hue = level === "error" ? "bad" : level === "warning" ? "warn" : "";
  return html`<p class="${hue}">${printable(line, 1000)}</p>`;
}

function steps({ lists, status, dryRun }: RunRow, { frame, terms }: Said): Markup {
  if (lists.length === 0)
    return status === "running"
      ? html`<p class="mute">${terms.reading}</p>`
      : empty({ shape: "unchanged", hue: "mute", title: terms.nothingChecked, text: "" });
  return html`<ul class="steps">${lists.map(({ id, name, short, failure, told }) => {
    const shape = failure !== null ? "failed" : (short ?? 0) > 0 ? "short" : "enough";
    const hue = failure !== null || (short ?? 0) > 0 ? "bad" : "good";
    const people = told.map(plainText).join(", ");
    const words = told.length === 0 ? terms.toldNobody : dryRun ? terms.wouldTell(people) : terms.hasTold(people);
    return html`<li><span class="${hue}">${icon(shape)}</span><div>${link(plainText(name), frame.to.list(id))} ${
      failure === null
        ? frame.texts.counts.short(frame.format.quantity(short ?? 0))
        : html`<span class="bad">${plainText(failure)}</span>`
    }<span class="sub">${words}</span></div></li>`;
  })}</ul>`;
}

/** The runs that were started here, above the checks of everybody. */
export function runsHere(runs: readonly RunRow[], { frame, terms }: Said): Markup {
  if (runs.length === 0) return "";
  const { texts, dates } = frame;
  return card({
    title: terms.runsHere,
    body: table({
      caption: terms.runsHere,
      columns: [
        { title: texts.columns.when },
        { title: texts.columns.list },
        { title: texts.columns.result },
        { title: texts.columns.duration, align: "right", room: "wide" },
      ],
      rows: runs.map((run) => [
        html`<a href="/runs/${run.number}">${instant(run.at, dates.minute(run.at))}</a>`,
        run.list === null ? terms.allActive : plainText(run.list),
        html`${state(terms.runStatus[run.status], LOOKS[run.status])}<span class="sub">${run.dryRun ? terms.dryWords : terms.realWords}</span>`,
        run.ms === null ? "–" : texts.took(run.ms),
      ]),
    }),
  });
}
