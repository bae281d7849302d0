import { html } from "hono/html";
import type { Diagnosis } from "../../core/diagnosis.ts";
import { plainText } from "../../core/text/plain-text.ts";
import { card, heading, lines, state, table } from "../components.ts";
import type { PageContent } from "../shell.ts";
import type { Look } from "../states.ts";
import type { Said } from "./plain.ts";

/** A setting by its name; its value is nobody's business here. */
export interface SettingSource {
  readonly name: string;
  /** null: it is not set. */
  readonly from: "environment" | ".env" | null;
}

const LOOKS: Readonly<Record<Diagnosis["level"], Look>> = {
  ok: { shape: "enough", hue: "good" },
  warning: { shape: "critical", hue: "warn" },
  broken: { shape: "failed", hue: "bad" },
};

/** What is set up, and what was found when somebody last asked whether it works. */
export function settingsPage({
  frame,
  terms,
  formToken,
  settings,
  found,
}: Said & {
  readonly formToken: string;
  readonly settings: readonly SettingSource[];
  readonly found: { readonly at: Date; readonly diagnoses: readonly Diagnosis[] } | null;
}): PageContent {
  const diagnoses = found?.diagnoses ?? [];
  const count = (level: Diagnosis["level"]) => diagnoses.filter((one) => one.level === level).length;
  const title = found === null ? frame.texts.pages.settings : terms.doctorTitle(count("broken"), count("warning"));
  const body = html`${heading({
    title,
    lead: found === null ? terms.doctorLead : frame.texts.footer(frame.dates.minute(found.at)),
    actions: html`<form method="post" action="/settings"><input type="hidden" name="form" value="${formToken}"><button type="submit" class="main">${terms.lookAtAll}</button></form>`,
  })}
${
  found === null
    ? ""
    : card({
        title: terms.doesItWork,
        body: html`<div lang="en">${table({
          caption: terms.doesItWork,
          columns: [{ title: frame.texts.columns.state }, { title: terms.finding }],
          rows: diagnoses.map(({ area, level, message, fix }) => [
            state(terms.levels[level], LOOKS[level]),
            lines(html`<strong>${plainText(area)}</strong> ${plainText(message)}`, fix === null ? "" : plainText(fix)),
          ]),
        })}</div>`,
      })
}
${card({
  title: terms.settings,
  body: table({
    caption: terms.settings,
    columns: [{ title: terms.setting }, { title: frame.texts.columns.state }],
    rows: settings.map(({ name, from }) => [
      html`<code>${plainText(name)}</code>`,
      from === null ? html`<span class="mute">${terms.notSet}</span>` : terms.setIn(from),
    ]),
  }),
})}
<p class="files"><a href="/mails">${terms.allMails}</a></p>`;
  return { title, current: "settings", body };
}
