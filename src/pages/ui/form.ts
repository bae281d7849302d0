// The form of a list: the content of its file, its problems, and beside it the effect.
import { html } from "hono/html";
import {
  type FormRow,
  type ListForm,
  ROW_FIELDS,
  type RowField,
  type TextField,
  type WordField,
} from "../../core/form/list-form.ts";
import { isError, type Problem } from "../../core/problem.ts";
import { isDay } from "../../core/schedule/days.ts";
import { plainText } from "../../core/text/plain-text.ts";
import { heading } from "../components.ts";
import type { Markup } from "../markup.ts";
import type { PageContent } from "../shell.ts";
import type { Said } from "./plain.ts";
import type { Terms } from "./terms.ts";

/** A part that a search found. */
export interface FoundPart {
  /** As a list names it: `ipn=X`, its name, or `#42` where several have that. */
  readonly words: string;
  /** "": the words say it all. */
  readonly pk: string;
  readonly name: string;
  readonly ipn: string;
  /** null: the server does not say. */
  readonly free: string | null;
}

export interface FormPage extends Said {
  readonly formToken: string;
  readonly title: string;
  /** Where it is posted to. */
  readonly action: string;
  /** Where it was opened from. */
  readonly back: string;
  readonly file: string | null;
  /** The text that it began with, of a copy that of its source; null: a new list. */
  readonly base: string | null;
  readonly content:
    | { readonly kind: "fields"; readonly form: ListForm }
    | { readonly kind: "text"; readonly text: string };
  readonly problems: readonly Problem[];
  /** Fields of the file that stay as they are. */
  readonly kept: readonly string[];
  /** It has lists instead of parts. */
  readonly isPlan: boolean;
  /** Those that a plan may have. */
  readonly lists: readonly { readonly id: string; readonly name: string }[];
  readonly timezones: readonly string[];
  readonly beside: Markup;
  /** What was found for a row of parts. */
  readonly found?:
    | { readonly row: number; readonly parts: readonly FoundPart[]; readonly failure?: string }
    | undefined;
}

const MOST_LISTS = 60;

/** The page. It works without its script: every button posts the whole form. */
export function formPage(page: FormPage): PageContent {
  const { frame, terms, formToken, title, action, back, file, base, content, beside } = page;
  const body = html`${heading({
    crumbs: html`<a href="${frame.to.page("lists")}">${frame.texts.pages.lists}</a>`,
    title,
    lead: file === null ? (page.isPlan ? terms.newPlanFile : terms.newFile) : terms.staysAsItIs(file),
  })}
<div class="cols"><div><section class="card"><form method="post" action="${action}" class="edit" data-live="${action}" novalidate>
<button type="submit" name="step" value="look" class="heard" tabindex="-1">${terms.lookAtChange}</button>
<input type="hidden" name="form" value="${formToken}"><input type="hidden" name="base" value="${JSON.stringify(base)}">
${problemSummary(page)}
${content.kind === "text" ? textArea(content.text, page) : fields(content.form, page)}
<p class="actions"><button type="submit" class="main" name="step" value="look">${terms.lookAtChange}</button><a class="button" href="${back}">${terms.leave}</a></p>
</form></section></div><aside id="beside" aria-live="polite" aria-label="${terms.whatItWouldDo}">${beside}</aside></div>`;
  return { title, current: "lists", body };
}

function problemSummary({ problems, terms }: FormPage): Markup {
  const errors = problems.filter(isError);
  if (errors.length === 0) return "";
  return html`<div class="note" id="problems" tabindex="-1" data-focus><p><strong class="bad">${terms.problemCount(errors.length)}</strong></p><ul>${errors.map(problemItem)}</ul></div>`;
}

/** With a link to its field, where there is one. */
export function problemItem(problem: Problem): Markup {
  const id = fieldOf(problem.path);
  const words = `${problem.path === undefined || problem.path === "" ? "" : `${problem.path}: `}${plainText(problem.message)}`;
  return html`<li>${id === undefined ? words : html`<a href="#${id}" data-field="${id}">${words}</a>`}</li>`;
}

