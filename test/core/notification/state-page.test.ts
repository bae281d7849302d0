import { describe, expect, it } from "vitest";
import { nextAlerts } from "../../../src/core/notification/alerts.ts";
import { applyDelta, EMPTY_DELTA, EMPTY_STATE } from "../../../src/core/notification/merge.ts";
import type { LastRun, RunDelta, StateDelta } from "../../../src/core/notification/state.ts";
import { stateData, stateReadme } from "../../../src/core/view/state-page.ts";
import { type Facts, reportOf } from "./report.ts";

const AT = "2026-03-02T07:10:03.000Z";

function run(outcome: LastRun["outcome"], more: Partial<RunDelta> = {}, error?: LastRun["error"]): RunDelta {
  return { last_run: { started_at: AT, finished_at: AT, outcome, ...(error === undefined ? {} : { error }) }, ...more };
}

const point = { at: AT, hash: "a".repeat(64), short: 0, to_build: 2, critical: 0, coverage: 100 };

function alertsOf(facts: Facts): Pick<StateDelta, "monitors"> {
  const after = nextAlerts({ alerts: [], report: reportOf(facts), now: new Date(AT), timezone: "UTC" });
  return { monitors: { watch: { name: "Watched", delivered: {}, alerts: { before: [], after } } } };
}

const state = applyDelta(EMPTY_STATE, {
  ...EMPTY_DELTA,
  ...alertsOf({ low: { 3: 5 } }),
  runs: {
    calm: run("unchanged", { name: "Calm", point, next_at: "2026-03-03T07:10:00.000Z" }),
    watch: run("notified", { name: "Watched", point }),
    broken: run(
      "failed",
      { name: "Broken" },
      { kind: "inventree", retryable: true, message: "[GET] /api/part/: 502 @all" },
    ),
    fresh: run("skipped"),
  },
  system: { "default/unreachable": { since: AT, cause: "502 <b>Bad</b> Gateway", opened: {} } },
});

describe("the state branch's page", () => {
  it("shows what is urgent first", () => {
    expect(stateData(state).monitors.map(({ id, status }) => [id, status])).toEqual([
      ["broken", "failed"],
      ["watch", "short"],
      ["fresh", "new"],
      ["calm", "covered"],
    ]);
  });

  it("shows a list whose file cannot be used as broken, first, and without a next check", () => {
    const incident = { since: AT, cause: "monitors/calm.yaml:2:16 cron_schedule: minute must be 0-59.", opened: {} };
    const file = "monitors/calm.yaml";
    const next_at = "2026-03-03T07:10:00.000Z";
    const broken = applyDelta(state, {
      ...EMPTY_DELTA,
      runs: { calm: run("unchanged", { name: "Calm", file, point, next_at }) },
      system: { [`file:${file}`]: incident },
    });
    expect(stateData(broken).monitors[0]).toMatchObject({ id: "calm", status: "broken", next: null });
    const mended = applyDelta(broken, { ...EMPTY_DELTA, system: { [`file:${file}`]: null } });
    expect(stateData(mended).monitors.at(-1)).toMatchObject({ id: "calm", status: "covered", next: next_at });
  });

  it("shows each monitor's numbers, its last and next check", () => {
    expect(stateReadme(state)).toContain("| Calm | covered | 0 | 2 | 100% | 2026-03-02 07:10 | 2026-03-03 07:10 |  |");
    expect(stateReadme(state)).toContain("| fresh | new (skipped) |  |  |  | 2026-03-02 07:10 |  |  |");
  });

  it("says why a check failed and since when there is trouble, without markup or mentions of others", () => {
    const readme = stateReadme(state);
    expect(readme).toContain("- **Broken**: \\[GET\\] /api/part/: 502 <span>@</span>all");
    expect(readme).toContain("- **default/unreachable** since 2026-03-02 07:10: 502 &lt;b&gt;Bad&lt;/b&gt; Gateway");
  });

  it("says where nothing was checked yet", () => {
    expect(stateReadme(EMPTY_STATE)).toContain("No monitor has been checked yet.");
  });
});
