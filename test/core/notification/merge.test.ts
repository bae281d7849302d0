import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyDelta, EMPTY_DELTA, EMPTY_STATE } from "../../../src/core/notification/merge.ts";
import { HISTORY_MOST, RECENT_MOST } from "../../../src/core/notification/merge-history.ts";
import type {
  Alert,
  DeliveryRecord,
  LastRun,
  MonitorDelta,
  RunDelta,
  StateDelta,
  StateFiles,
} from "../../../src/core/notification/state.ts";
import { arbitraryDelta } from "../../state/arbitrary.ts";
import { cases } from "../../support/cases.ts";

const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour)).toISOString();
const significant = { short: [], build: [], critical: [], low: [], out: [], unresolved: [] };

function delivered(more: Partial<DeliveryRecord> & Pick<DeliveryRecord, "at" | "seq" | "hash">): DeliveryRecord {
  return { significant, ref: `<${more.seq}@x>`, list_digest: "d", ...more };
}

function run(hour: number, more: Partial<LastRun> = {}): LastRun {
  return { started_at: at(hour), finished_at: at(hour), outcome: "unchanged", ...more };
}

function stateAfter(...deltas: readonly Partial<StateDelta>[]): StateFiles {
  return deltas.reduce<StateFiles>((files, delta) => applyDelta(files, { ...EMPTY_DELTA, ...delta }), EMPTY_STATE);
}

const monitor = (delta: Partial<MonitorDelta>): Partial<StateDelta> => ({
  monitors: { board: { name: "Board", delivered: {}, ...delta } },
});
const checked = (delta: RunDelta): Partial<StateDelta> => ({ runs: { board: delta } });

describe("two runs that meet on the branch", () => {
  const any = arbitraryDelta(["a", "b"], ["mail"]);

  it("lose nothing, in whichever order, when they checked different monitors", () => {
    const base = arbitraryDelta(["a", "b", "c", "d"], ["mail", "x/unreachable"]);
    const other = arbitraryDelta(["c", "d"], ["x/unreachable"]);
    fc.assert(
      fc.property(base, any, other, (start, mine, theirs) => {
        const files = applyDelta(EMPTY_STATE, start);
        const one = applyDelta(applyDelta(files, mine), theirs);
        const two = applyDelta(applyDelta(files, theirs), mine);
        expect(one).toEqual(two);
      }),
      cases(200),
    );
  });

  it("may write twice what they learned, and change nothing more", () => {
    fc.assert(
      fc.property(any, any, (start, mine) => {
        const once = applyDelta(applyDelta(EMPTY_STATE, start), mine);
        expect(applyDelta(once, mine)).toEqual(once);
      }),
      cases(300),
    );
  });

  it("never let a channel's number fall, nor an occurrence be forgotten", () => {
    fc.assert(
      fc.property(any, any, (start, mine) => {
        const before = applyDelta(EMPTY_STATE, { ...start, removed: [] });
        const next = applyDelta(before, { ...mine, removed: [] });
        for (const [id, state] of Object.entries(before.monitors)) {
          for (const [channel, { seq }] of Object.entries(state.delivered)) {
            expect(next.monitors[id]?.delivered[channel]?.seq).toBeGreaterThanOrEqual(seq);
          }
        }
        for (const [id, { last_run }] of Object.entries(before.runs)) {
          const later = next.runs[id]?.last_run.scheduled_for ?? "";
          expect(later >= (last_run.scheduled_for ?? "")).toBe(true);
        }
      }),
      cases(200),
    );
  });
});

describe("what a channel was told", () => {
  const early = delivered({ at: at(8), seq: 7, hash: "early" });
  const late = delivered({ at: at(9), seq: 5, hash: "late" });

  it("is the later telling with the greater number, and last_hash goes with it", () => {
    const one = stateAfter(
      monitor({ delivered: { email: early }, last_hash: "early" }),
      monitor({ delivered: { email: late }, last_hash: "late" }),
    );
    const two = stateAfter(
      monitor({ delivered: { email: late }, last_hash: "late" }),
      monitor({ delivered: { email: early }, last_hash: "early" }),
    );
    expect(one.monitors.board).toMatchObject({ last_hash: "late", delivered: { email: { hash: "late", seq: 7 } } });
    expect(two).toEqual(one);
  });

  it("leaves pending only who is pending in both words on one telling", () => {
    const half = (pending: readonly string[]) => monitor({ delivered: { email: { ...early, pending } } });
    expect(stateAfter(half(["a", "b"]), half(["b", "c"])).monitors.board?.delivered.email?.pending).toEqual(["b"]);
    expect(stateAfter(half(["a"]), half(["b"])).monitors.board?.delivered.email).not.toHaveProperty("pending");
  });

  it("of other channels stays", () => {
    const both = stateAfter(monitor({ delivered: { email: early } }), monitor({ delivered: { issue: late } }));
    expect(Object.keys(both.monitors.board?.delivered ?? {})).toEqual(["email", "issue"]);
  });
});

