import { textsFor } from "./catalogue.ts";
import { changedSection } from "./change.ts";
import { formatFor, type Language } from "./format.ts";
import { lineSections } from "./lines.ts";
import { partsSection } from "./parts.ts";
import { plainText, webAddress } from "./plain-text.ts";
import { remarkSections, stockSections } from "./remarks.ts";
import { standingOf } from "./standing.ts";
import type { Section, Tone } from "./table.ts";
import type { FactId } from "./texts.ts";
import type { Viewing, ViewLinks, ViewOf } from "./viewing.ts";

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
  /** Counts in one line. */
  readonly counts: string;
  readonly checkedAt: string;
  /** Since when this episode lasts; absent where nothing is short. */
  readonly since?: string;
  /** The summary. */
  readonly facts: readonly Fact[];
  /** In the order in which they are read; a section without content is not there. */
  readonly sections: readonly Section[];
  readonly links: { readonly monitorFile?: string; readonly run?: string; readonly inventree?: string };
}

export interface Fact {
  readonly id: FactId;
  readonly label: string;
  readonly text: string;
  readonly tone: Tone;
}

/** Makes the view model of a report. Throws a RangeError if the monitor's zone does not exist. */
export function viewOf(of: ViewOf): View {
  const format = formatFor(of.monitor);
  const texts = textsFor(format);
  const standing = standingOf(of.report);
  const viewing: Viewing = { ...of, format, texts, standing };
  const status = standing.covered ? "covered" : "short";
  return {
    language: of.monitor.language,
    name: plainText(of.monitor.name),
    description: plainText(of.monitor.description),
    status,
    statusWords: standing.covered ? texts.subjectCovered : texts.subjectShort,
    headline: headline(viewing),
    counts: texts.preheader({ ...standing, coverage: format.percent(of.report.summary.coverage) }),
    checkedAt: texts.checkedAt(format.instant(of.at)),
    ...(status === "short" && of.episode?.open === true
      ? { since: texts.shortSince(format.dayOf(new Date(of.episode.since))) }
      : {}),
    facts: facts(viewing),
    sections: [
      ...changedSection(viewing),
      ...lineSections(viewing),
      ...stockSections(viewing),
      ...remarkSections(viewing),
      ...partsSection(viewing),
    ],
    links: links(of.links),
  };
}

function headline({ standing, texts }: Viewing): string {
  const watched = standing.low + standing.out;
  if (standing.short > 0) return texts.partsShort(standing.short);
  return watched > 0 ? texts.watchedShort(watched) : texts.allCovered;
}

function facts({ report, standing, format, texts }: Viewing): Fact[] {
  const { summary } = report;
  const fact = (id: FactId, text: string, tone: Tone): Fact => ({ id, label: texts.facts[id], text, tone });
  const count = (id: FactId, number: number, tone: Tone) =>
    fact(id, format.quantity(number), number > 0 ? tone : "muted");
  const watched = report.watched !== undefined || standing.low + standing.out > 0;
  const list = summary.parts_requested > 0 || summary.lines > 0;
  return [
    ...(list || !watched
      ? [
          count("requested", summary.parts_requested, "muted"),
          fact(
            "available",
            format.quantity(summary.parts_available),
            summary.parts_available < summary.parts_requested ? "bad" : "good",
          ),
          fact("coverage", format.percent(summary.coverage), summary.coverage < 100 ? "warn" : "good"),
          count("short", standing.short, "bad"),
          count("to_build", standing.toBuild, "warn"),
          count("critical", standing.critical, "warn"),
        ]
      : []),
    ...(summary.unresolved > 0 ? [count("unresolved", summary.unresolved, "bad")] : []),
    ...(watched ? [count("low", standing.low, "warn"), count("out", standing.out, "bad")] : []),
  ];
}

function links(given: ViewLinks = {}): View["links"] {
  const monitorFile = webAddress(given.monitorFile);
  const run = webAddress(given.run);
  const inventree = webAddress(given.inventree);
  return {
    ...(monitorFile === undefined ? {} : { monitorFile }),
    ...(run === undefined ? {} : { run }),
    ...(inventree === undefined ? {} : { inventree }),
  };
}
