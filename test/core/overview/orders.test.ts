import { expect, it } from "vitest";
import type { Arrival } from "../../../src/core/generated/report.ts";
import type { ListRow } from "../../../src/core/overview/lists.ts";
import { openOrders } from "../../../src/core/overview/orders.ts";
import type { PartRow } from "../../../src/core/overview/parts.ts";
import { line } from "../../notify/fixture-report.ts";

const AT = new Date("2026-11-20T08:00:00Z");

const LIST: ListRow = {
  id: "board",
  name: "Board",
  file: "monitors/board.yaml",
  instance: "default",
  status: "short",
  problems: [],
  monitor: null,
  report: null,
  ahead: null,
  reportedAt: null,
  result: null,
  isStale: false,
  lastRun: null,
  lastCheck: null,
  lastSuccess: null,
  next: null,
  nextChecks: [],
  overdueSince: null,
  since: null,
  open: { short: 1, low: 0, out: 0, critical: 0 },
  history: [],
  recent: [],
  delivered: [],
};

/** A part that the order PO-0001 brings. */
function part(pk: number, given: Pick<Arrival, "date" | "late">): PartRow {
  const arrival = { quantity: 1, reference: "PO-0001", supplier: "Mouser", not_placed: false, ...given };
  const name = `Part ${pk}`;
  const use = { list: LIST, line: line({ pk, name, missing: 1, arrivals: [arrival] }), alerts: [] };
  return {
    instance: "default",
    pk,
    name,
    ipn: null,
    version: null,
    units: "",
    status: "on_its_way",
    required: 1,
    missing: 1,
    toOrder: 0,
    toBuild: 0,
    available: 0,
    onOrder: 1,
    lackingTogether: 0,
    uses: [{ ...use, status: "on_its_way" }],
    plans: [],
    outlook: null,
    ahead: null,
    isStale: false,
  };
}

it("an order is late as soon as one of its lines is, whichever part comes last", () => {
  const late = part(1, { date: "2026-11-12", late: true });
  const later = part(2, { date: "2027-01-12", late: false });
  for (const parts of [
    [late, later],
    [later, late],
  ])
    expect(openOrders(parts, { at: AT })).toMatchObject([{ status: "late", date: "2026-11-12", parts: [late, later] }]);
});
