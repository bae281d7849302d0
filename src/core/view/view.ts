import { defined } from "../records.ts";
import { plainText, webAddress } from "../text/plain-text.ts";
import { changedSection } from "./change.ts";
import { lateDeliveries } from "./deliveries.ts";
import { formatFor, type Language } from "./format.ts";
import { lineSections } from "./lines.ts";
import { newsOf } from "./news.ts";
import { remarkSections, stockSections } from "./notes.ts";
import { partsSection } from "./parts.ts";
import { summarize, unsilencedLines } from "./report-status.ts";
import type { Section, Tone } from "./table.ts";
import type { FactId } from "./texts/texts.ts";
import { textsFor } from "./texts/texts-for.ts";
import type { ViewContext, ViewInput, ViewLinks } from "./view-context.ts";

/** A report as people read it, the same for mail, step summary, terminal and page. All texts are in the monitor's language. */
export interface View {
  readonly language: Language;
  /** The monitor's name. */
  readonly name: string;
  readonly description: string;
  /** covered: nothing is short, low or out. */
  readonly status: "short" | "covered";
  /** `parts short` or `all covered`: the end of a subject. */
  readonly statusWords: string;
  readonly headline: string;
  /** What changed and what to order, in a line; empty where there is neither. */
  readonly news: string;
  /** Counts in one line. */
  readonly counts: string;
  readonly checkedAt: string;
  /** Since when this episode lasts; absent where nothing is short. */
  readonly since?: string;
  /** The summary. */
  readonly facts: readonly Fact[];
  /** In the order in which they are read; a section without content is not there. */
  readonly sections: readonly Section[];
  readonly links: Pick<ViewLinks, "monitorFile" | "editFile" | "issue" | "run" | "inventree">;
}

interface Fact {
  readonly id: FactId;
  readonly label: string;
  readonly text: string;
  readonly tone: Tone;
  /** Something that people act on. */
  readonly isTask: boolean;
}

/** Makes the view model of a report. Throws a RangeError if the monitor's zone does not exist. */
export function viewOf(options: ViewInput): View {
  const format = formatFor(options.monitor);
  const texts = textsFor(format);
  const reportStatus = summarize(options.report);
  const viewing: ViewContext = { ...options, format, texts, reportStatus };
  const status = reportStatus.covered ? "covered" : "short";
  return {
    language: options.monitor.language,
    name: plainText(options.monitor.name),
    description: plainText(options.monitor.description),
    status,
    statusWords: statusWords(viewing),
    headline: headline(viewing),
    news: newsOf(viewing),
    counts: texts.preheader({ ...reportStatus, coverage: format.percent(options.report.summary.coverage) }),
    checkedAt: texts.checkedAt(format.instant(options.at)),
    ...(status === "short" && options.episode?.open === true
      ? { since: texts.shortSince(format.dayOf(new Date(options.episode.since))) }
      : {}),
    facts: facts(viewing),
    sections: [
      ...changedSection(viewing),
      ...lineSections(viewing),
      ...stockSections(viewing),
      ...remarkSections(viewing),
      ...partsSection(viewing),
    ],
    links: links(options.links),
  };
}

function statusWords({ reportStatus, texts }: ViewContext): string {
  if (reportStatus.covered) return texts.subjectCovered;
  return reportStatus.short + reportStatus.low + reportStatus.out > 0 ? texts.subjectShort : texts.subjectLate;
}

function headline({ reportStatus, texts }: ViewContext): string {
  const watched = reportStatus.low + reportStatus.out;
  const late = reportStatus.late > 0 ? [texts.notInTime(reportStatus.late)] : [];
  if (reportStatus.short > 0) return [texts.partsShort(reportStatus.short), ...late].join(" · ");
  if (watched > 0) return [texts.watchedShort(watched), ...late].join(" · ");
  return late[0] ?? texts.allCovered;
}

/** First what people act on, then what the list as a whole is like. */
function facts(viewing: ViewContext): Fact[] {
  const { report, reportStatus, format, texts } = viewing;
  const { summary } = report;
  const fact = (id: FactId, text: string, tone: Tone): Fact => ({
    ...{ id, label: texts.facts[id], text, tone },
    isTask: TASKS.includes(id),
  });
  const count = (id: FactId, number: number, tone: Tone) =>
    fact(id, format.quantity(number), number > 0 ? tone : "muted");
  const watched = report.watched !== undefined || reportStatus.low + reportStatus.out > 0;
  const list = summary.parts_requested > 0 || summary.lines > 0 || !watched;
  const unsilenced = unsilencedLines(viewing);
  return [
    ...(list
      ? [
          count("to_order", unsilenced.filter((line) => line.to_order > 0).length, "bad"),
          count("overdue", lateDeliveries(unsilenced), "bad"),
          count("to_build", reportStatus.toBuild, "warn"),
          count("critical", reportStatus.critical, "warn"),
        ]
      : []),
    ...((report.ready ?? []).some(({ needed_by }) => needed_by !== null)
      ? [count("late", reportStatus.late, "bad")]
      : []),
    ...(summary.unresolved > 0 ? [count("unresolved", summary.unresolved, "bad")] : []),
    ...(watched ? [count("low", reportStatus.low, "warn"), count("out", reportStatus.out, "bad")] : []),
    ...(list
      ? [
          count("short", reportStatus.short, "bad"),
          count("requested", summary.parts_requested, "muted"),
          fact(
            "available",
            format.quantity(summary.parts_available),
            summary.parts_available < summary.parts_requested ? "bad" : "good",
          ),
          fact("coverage", format.percent(summary.coverage), summary.coverage < 100 ? "warn" : "good"),
        ]
      : []),
  ];
}

const TASKS: readonly FactId[] = ["to_order", "overdue", "to_build", "critical", "late", "unresolved", "low", "out"];

function links(given: ViewLinks = {}): View["links"] {
  const monitorFile = webAddress(given.monitorFile);
  const editFile = webAddress(given.editFile);
  const issue = webAddress(given.issue);
  const run = webAddress(given.run);
  const inventree = webAddress(given.inventree);
  return {
    ...defined({ monitorFile, editFile, issue, run, inventree }),
  };
}