/** The control that a path of the file belongs to: `parts[2].quantity`, `recipients[0]`. */
function fieldOf(path: string | undefined): string | undefined {
  const match = /^(\w+)(?:\[(\d+)\](?:\.(\w+))?)?/.exec(path ?? "");
  const [, name = "", index, column] = match ?? [];
  if (name === "parts" || name === "watch" || name === "silences") {
    const shown: readonly string[] = ROW_FIELDS[name];
    return index === undefined
      ? name
      : `${name}-${index}-${column !== undefined && shown.includes(column) ? column : "part"}`;
  }
  return name === "" ? undefined : `f-${name}`;
}

function textArea(text: string, { terms }: FormPage): Markup {
  return html`<p class="field"><label for="f-text">${terms.wholeText}</label><textarea id="f-text" name="text" rows="24" spellcheck="false" class="code">${text}</textarea><span class="hint">${terms.onlyAsText}</span></p>`;
}

function fields(form: ListForm, page: FormPage): Markup {
  const { terms, kept, isPlan } = page;
  const text = (name: TextField | WordField, hint = "") => textField(name, { form, page, hint });
  return html`${text("name", terms.hints.name)}
${isPlan ? html`${text("lists", terms.hints.lists)}${listPresets(page)}` : ""}
${hasNoParts(form, isPlan) ? "" : rowsField("parts", { form, page })}
${text("cron_schedule", terms.hints.cron_schedule)}
<p class="presets">${terms.presets.map(([cron, words]) => html`<button type="button" class="preset" data-cron="${cron}" hidden>${words}</button>`)}</p>
${text("timezone")}
${text("recipients", terms.hints.recipients)}
<div class="pair">${choice("notify_condition", { form, page, choices: ["", "on_change", "always", "digest"] })}${text("remind_after", terms.hints.remind_after)}</div>
<p class="field check"><label><input type="checkbox" name="f.active" value="true"${form.active ? " checked" : ""}> ${terms.labels.active}</label></p>
${
  // Folded, but open where something is set there.
  html`<details class="more"${form.rows.watch.length + form.rows.silences.length > 0 || page.problems.length > 0 ? " open" : ""}><summary>${terms.more}</summary>
<p class="field"><label for="f-description">${terms.labels.description}</label><textarea id="f-description" name="f.description" rows="3">${form.texts.description}</textarea></p>
<div class="pair">${isPlan && form.texts.needed_by === "" ? "" : text("needed_by", terms.hints.needed_by)}${choice("language", { form, page, choices: ["", "en", "de"] })}</div>
<div class="pair">${text("tags", terms.hints.tags)}${text("instance")}</div>
${rowsField("watch", { form, page })}
${rowsField("silences", { form, page })}
${kept.length === 0 ? "" : html`<p class="hint">${terms.kept(kept.map(plainText).join(", "))}</p>`}</details>`
}
<datalist id="zones">${page.timezones.map((zone) => html`<option value="${zone}"></option>`)}</datalist>`;
}

/** The lists to choose from: to be clicked, and to be read by whoever types. */
function listPresets({ lists, terms }: FormPage): Markup {
  const shown = lists.slice(0, MOST_LISTS);
  const ids = shown.map(({ id, name }) => (id === name ? plainText(id) : `${plainText(id)} (${plainText(name)})`));
  return html`<p class="presets">${[{ id: "all", name: terms.allLists }, ...shown].map(({ id, name }) => html`<button type="button" class="preset" data-list="${id}" hidden>${plainText(name)}</button>`)}</p>
<noscript><p class="hint">${terms.listsHere(ids.join("; "))}</p></noscript>`;
}

/** What a plan should not have and has all the same is shown: what is not sent back goes. */
function hasNoParts({ rows }: ListForm, isPlan: boolean): boolean {
  return isPlan && rows.parts.length === 0;
}

interface Field {
  readonly form: ListForm;
  readonly page: FormPage;
}

function textField(name: TextField | WordField, { form, page, hint }: Field & { readonly hint: string }): Markup {
  const { labels } = page.terms;
  const list = name === "timezone" ? html` list="zones"` : "";
  const described = hint === "" ? "" : html` aria-describedby="h-${name}"`;
  return html`<p class="field"><label for="f-${name}">${labels[name]}</label><input type="text" id="f-${name}" name="f.${name}" value="${form.texts[name]}" autocomplete="off"${list}${described}${invalid(`f-${name}`, page)}>${
    hint === "" ? "" : html`<span class="hint" id="h-${name}">${hint}</span>`
  }</p>`;
}

