import { html } from "hono/html";
import type { ListRow } from "../core/overview/lists.ts";
import type { Overview } from "../core/overview/overview.ts";
import { problemText } from "../core/problem.ts";
import { plainText } from "../core/text/plain-text.ts";
import { textsFor } from "../core/view/texts/texts-for.ts";
import { instant, link, note } from "./components.ts";
import type { Frame } from "./frame.ts";
import type { Markup } from "./markup.ts";

/** Files whose notes are not said again as an incident. */
const FILE = "file:";

/** Everything that keeps figures from being what they seem, the worst first. */
export function troubleNotes(overview: Overview, frame: Frame): Markup {
  const { lists } = overview;
  const broken = lists.filter(({ status, problems }) => status === "broken" && problems.length > 0);
  return html`${overview.brokenFiles.map((file) => brokenFile(file, frame))}${incidentNotes(overview, frame)}${brokenLists(
    broken,
    frame,
  )}${stateNotes(overview, frame)}${overdueNotes(
    lists.filter(({ overdueSince }) => overdueSince !== null),
    frame,
  )}`;
}

function brokenFile({ file, problems }: Overview["brokenFiles"][number], { texts }: Frame): Markup {
  const text = problems.map(problemText).map(plainText).slice(0, 3).join(" ");
  return note({
    hue: "bad",
    shape: "broken",
    word: texts.fileBroken(plainText(file)),
    text: `${text} ${texts.nothingChecked}`,
  });
}

function incidentNotes({ incidents }: Overview, { texts, format, dates }: Frame): Markup {
  const { admin } = textsFor(format);
  const shown = incidents.filter(({ key }) => !key.startsWith(FILE));
  return html`${shown.map((incident) => {
    const told = Object.values(incident.opened).sort()[0];
    const admins = told === undefined ? "" : ` ${texts.adminsTold(dates.minute(new Date(told)))}`;
    return note({
      hue: "bad",
      shape: "failed",
      word: `${plainText(admin.title(incident.key))}.`,
      text: html`${texts.since(dates.minute(new Date(incident.since)))} ${plainText(incident.cause)}${admins}`,
      fix: admin.usualFix(incident.key, incident.cause),
    });
  })}`;
}

function brokenLists(lists: readonly ListRow[], frame: Frame): Markup {
  const [first] = lists;
  if (first === undefined) return "";
  const { texts, to } = frame;
  const named = lists.slice(0, 5).map((list) => {
    const [problem] = list.problems;
    return html`${link(plainText(list.name), to.list(list.id))}: ${problem === undefined ? "" : plainText(problemText(problem))} `;
  });
  const more = lists.length - 5;
  return note({
    hue: "bad",
    shape: "broken",
    word: texts.listsBroken(lists.length),
    text: html`${named}${more > 0 ? texts.more(frame.format.quantity(more)) : ""}`,
  });
}

function stateNotes({ brokenState }: Overview, { texts }: Frame): Markup {
  return html`${brokenState.map(({ path, message }) =>
    note({ hue: "bad", shape: "broken", word: texts.stateBroken, text: plainText(`${path}: ${message}`) }),
  )}`;
}

function overdueNotes(lists: readonly ListRow[], { texts, dates }: Frame): Markup {
  const since = lists.flatMap(({ overdueSince }) => overdueSince ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
  if (since === undefined) return "";
  return note({
    hue: "warn",
    shape: "critical",
    word: texts.checksOverdue(lists.length),
    text: html`${texts.expectedAt} ${instant(since, dates.minute(since))}. ${texts.lookAtSchedule}`,
  });
}
