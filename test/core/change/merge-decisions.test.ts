import { describe, expect, it } from "vitest";
import { acknowledge, dismiss } from "../../../src/core/telling/alerts.ts";
import { mergeAlerts } from "../../../src/core/telling/merge-alerts.ts";
import type { Alert } from "../../../src/core/telling/state.ts";

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
    const merged = mergeAlerts({ current: [worse], moved: acknowledged, startedAt: undefined });
    expect(merged).toEqual([{ ...worse, state: "acknowledged", acknowledged: { by: "ann", at: AT.toISOString() } }]);
  });

  it("does not bring back what the run has resolved", () => {
    const over: Alert = { ...SEEN, state: "resolved", resolved_at: "2026-11-21T08:59:00.000Z" };
    expect(mergeAlerts({ current: [over], moved: acknowledged, startedAt: undefined })).toEqual([over]);
  });

  it("leaves the other alerts alone, and may be applied twice", () => {
    const other: Alert = { ...SEEN, part: 4, name: "Nut" };
    const moved = dismiss({ alerts: [SEEN], part: 3, at: AT, until: "2026-12-31" });
    const once = mergeAlerts({ current: [SEEN, other], moved, startedAt: undefined });
    expect(once).toEqual([...moved, other]);
    expect(mergeAlerts({ current: once, moved, startedAt: undefined })).toEqual(once);
  });
});
