// The comment on a pull request: everything that it changes, within GitHub's limits.

import { clip, plainText } from "../text/plain-text.ts";
import { markdownText } from "../view/markdown.ts";
import { fitCount } from "../view/message.ts";
import { code, lackingWords, notificationWords, scheduleLines, someOf, sortWords, summaryWords } from "./describe.ts";
import type { Detail } from "./effect.ts";
import type { Changes, MonitorPreview, PullRequestPreview } from "./from-change.ts";
import { briefSection, brokenSection, deletedSection, monitorSection } from "./section.ts";

/** GitHub takes 65,536 characters. */
const MOST_BODY = 65_000;
/** Rows of the table of all monitors, and files that were broken before. */
const MOST_ROWS = 50;

const DETAILS: readonly Detail[] = [
  { rows: 50, all: true },
  { rows: 20, all: true },
  { rows: 8, all: false },
  { rows: 3, all: false },
];
const LEAST: Detail = { rows: 3, all: false };

export interface PreviewFrame {
  /** Hidden; the comment is found by it. */
  readonly marker: string;
  /** The pull request's newest commit; absent where it is not known. */
  readonly commit: string | undefined;
  readonly at: Date;
}

/** The comment, at most MOST_BODY characters: whole rows and whole monitors only, and how many more there are. */
export function previewBody(preview: PullRequestPreview, frame: PreviewFrame): string {
  const { marker, at } = frame;
  const head = [marker, TITLE, summaryWords(preview.changes), ...overview(preview), ...leftBroken(preview.changes)];
  const foot = `Nobody was notified and nothing was recorded: this is what the next run would do${asOf(frame)}.`;
  const room = MOST_BODY - [...head, foot].join("\n\n").length - 200;
  const sections = sectionsOf(preview, at);
  for (const detail of DETAILS) {
    const all = sections.map(({ full }) => full(detail));
    if (total(all) <= room) return [...head, ...all, foot].join("\n\n");
  }
  return [...head, ...mixed(sections, room), foot].join("\n\n");
}

/** The comment when nothing is changed any more. */
export function takenBackBody(frame: PreviewFrame): string {
  return [
    frame.marker,
    TITLE,
    `The change was reverted: all monitors are as before, and this pull request would notify nobody${asOf(frame)}.`,
  ].join("\n\n");
}

const TITLE = "# Partwatch: what this pull request changes";

function asOf({ commit }: PreviewFrame): string {
  return commit === undefined ? "" : `, as of ${code(commit.slice(0, 12))}`;
}

function overview({ monitors }: PullRequestPreview): readonly string[] {
  if (monitors.length === 0) return [];
  const rows = monitors.slice(0, MOST_ROWS).map(overviewRow);
  const table = ["| Monitor | Change | Short today | Would be notified |", "| --- | --- | --- | --- |", ...rows].join(
    "\n",
  );
  return [table, ...(monitors.length > MOST_ROWS ? [`and ${monitors.length - MOST_ROWS} more`] : [])];
}

function overviewRow({ change, effect }: MonitorPreview): string {
  const { monitor, sort } = change;
  const name = markdownText(clip(plainText(monitor.name), 60));
  const what = sort === "renamed" ? sort : sortWords(change, 4);
  const delivered =
    effect === undefined ? "as before" : notificationWords({ change, effect: withoutDialogue(effect) }, 2);
  return `| ${name} (${markdownText(monitor.id)}) | ${what} | ${lackingWords(effect)} | ${delivered} |`;
}

/** A long answer is in the monitor's own section. */
function withoutDialogue(effect: NonNullable<MonitorPreview["effect"]>): typeof effect {
  if (effect.kind === "failed" || typeof effect.notification !== "string") return effect;
  return { ...effect, notification: "the state cannot be read" };
}

function leftBroken({ brokenBefore }: Changes): readonly string[] {
  if (brokenBefore.length === 0) return [];
  return [`Broken before, and not by this pull request: ${someOf(brokenBefore.map(code), 10)}.`];
}

interface Section {
  readonly full: (detail: Detail) => string;
  readonly brief: string;
}

/** What must be fixed comes first. */
function sectionsOf({ changes, monitors, deleted }: PullRequestPreview, at: Date): readonly Section[] {
  return [
    ...changes.broken.map((file) => ({
      full: (detail: Detail) => brokenSection(file, detail),
      brief: brokenSection(file, { rows: 1 }),
    })),
    ...monitors.map((monitor) => {
      let schedule: readonly string[] | undefined;
      return {
        // Several lengths are tried; the schedule is the same in all of them, and takes longest to describe.
        full: (detail: Detail) => {
          schedule ??= scheduleLines(monitor.change, at);
          return monitorSection(monitor, { at, schedule, ...detail });
        },
        brief: briefSection(monitor),
      };
    }),
    ...deleted.map((one) => ({
      full: (detail: Detail) => deletedSection(one, detail),
      brief: deletedSection(one, { rows: 1 }),
    })),
  ];
}

/** As many sections as fit, the first of them with their tables. */
function mixed(sections: readonly Section[], room: number): readonly string[] {
  const count = fitCount(
    sections.map(({ brief }) => brief.length + 2),
    room,
  );
  const shown = sections.slice(0, count);
  let used = total(shown.map(({ brief }) => brief));
  const texts = shown.map(({ full, brief }) => {
    const text = full(LEAST);
    if (used - brief.length + text.length > room) return brief;
    used += text.length - brief.length;
    return text;
  });
  if (count === sections.length) return texts;
  return [...texts, `and ${sections.length - count} more, that do not fit here`];
}

function total(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length + 2, 0);
}
