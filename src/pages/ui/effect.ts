// What a change of a list would do: what is wrong with it, when it would be checked, what is short then, the lines of the file.
import { html } from "hono/html";
import type { Monitor } from "../../core/monitor.ts";
import { isError, type Problem } from "../../core/problem.ts";
import { cronInWords } from "../../core/schedule/describe.ts";
import { nextOccurrences } from "../../core/schedule/schedule.ts";
import { plainText } from "../../core/text/plain-text.ts";
import { printable } from "../../core/text/printable.ts";
import { card, icon } from "../components.ts";
import { datesFor } from "../dates.ts";
import type { Markup } from "../markup.ts";
import { problemItem } from "./form.ts";
import type { Said } from "./plain.ts";

export interface EffectView {
  /** Absent where it cannot be used. */
  readonly monitor?: Monitor | undefined;
  readonly problems: readonly Problem[];
  readonly diff: string;
  readonly now: Date;
  /** What stands in InvenTree at this moment; absent: nobody asked. */
  readonly outcome?: ListOutcome | undefined;
}

export type ListOutcome =
  | {
      readonly kind: "known";
      readonly short: number;
      /** At the last check; null: it was never checked. */
      readonly before: number | null;
      /** Names of what would be short and was not. */
      readonly added: readonly string[];
      /** Whom a run would notify now. */
      readonly told: readonly string[];
    }
  | { readonly kind: "unknown"; readonly message: string };

/** The cards beside the form. */
export function effectCards(effect: EffectView, said: Said): Markup {
  const { terms } = said;
  return html`${card({ title: terms.whatItWouldDo, body: html`<ul class="steps">${items(effect, said)}</ul>` })}
${card({ title: terms.inTheFile, body: diffBlock(effect.diff, said) })}`;
}

function items({ monitor, problems, outcome, now }: EffectView, { frame, terms }: Said): Markup {
  const errors = problems.filter(isError);
  const warnings = problems.filter((problem) => !isError(problem));
  return html`${errors.length === 0 ? "" : html`<li class="bad">${icon("broken")}<div>${terms.problemCount(errors.length)}<ul>${errors.map(problemItem)}</ul></div></li>`}${
    warnings.length === 0
      ? ""
      : html`<li class="warn">${icon("critical")}<div><ul>${warnings.map(problemItem)}</ul></div></li>`
  }${outcome === undefined ? "" : outcomeItems(outcome, { frame, terms })}${
    monitor === undefined
      ? ""
      : html`${pooled(monitor, { frame, terms })}${told(monitor, { frame, terms })}${checks(monitor, { now, said: { frame, terms } })}`
  }`;
}

function outcomeItems(outcome: ListOutcome, { frame, terms }: Said): Markup {
  if (outcome.kind === "unknown")
    return html`<li class="warn">${icon("failed")}<div>${terms.outcomeUnknown}<span class="sub">${plainText(outcome.message)}</span></div></li>`;
  const { short, before, added, told: people } = outcome;
  const names = added.slice(0, 5).map(plainText).join(", ");
  const rest = added.length > 5 ? ` ${frame.texts.more(frame.format.quantity(added.length - 5))}` : "";
  return html`<li class="${short > 0 ? "bad" : "good"}">${icon(short > 0 ? "short" : "enough")}<div>${terms.shortThen(short, before)}${
    names === "" ? "" : html`<span class="sub">+ ${names}${rest}</span>`
  }</div></li><li>${icon("letter")}<div>${people.length === 0 ? terms.nobodyNow : terms.toldNow(people.map(plainText).join(", "))}</div></li>`;
}

/** That it is no list of its own. */
function pooled({ plan }: Monitor, { terms }: Said): Markup {
  return plan === undefined ? "" : html`<li>${icon("new")}<div>${terms.planOf(plan.members.length)}</div></li>`;
}

function told({ recipients, active }: Monitor, { terms }: Said): Markup {
  if (!active) return html`<li>${icon("inactive")}<div>${terms.switchedOff}</div></li>`;
  return html`<li>${icon("letter")}<div>${recipients.length === 0 ? terms.noRecipients : terms.notifies(recipients.map(plainText).join(", "))}</div></li>`;
}

function checks(
  monitor: Monitor,
  { now, said: { frame, terms } }: { readonly now: Date; readonly said: Said },
): Markup {
  const { cron_schedule: cron, timezone } = monitor;
  const dates = datesFor({ language: frame.language, timezone });
  const next = nextOccurrences({ cron, timezone, after: now, count: 3 }).map((at) => dates.minute(at));
  return html`<li>${icon("new")}<div>${cronInWords(cron, frame.language)} (${timezone})<span class="sub">${next.length === 0 ? terms.never : `${frame.texts.next}: ${next.join("; ")}`}</span></div></li>`;
}

/** The lines that change, as text: + and - say what colour says. */
export function diffBlock(diff: string, { terms }: Said): Markup {
  if (diff === "") return html`<p class="hint">${terms.nothingChanges}</p>`;
  const lines = diff
    .replace(/\n$/, "")
    .split("\n")
    .filter((line) => !/^(?:diff --git|index |--- |\+\+\+ |new file mode|deleted file mode|\\ No newline)/.test(line));
  return html`<pre class="diff" tabindex="0" aria-label="${terms.inTheFile}">${lines.map((line) => {
    if (line.startsWith("+")) return html`<ins>${printable(line, 500)}</ins>`;
    if (line.startsWith("-")) return html`<del>${printable(line, 500)}</del>`;
    return html`<span>${line.startsWith("@@") ? "…" : printable(line, 500)}</span>`;
  })}</pre>`;
}
