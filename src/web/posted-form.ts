// What a form of a list has sent.
import { type FormRow, type ListForm, listForm, ROW_FIELDS, type RowField } from "../core/form/list-form.ts";

export interface Posted {
  readonly step: string;
  /** The text that the form began with, of a copy that of its source; null: a new list. */
  readonly base: string | null;
  readonly content:
    | { readonly kind: "fields"; readonly form: ListForm }
    | { readonly kind: "text"; readonly text: string };
}

/** Reads it; anything that is not there is empty. */
export function postedForm(params: URLSearchParams): Posted {
  // The first of several values counts, as for URLSearchParams, which would look through all of them for each field.
  const sent = new Map([...params].toReversed());
  const step = sent.get("step") ?? "look";
  const raw = sent.get("text");
  const rows = rowsIn(sent, step);
  const form = listForm({
    text: (name) => sent.get(`f.${name}`) ?? "",
    active: sent.get("f.active") === "true",
    rows: (name) => rows[name],
  });
  const content =
    raw === undefined
      ? ({ kind: "fields", form } as const)
      : ({ kind: "text", text: raw.replaceAll("\r\n", "\n") } as const);
  return { step, base: baseIn(sent.get("base")), content };
}

/** The same as fields of a form, to be sent once more. */
export function carriedForm({ base, content }: Omit<Posted, "step">): (readonly [name: string, value: string])[] {
  const head = ["base", JSON.stringify(base)] as const;
  if (content.kind === "text") return [head, ["text", content.text]];
  const { texts, active, rows } = content.form;
  return [
    head,
    ...Object.entries(texts).map(([name, value]) => [`f.${name}`, value] as const),
    ...(active ? [["f.active", "true"] as const] : []),
    ...Object.entries(rows).flatMap(([name, of]) =>
      of.flatMap(({ was, cells }, index) => [
        ...(was === null ? [] : [[`r.${name}.${index}.was`, String(was)] as const]),
        ...Object.entries(cells).map(([column, value]) => [`r.${name}.${index}.${column}`, value] as const),
      ]),
    ),
  ];
}

/** By their numbers, without empty ones and the one that is to be dropped, and with what was chosen for another. */
function rowsIn(sent: ReadonlyMap<string, string>, step: string): ListForm["rows"] {
  const all: Record<RowField, Map<number, Map<string, string>>> = {
    parts: new Map(),
    watch: new Map(),
    silences: new Map(),
  };
  for (const [key, value] of sent) {
    const [, name, index, column = ""] = /^r\.(\w+)\.(\d{1,6})\.(\w+)$/.exec(key) ?? [];
    if (name !== "parts" && name !== "watch" && name !== "silences") continue;
    const row = all[name].get(Number(index)) ?? new Map<string, string>();
    all[name].set(Number(index), row.set(column, value));
  }
  const [, takenRow, taken] = /^take-(\d+)-(.+)$/s.exec(step) ?? [];
  if (takenRow !== undefined && taken !== undefined) all.parts.get(Number(takenRow))?.set("part", taken);
  const rows = (name: RowField) =>
    [...all[name]]
      .toSorted(([a], [b]) => a - b)
      .flatMap(([index, row]): FormRow[] => {
        if (step === `drop-${name}-${index}`) return [];
        const cells = Object.fromEntries(ROW_FIELDS[name].map((column) => [column, row.get(column) ?? ""]));
        const was = row.get("was") ?? "";
        // An emptied entry goes; a row that shows nothing of its entry stays.
        if (was === "" && Object.values(cells).every((text) => text.trim() === "")) return [];
        return [{ was: /^\d{1,6}$/.test(was) ? Number(was) : null, cells }];
      });
  return { parts: rows("parts"), watch: rows("watch"), silences: rows("silences") };
}

function baseIn(text: string | undefined): string | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}
