import type { Change, ChangeRow } from "../telling/change.ts";
import { partHref, quantityCell } from "./cells.ts";
import { plainText } from "./plain-text.ts";
import { type ColumnPlan, type Section, type Tone, tableOf } from "./table.ts";
import type { Viewing } from "./viewing.ts";

const TONES: Readonly<Record<ChangeRow["sort"], Tone>> = {
  new: "bad",
  worsened: "bad",
  corrected: "bad",
  improved: "good",
  resolved: "good",
};

/** What changed against what was last told; for a first telling that it is one, since then everything is new. */
export function changedSection(viewing: Viewing): Section[] {
  const { change, texts, standing } = viewing;
  if (change === undefined) return [];
  const silenced = change.nowSilenced?.length ?? 0;
  const lead = [
    texts.changeLead(change, standing.covered),
    doubtWords(viewing),
    change.listEdited ? texts.listEdited : "",
    silenced > 0 ? texts.nowSilenced(silenced) : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
  const rows = change.kind === "first" ? [] : change.rows;
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
}: Pick<Viewing, "at" | "format" | "texts"> & { readonly change?: Pick<Change, "corrects"> | undefined }): string {
  const instants = (change?.corrects ?? []).map((text) => new Date(text));
  if (instants.length === 0) return "";
  const today = format.dayOf(at);
  const times = instants.map((one) => (format.dayOf(one) === today ? format.time(one) : format.instant(one)));
  return texts.mayHaveSaidOtherwise(times.join(", "));
}

function plan(viewing: Viewing): ColumnPlan<ChangeRow>[] {
  const { texts, report } = viewing;
  const units = new Map([...report.lines, ...(report.watched ?? [])].map((line) => [line.pk, line.units]));
  const quantity = (row: ChangeRow, value: number | null) => {
    if (value === null) return { text: "–" };
    return quantityCell(viewing, { value, units: typeof row.part === "number" ? (units.get(row.part) ?? "") : "" });
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
    { id: "kind", priority: 3, cell: (row) => ({ text: texts.changeKind[row.kind] }) },
    { id: "before", priority: 2, align: "right", cell: (row) => quantity(row, row.before) },
    { id: "now", priority: 1, align: "right", cell: (row) => quantity(row, row.now) },
  ];
}
