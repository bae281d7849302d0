import { html } from "hono/html";
import type { Plan } from "../core/monitor.ts";
import type { ListRow } from "../core/overview/lists.ts";
import { problemText } from "../core/problem.ts";
import { clip, plainText } from "../core/text/plain-text.ts";
import type { Section } from "../core/view/table.ts";
import { textsFor } from "../core/view/texts/texts-for.ts";
import type { View } from "../core/view/view.ts";
import { empty, heading, jumps, note, pill, type Tile, tiles } from "./components.ts";
import type { Frame } from "./frame.ts";
import { howManyCards } from "./how-many.ts";
import { type ListTime, listTime } from "./list-time.ts";
import type { Markup } from "./markup.ts";
import { sectionCard } from "./sections.ts";
import type { PageContent } from "./shell.ts";
import { listLook, listWords } from "./states.ts";

/** Of a table; the CSV has all. */
export const MAX_ROWS = 200;

export interface ListPage extends ListTime {
  /** The report as delivered; null: nothing was delivered yet. */
  readonly view: View | null;
  /** Files about this list: its address in the repository, the CSV. */
  readonly files: readonly { readonly text: string; readonly href: string }[];
  readonly actions?: Markup;
  /** At most so many rows of each table. */
  readonly rows?: number;
}

/** One list: where it stands, the tables of its mail, its alerts, history and checks. */
export function listPage(page: ListPage, frame: Frame): PageContent {
  const { list, view, files, rows = MAX_ROWS, actions = "" } = page;
  const { texts, to } = frame;
  const name = plainText(list.name);
  const time = listTime(page, frame);
  const body = html`${heading({
    crumbs: html`<a href="${to.page("lists")}">${texts.pages.lists}</a> / ${plainText(list.id)}`,
    pill: pill(listWords(list, frame), listLook(list)),
    title: name,
    lead: leadOf(list, frame),
    actions,
  })}
${listNotes(list, frame)}
${view === null || list.report === null ? "" : listTiles(page, frame)}
${howManyCards(list, frame)}
${view === null ? noReport(list, frame) : sections(view.sections, { frame, rows, between: time })}
${view === null ? time : ""}
${files.length === 0 ? "" : html`<p class="files">${files.map(({ text, href }) => html`<a href="${href}">${text}</a>`)}</p>`}`;
  return { title: name, current: "lists", body, language: frame.language };
}

function leadOf({ since, monitor, status }: ListRow, { texts, dates }: Frame): Markup {
  const description = monitor === null ? "" : clip(plainText(monitor.description), 600);
  const words = since === null || status === "inactive" ? "" : `${texts.shortSince(dates.day(since))} `;
  const plan =
    monitor?.plan === undefined ? "" : `${texts.planOf(monitor.plan.members.length)}: ${plannedNames(monitor.plan)}. `;
  return html`${plan}${words}${description}`;
}

function plannedNames({ members }: Plan): string {
  // Names of lists like to have commas.
  return clip(members.map(({ name }) => plainText(name)).join("; "), 300);
}

function listNotes(list: ListRow, frame: Frame): Markup {
  const { texts, dates } = frame;
  const { problems, lastRun, lastSuccess, overdueSince, reportedAt, result, report } = list;
  const old = lastSuccess === null ? texts.neverKnown : texts.figuresOf(dates.minute(lastSuccess));
  const isOlder = report !== null && result !== null && reportedAt !== null && report.summary.short !== result.short;
  return html`${problems.map((problem) =>
    note({ hue: "bad", shape: "broken", word: texts.notChecked, text: `${plainText(problemText(problem))} ${old}` }),
  )}${
    lastRun?.outcome === "failed"
      ? note({
          hue: "bad",
          shape: "failed",
          word: list.isStale ? texts.checkFailed : texts.notificationFailed,
          text: `${plainText(lastRun.error?.message ?? "")} ${list.isStale ? old : ""}`,
        })
      : ""
  }${
    overdueSince === null
      ? ""
      : note({
          hue: "warn",
          shape: "critical",
          word: texts.checksOverdue(1),
          text: `${texts.expectedAt} ${dates.minute(overdueSince)}. ${texts.lookAtSchedule} ${old}`,
        })
  }${
    list.status === "unreadable"
      ? note({ hue: "bad", shape: "broken", word: texts.stateBroken, text: texts.stateBrokenList })
      : ""
  }${
    isOlder && !list.isStale
      ? note({
          hue: "warn",
          shape: "letter",
          word: texts.toldBefore(report.summary.short, dates.minute(reportedAt)),
          text: texts.foundNow(result.short),
        })
      : ""
  }`;
}

