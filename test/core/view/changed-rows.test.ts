import { expect, it } from "vitest";
import type { ChangeRow } from "../../../src/core/notification/change.ts";
import { changedRows } from "../../../src/core/view/changed-rows.ts";

const row = (sort: ChangeRow["sort"], kind: ChangeRow["kind"], more: Partial<ChangeRow> = {}): ChangeRow => ({
  ...{ sort, kind, part: 7, name: "Chip" },
  ...{ before: sort === "new" ? null : 4, now: sort === "resolved" ? null : 9 },
  ...more,
});

it("a part that was critical and is short is one row that is worse, and never good news beside bad", () => {
  expect(changedRows([row("new", "short"), row("resolved", "critical")])).toEqual([
    { ...row("new", "short"), sort: "worsened", was: "critical" },
  ]);
  expect(changedRows([row("new", "critical"), row("resolved", "short")])).toEqual([
    { ...row("new", "critical"), sort: "improved", was: "short" },
  ]);
  expect(changedRows([row("new", "out"), row("resolved", "low")])).toMatchObject([{ sort: "worsened", was: "low" }]);
});

it("rows of other parts, and of kinds that are both there, stay as they are and in their order", () => {
  const apart = [row("new", "short"), row("resolved", "critical", { part: 8 })];
  expect(changedRows(apart)).toEqual(apart);
  const both = [row("worsened", "short"), row("resolved", "build")];
  expect(changedRows(both)).toEqual(both);
  const three = [row("new", "short"), row("new", "build"), row("resolved", "critical")];
  expect(changedRows(three)).toEqual(three);
});
