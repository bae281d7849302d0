import type { ChangeRow } from "../notification/change.ts";
import type { ResultKind } from "../notification/significant.ts";

/** What has to be done first. */
export const URGENCY: readonly ResultKind[] = [
  "short",
  "unresolved",
  "out",
  "low",
  "late",
  "order_now",
  "undated",
  "critical",
  "build",
];

export interface ShownChange extends ChangeRow {
  /** What it was before, where one kind turned into another. */
  readonly was?: ResultKind;
}

/**
 * The rows of a change as people read them: a part that turned from one kind into another is one row, worse or better by the
 * urgency of the kinds, never good news beside bad.
 */
export function changedRows(rows: readonly ChangeRow[]): readonly ShownChange[] {
  const byPart = Map.groupBy(rows, ({ part }) => part);
  return rows.flatMap((row): ShownChange[] => {
    const [gone, come, ...others] = (byPart.get(row.part) ?? []).toSorted(
      (a, b) => Number(b.sort === "resolved") - Number(a.sort === "resolved"),
    );
    if (gone?.sort !== "resolved" || come?.sort !== "new" || others.length > 0) return [row];
    // The row of what it is now stands for both; quantities of two kinds are not compared.
    if (row === gone) return [];
    const isWorse = URGENCY.indexOf(come.kind) < URGENCY.indexOf(gone.kind);
    return [{ ...come, sort: isWorse ? "worsened" : "improved", was: gone.kind }];
  });
}
