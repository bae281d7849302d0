import { expect, it } from "vitest";
import type { ReportLine } from "../../../src/core/generated/report.ts";
import { EMPTY_STATE } from "../../../src/core/notification/merge.ts";
import type { ListRow } from "../../../src/core/overview/lists.ts";
import { hasPage, partRows } from "../../../src/core/overview/parts.ts";
import { line, report } from "../../notify/fixture-report.ts";

const NOTHING = { alerts: [], state: EMPTY_STATE, now: new Date("2026-11-20T08:00:00Z") };

/** A list, or a plan of lists, whose report has this line alone. */
function list(id: string, own: Partial<ReportLine>, planned?: readonly string[]): ListRow {
  const lists = planned?.map((one) => ({
    id: one,
    name: one,
    entries: 1,
    state: "now" as const,
    date: null,
    in_time: null,
  }));
  const told = report({ lines: [line({ pk: 1, name: "Screw", available: 100, ...own })], watched: [], silenced: [] });
  return {
    ...{
      id,
      name: id,
      file: `monitors/${id}.yaml`,
      instance: "default",
      status: "covered",
      problems: [],
      monitor: null,
    },
    report: lists === undefined ? told : { ...told, plan: { lists, left_out: [], not_for_all: [1] } },
    ...{
      reportedAt: null,
      ahead: null,
      result: null,
      isStale: false,
      lastRun: null,
      lastCheck: null,
      lastSuccess: null,
      next: null,
    },
    ...{ nextChecks: [], overdueSince: null, since: null, history: [], recent: [], delivered: [] },
    open: { short: 0, low: 0, out: 0, critical: 0 },
  };
}

const boards = list("boards", { required: 80 });
const cables = list("cables", { required: 60 });
const plan = list("plan", { required: 140, missing: 40, to_order: 40, short: true }, ["boards", "cables"]);

it("counts what a plan's lists want once, and shows beside them what the plan says", () => {
  const [screw, ...others] = partRows([plan, boards, cables], NOTHING);
  expect(others).toEqual([]);
  expect(screw).toMatchObject({ required: 140, missing: 0, toOrder: 0, lackingTogether: 40, status: "enough" });
  expect(screw?.uses.map((use) => use.list.id)).toEqual(["boards", "cables"]);
  expect(screw?.plans.map((use) => use.list.id)).toEqual(["plan"]);
});

it("takes one plan for its lists where nobody has been told of those yet", () => {
  const [screw] = partRows([plan, { ...plan, id: "other" }], NOTHING);
  expect(screw).toMatchObject({ required: 140, missing: 40, toOrder: 40, status: "nothing_ordered" });
  expect(screw?.plans).toHaveLength(1);
});

it("makes a page of a part that only a plan lacks, and none of one that a list and its plan have enough of", () => {
  const [lacking] = partRows([boards, plan], NOTHING);
  expect(lacking !== undefined && hasPage(lacking)).toBe(true);
  const [enough] = partRows([boards, list("plan", { required: 80 }, ["boards"])], NOTHING);
  expect(enough !== undefined && hasPage(enough)).toBe(false);
});