function listTiles({ list, view }: ListPage, frame: Frame): Markup {
  const { texts, format, dates } = frame;
  const { report, delivered } = list;
  if (report === null || view === null) return "";
  const dim = list.isStale ? { hue: "mute" as const } : {};
  const facts = new Map(view.facts.map((fact) => [fact.id, fact]));
  const fact = (id: "available" | "short" | "coverage" | "low" | "out"): Tile[] => {
    const found = facts.get(id);
    if (found === undefined) return [];
    const of = id === "available" ? facts.get("requested") : undefined;
    const hue = found.tone === "muted" ? {} : { hue: found.tone };
    return [
      {
        label: found.label,
        figure: found.text,
        ...(of === undefined ? {} : { of: texts.of(of.text) }),
        line:
          id === "coverage" ? texts.coverageLine(report.summary.parts_available, report.summary.parts_requested) : "",
        ...hue,
        ...dim,
      },
    ];
  };
  const order = view.sections.find(({ id }) => id === "to_order");
  const cost = report.cost;
  const at = delivered.map((one) => one.at).sort((a, b) => b.getTime() - a.getTime())[0];
  const built = buildable(list, frame);
  return tiles([
    ...(built === undefined ? fact("available") : [{ ...built, ...dim }]),
    ...fact("coverage"),
    ...(facts.has("coverage")
      ? [
          {
            label: textsFor(format).sections.to_order,
            figure: format.quantity(order?.total ?? 0),
            line:
              cost !== undefined && cost.to_order.max > 0
                ? texts.about(format.money(cost.to_order.max, cost.currency))
                : texts.partsToOrder(order?.total ?? 0),
            ...(order === undefined ? {} : { href: "#to_order" }),
            ...dim,
          },
        ]
      : [...fact("low"), ...fact("out")]),
    {
      label: texts.tiles.notified,
      figure: delivered.length === 0 ? "–" : delivered.map(({ channel }) => texts.channel(channel)).join(", "),
      line: at === undefined ? texts.nobodyNotified : dates.minute(at),
    },
  ]);
}

/** Where the list asks for one assembly: how many of it stock allows. */
function buildable({ report, monitor }: ListRow, { texts, format }: Frame): Tile | undefined {
  const [assembly, ...others] = Object.entries(report?.can_build ?? {});
  const figures = assembly?.[1];
  const wanted = monitor?.parts.length === 1 ? monitor.parts[0]?.quantity : undefined;
  if (report === null || others.length > 0 || typeof figures?.all_levels !== "number" || wanted === undefined)
    return undefined;
  const names = new Map(report.lines.map(({ pk, name }) => [pk, name]));
  const limits = figures.limited_by.flatMap((pk) => names.get(pk) ?? report.names?.[pk] ?? []).map(plainText);
  const enough = figures.all_levels >= wanted;
  return {
    label: texts.tiles.canBuild,
    figure: format.quantity(figures.all_levels),
    of: texts.of(format.quantity(wanted)),
    line: limits.length === 0 ? "" : texts.limitedBy(clip(limits.slice(0, 2).join(", "), 60)),
    hue: enough ? "good" : "bad",
  };
}

/** What somebody has to act on; the rest explains it. */
const URGENT: readonly Section["id"][] = [
  "plan_lists",
  "not_for_all",
  "missing",
  "watched",
  "to_order",
  "chase",
  "on_its_way",
  "to_build",
  "critical",
  "problems",
];

function sections(
  all: readonly Section[],
  { frame, rows, between }: { readonly frame: Frame; readonly rows: number; readonly between: Markup },
): Markup {
  const shown = all.filter(({ id }) => id !== "changed");
  const { texts, format } = frame;
  const items = shown.map(({ id, title, total }) => ({
    text: `${title} ${total > 0 ? format.quantity(total) : ""}`.trim(),
    href: `#${id}`,
  }));
  const isCovered = !shown.some(({ id }) => id === "missing" || id === "watched");
  const cards = (sections: readonly Section[]) =>
    sections.map((section) =>
      sectionCard(byUrgency(section), { frame, rows: section.id === "parts" ? rows : Math.min(rows, 100) }),
    );
  return html`${jumps(texts.onThisPage, items)}${
    isCovered
      ? html`<section class="card">${empty({ shape: "enough", hue: "good", title: textsFor(format).allCovered, text: "" })}</section>`
      : ""
  }${cards(shown.filter(({ id }) => URGENT.includes(id)))}${between}${cards(shown.filter(({ id }) => !URGENT.includes(id)))}`;
}

/** Of all parts those that matter come first: a page shows no more than so many. */
function byUrgency(section: Section): Section {
  const status = section.columns.findIndex(({ id }) => id === "status");
  if (section.id !== "parts" || status === -1) return section;
  const rank = (row: Section["rows"][number]) => {
    const tone = row.cells[status]?.tone;
    return tone === "bad" ? 0 : tone === "warn" ? 1 : 2;
  };
  return { ...section, rows: section.rows.toSorted((a, b) => rank(a) - rank(b)) };
}

function noReport(list: ListRow, { texts }: Frame): Markup {
  if (list.status === "broken" || list.status === "unreadable") return "";
  return html`<section class="card">${empty({
    shape: "new",
    hue: "mute",
    title: list.lastCheck === null ? texts.neverChecked : texts.nothingTold,
    text: list.lastCheck === null ? texts.firstCheck : texts.nothingToldText,
  })}</section>`;
}
