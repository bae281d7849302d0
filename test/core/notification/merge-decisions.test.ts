import { describe, expect, it } from "vitest";
import { acknowledge, dismiss, reactivate } from "../../../src/core/notification/alerts.ts";
import { mergeAlerts } from "../../../src/core/notification/merge-alerts.ts";
import type { Alert } from "../../../src/core/notification/state.ts";

const SEEN: Alert = {
  part: 3,
  name: "Chip",
  kind: "short",
  state: "active",
  since: "2026-11-20T07:00:00.000Z",
  quantity: 5,
  message: "5 missing",
  seen_at: "2026-11-20T07:00:00.000Z",
};
const AT = new Date("2026-11-21T09:00:00Z");
const acknowledged = acknowledge({ alerts: [SEEN], part: 3, at: AT, by: "ann" });

describe("what somebody decides of an alert while a run commits", () => {
  it("keeps what the run has found out meanwhile", () => {
    const worse: Alert = { ...SEEN, quantity: 8, message: "8 missing", seen_at: "2026-11-21T08:59:00.000Z" };
    const merged = mergeAlerts([worse], { before: [SEEN], after: acknowledged });
    expect(merged).toEqual([{ ...worse, state: "acknowledged", acknowledged: { by: "ann", at: AT.toISOString() } }]);
  });

  it("does not bring back what the run has resolved", () => {
    const over: Alert = { ...SEEN, state: "resolved", resolved_at: "2026-11-21T08:59:00.000Z" };
    expect(mergeAlerts([over], { before: [SEEN], after: acknowledged })).toEqual([over]);
  });

  it("leaves the other alerts alone, and may be applied twice", () => {
    const other: Alert = { ...SEEN, part: 4, name: "Nut" };
    const moved = { before: [SEEN], after: dismiss({ alerts: [SEEN], part: 3, at: AT, until: "2026-12-31" }) };
    const once = mergeAlerts([SEEN, other], moved);
    expect(once).toEqual([...moved.after, other]);
    expect(mergeAlerts(once, moved)).toEqual(once);
  });

  it("is not lost although the run had read the state before, and found out something since", () => {
    const worse: Alert = { ...SEEN, quantity: 6, message: "6 missing", seen_at: "2026-11-21T09:10:00.000Z" };
    const run = { before: [SEEN], after: [worse] };
    for (const after of [acknowledged, dismiss({ alerts: [SEEN], part: 3, at: AT, by: "ann" })]) {
      const [merged] = mergeAlerts(mergeAlerts([SEEN], { before: [SEEN], after }), run);
      const isBeyond = after[0]?.state === "dismissed";
      expect(merged).toEqual(isBeyond ? worse : { ...after[0], ...worse, state: "acknowledged" });
    }
    const same = { before: [SEEN], after: [{ ...SEEN, name: "Chip B", seen_at: "2026-11-21T09:10:00.000Z" }] };
    const dismissed = dismiss({ alerts: [SEEN], part: 3, at: AT, by: "ann" });
    expect(mergeAlerts(dismissed, same)).toMatchObject([{ name: "Chip B", state: "dismissed", quantity: 5 }]);
  });

  it("may be that it is taken back", () => {
    const worse: Alert = { ...SEEN, ...acknowledged[0], quantity: 6, seen_at: "2026-11-21T09:10:00.000Z" };
    const undone = reactivate({ alerts: acknowledged, part: 3, at: new Date("2026-11-21T09:05:00Z") });
    const [merged] = mergeAlerts(undone, { before: acknowledged, after: [worse] });
    expect(merged).toMatchObject({ state: "active", quantity: 6 });
    expect(merged).not.toHaveProperty("acknowledged");
  });

  it("stands against an earlier decision that the run has read elsewhere, whoever writes first", () => {
    const early = acknowledge({ alerts: [SEEN], part: 3, at: new Date("2026-11-21T08:59:00Z"), by: "tess, issue #1" });
    const [person, run] = [acknowledged, early].map((after) => ({ before: [SEEN], after }));
    if (person === undefined || run === undefined) throw new Error("nothing was decided");
    expect(mergeAlerts(mergeAlerts([SEEN], person), run)).toEqual(acknowledged);
    expect(mergeAlerts(mergeAlerts([SEEN], run), person)).toEqual(acknowledged);
  });
});