function choice(
  name: "notify_condition" | "language",
  { form, page, choices }: Field & { readonly choices: readonly string[] },
): Markup {
  const { labels, choiceWords } = page.terms;
  const value = form.texts[name];
  const all = choices.includes(value) ? choices : [...choices, value];
  return html`<p class="field"><label for="f-${name}">${labels[name]}</label><select id="f-${name}" name="f.${name}"${invalid(`f-${name}`, page)}>${all.map(
    (one) => html`<option value="${one}"${one === value ? " selected" : ""}>${choiceWords(one)}</option>`,
  )}</select></p>`;
}

function invalid(id: string, { problems }: FormPage): Markup {
  const isWrong = problems.some((problem) => isError(problem) && fieldOf(problem.path) === id);
  return isWrong ? html` aria-invalid="true"` : "";
}

/** Rows of parts, rules or silences; one that is emptied goes. */
function rowsField(name: RowField, { form, page }: Field): Markup {
  const { terms, found } = page;
  const columns = ROW_FIELDS[name];
  const rows = [
    ...form.rows[name],
    ...Array.from({ length: name === "parts" && form.rows.parts.length === 0 ? 3 : 1 }, () => EMPTY),
  ];
  return html`<fieldset class="rows" id="${name}" tabindex="-1"><legend>${terms.labels[name]}</legend>${rows.map(
    (row, index) => {
      const id = (column: string) => `${name}-${index}-${column}`;
      return html`<div class="row ${name}">${row.was === null ? "" : html`<input type="hidden" name="r.${name}.${index}.was" value="${row.was}">`}${columns.map(
        (column) => {
          const search = column === "part" ? html` class="part" data-search autocomplete="off"` : "";
          const value = row.cells[column] ?? "";
          // A date field would show nothing of what is no day.
          const type = column === "until" && (value === "" || isDay(value)) ? "date" : "text";
          const mode = column === "quantity" || column === "minimum" ? html` inputmode="decimal" class="n"` : "";
          return html`<span class="cell ${column}"><label class="small" for="${id(column)}">${terms.columns[column]}<span class="heard"> ${index + 1}</span></label><input type="${type}" id="${id(column)}" name="r.${name}.${index}.${column}" value="${value}"${search}${mode}${invalid(id(column), page)}></span>`;
        },
      )}<span class="cell acts">${
        name === "parts"
          ? html`<button type="submit" name="step" value="find-${index}" class="quiet find-part" aria-label="${terms.findPart(index + 1)}">${terms.find}</button>`
          : ""
      }<button type="submit" name="step" value="drop-${name}-${index}" class="quiet" aria-label="${terms.dropRow(index + 1)}">×</button></span></div>${
        name === "parts" && found?.row === index ? foundList(found, page) : ""
      }`;
    },
  )}<p><button type="submit" name="step" value="rows-${name}">${terms.moreRows}</button></p></fieldset>`;
}

const EMPTY: FormRow = { was: null, cells: {} };

function foundList(found: NonNullable<FormPage["found"]>, { terms }: FormPage): Markup {
  if (found.failure !== undefined) return html`<p class="hint bad">${plainText(found.failure)}</p>`;
  if (found.parts.length === 0) return html`<p class="hint">${terms.foundTitle(0)}</p>`;
  return html`<ul class="taken">${found.parts.map(
    (part) =>
      html`<li><button type="submit" name="step" value="take-${found.row}-${part.words}">${foundPart(part, terms)}</button></li>`,
  )}</ul>`;
}

/** A part that was found, as one line. */
export function foundPart({ name, ipn, pk, free }: FoundPart, terms: Terms): Markup {
  const more = [ipn, pk].filter((words) => words !== "").map(plainText);
  return html`<strong>${plainText(name)}</strong> ${more.join(" ")} <span class="mute">${free === null ? "" : terms.free(free)}</span>`;
}