describe("a monitor's runs", () => {
  const point = (hour: number, hash: string) => ({
    at: at(hour),
    hash,
    short: 1,
    to_build: 0,
    critical: 0,
    coverage: 50,
  });

  it("keep the newer run, the later occurrence and the check by hand", () => {
    const files = stateAfter(
      checked({ last_run: run(9, { scheduled_for: at(9) }) }),
      checked({ last_run: run(10, { manual_at: at(10) }) }),
      checked({ last_run: run(8, { scheduled_for: at(8), outcome: "failed" }) }),
    );
    expect(files.runs.board?.last_run).toEqual({ ...run(10), scheduled_for: at(9), manual_at: at(10) });
  });

  it("know when a check was complete for the last time", () => {
    const files = stateAfter(
      checked({ last_run: run(9), point: point(9, "a") }),
      checked({ last_run: run(10, { outcome: "failed" }) }),
    );
    expect(files.runs.board?.last_success_at).toBe(at(9));
  });

  it("have a point per day and per change in their history", () => {
    const steps: [number, string][] = [
      [1, "a"],
      [2, "a"],
      [3, "b"],
      [4, "b"],
      [5, "a"],
      [25, "a"],
    ];
    const files = stateAfter(
      ...steps.map(([hour, hash]) => checked({ last_run: run(hour), point: point(hour, hash) })),
    );
    expect(files.histories.board?.points.map((one) => one.at)).toEqual([1, 3, 5, 25].map(at));
  });

  it("have at most 400 points, the newest", () => {
    let files = EMPTY_STATE;
    for (let hour = 0; hour < 450; hour += 1) {
      const delta = checked({ last_run: run(hour), point: point(hour, String(hour)) });
      files = applyDelta(files, { ...EMPTY_DELTA, ...delta });
    }
    expect(files.histories.board?.points).toHaveLength(HISTORY_MOST);
    expect(files.histories.board?.recent).toHaveLength(RECENT_MOST);
    expect(files.histories.board?.points.at(-1)?.at).toBe(at(449));
  });
});

describe("alerts", () => {
  const alert: Alert = {
    part: 4,
    name: "Reel",
    kind: "short",
    state: "active",
    since: at(1),
    quantity: 5,
    message: "5 missing",
    seen_at: at(1),
  };
  const found = (hour: number, after: readonly Alert[], before: readonly Alert[] = []): Partial<StateDelta> => ({
    ...monitor({ alerts: { before, after } }),
    ...checked({ last_run: run(hour) }),
  });
  const worse = { ...alert, quantity: 8, seen_at: at(5) };

  it("that were acknowledged during a run stay acknowledged", () => {
    const acknowledged: Alert = { ...alert, state: "acknowledged", acknowledged: { by: "kim", at: at(6) } };
    const decided = monitor({ alerts: { before: [alert], after: [acknowledged] } });
    const files = stateAfter(found(1, [alert]), decided, found(5, [worse], [alert]));
    expect(files.monitors.board?.alerts).toEqual([
      { ...worse, state: "acknowledged", acknowledged: { by: "kim", at: at(6) } },
    ]);
  });

  it("whose acknowledgement was taken back before a run are active after it", () => {
    const acknowledged: Alert = { ...alert, state: "acknowledged", acknowledged: { by: "kim", at: at(3) } };
    const files = stateAfter(found(1, [acknowledged]), found(5, [worse], [acknowledged]));
    expect(files.monitors.board?.alerts).toEqual([worse]);
  });

  it("that two runs found at once are one, since the first", () => {
    const mine = { ...alert, since: at(2), seen_at: at(2) };
    const files = stateAfter(found(1, [alert]), found(2, [mine]));
    expect(files.monitors.board?.alerts).toEqual([{ ...mine, since: at(1) }]);
  });

  it("that another run found meanwhile stay, and forgotten ones go", () => {
    const old: Alert = { ...alert, part: 5, state: "resolved", resolved_at: at(1) };
    const other = { ...alert, part: 6, since: at(7), seen_at: at(7) };
    const known = [alert, old];
    const files = stateAfter(found(1, known), found(7, [...known, other], known), found(6, [worse], known));
    expect(files.monitors.board?.alerts.map(({ part }) => part)).toEqual([4, 6]);
  });
});

describe("an episode", () => {
  const episode = { number: 2, open: true, since: at(3), root: "<1@x>" };

  it("that has ended stays so, whoever comes late", () => {
    const ended = { ...episode, open: false, until: at(5) };
    expect(stateAfter(monitor({ episode: ended }), monitor({ episode })).monitors.board?.episode).toEqual(ended);
    expect(stateAfter(monitor({ episode }), monitor({ episode: ended })).monitors.board?.episode).toEqual(ended);
    const next = { number: 3, open: true, since: at(7) };
    expect(stateAfter(monitor({ episode: next }), monitor({ episode: ended })).monitors.board?.episode).toEqual(next);
  });
});

describe("trouble and monitors that are gone", () => {
  it("leave the state", () => {
    const incident = { since: at(1), cause: "down", opened: { email: at(1) } };
    const start: Partial<StateDelta> = { ...monitor({}), ...checked({ last_run: run(1) }), system: { mail: incident } };
    expect(stateAfter(start, { removed: ["board"], system: { mail: null } })).toEqual(EMPTY_STATE);
  });

  it("began with the first who met it, and was told wherever anybody told it", () => {
    const incident = (hour: number, channel: string) => ({
      mail: { since: at(hour), cause: "down", opened: { [channel]: at(hour) } },
    });
    const { system } = stateAfter({ system: incident(2, "email") }, { system: incident(1, "issue") });
    expect(system.mail).toEqual({ since: at(1), cause: "down", opened: { email: at(2), issue: at(1) } });
  });
});
