import type { Change, ChangeRow } from "../notification/change.ts";
import { hasNoQuantity } from "../notification/significant.ts";
import { plainText } from "../text/plain-text.ts";
import { neededCell, partHref, quantityCell } from "./cells.ts";
import { changedRows, type ShownChange } from "./changed-rows.ts";
import type { Format } from "./format.ts";
import { type ColumnPlan, type Section, type Tone, tableOf } from "./table.ts";
import type { ViewContext } from "./view-context.ts";

const TONES: Readonly<Record<ChangeRow["sort"], Tone>> = {
  new: "bad",
  worsened: "bad",
  corrected: "bad",
  improved: "good",
  resolved: "good",
};

/** What changed against what was last notified; for a first notification that it is one, since then everything is new. */
export function changedSection(viewing: ViewContext): Section[] {
  const { change, texts, reportStatus } = viewing;
  if (change === undefined) return [];
  const silenced = change.nowSilenced?.length ?? 0;
  const lead = [
    texts.changeLead(change, reportStatus.covered),
    doubtWords(viewing),
    change.listEdited ? (viewing.report.plan === undefined ? texts.listEdited : texts.plan.edited) : "",
    silenced > 0 ? texts.nowSilenced(silenced) : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
  const rows = change.kind === "first" ? [] : changedRows(change.rows);
  if (lead === "" && rows.length === 0) return [];
  return [
    {
      id: "changed",
      title: texts.sections.changed,
      ...(lead === "" ? {} : { lead }),
      ...tableOf({ titles: texts.columns, plan: plan(viewing), rows }),
      notes: [],
    },
  ];
}

/** Messages of unknown fate, by their times: of another day with the date. Empty where there are none. */
export function doubtWords({
  change,
  at,
  format,
  texts,
}: Pick<ViewContext, "at" | "format" | "texts"> & {
  readonly change?: Pick<Change, "corrects" | "saidAt"> | undefined;
}): string {
  const today = format.dayOf(at);
  const words = (text: string) => {
    const instant = new Date(text);
    return format.dayOf(instant) === today ? format.time(instant) : format.instant(instant);
  };
  const times = (change?.corrects ?? []).map(words);
  return [
    ...(change?.saidAt === undefined ? [] : [texts.mayHaveSaidThis(words(change.saidAt))]),
    ...(times.length === 0 ? [] : [texts.mayHaveSaidOtherwise(times.join(", "))]),
  ].join(" ");
}

/** `short`, or `critical → short` where it was something else before. */
export function kindWords(
  { kind, was }: ShownChange,
  { changeKind }: Pick<ViewContext["texts"], "changeKind">,
): string {
  return was === undefined ? changeKind[kind] : `${changeKind[was]} → ${changeKind[kind]}`;
}

/** Whether a change can be seen in whole pieces: one by less than a piece is shown exactly. */
export function isVisible(
  { before, now }: Pick<ChangeRow, "before" | "now">,
  { needed }: Pick<Format, "needed">,
): boolean {
  return before === null || now === null || needed(before) !== needed(now);
}

function plan(viewing: ViewContext): ColumnPlan<ShownChange>[] {
  const { texts, report } = viewing;
  const units = new Map([...report.lines, ...(report.watched ?? [])].map((line) => [line.pk, line.units]));
  const quantity = (row: ChangeRow, value: number | null) => {
    if (value === null || hasNoQuantity(row.kind)) return { text: "–" };
    const options = { value, units: typeof row.part === "number" ? (units.get(row.part) ?? "") : "" };
    return (isVisible(row, viewing.format) ? neededCell : quantityCell)(viewing, options);
  };
  return [
    { id: "change", priority: 1, cell: (row) => ({ text: texts.change[row.sort], tone: TONES[row.sort] }) },
    {
      id: "part",
      priority: 1,
      cell: (row) => ({
        text: plainText(row.name === "" ? String(row.part) : row.name),
        ...(typeof row.part === "number" ? partHref(viewing, row.part) : {}),
      }),
    },
    { id: "kind", priority: 3, cell: (row) => ({ text: kindWords(row, texts) }) },
    { id: "before", priority: 2, align: "right", cell: (row) => quantity(row, row.before) },
    { id: "now", priority: 1, align: "right", cell: (row) => quantity(row, row.now) },
  ];
}
