// Random state and deltas, in the form of the types: what the program could write.
import fc from "fast-check";
import type { OrdersRead, OutlookMade } from "../../src/core/notification/ahead-files.ts";
import { channelMark } from "../../src/core/notification/claims.ts";
import type { Sending, Settlement } from "../../src/core/notification/sending.ts";
import type { SignificantResult } from "../../src/core/notification/significant.ts";
import type {
  Alert,
  DeliveryRecord,
  HistoryPoint,
  Incident,
  LastRun,
  MonitorDelta,
  RunDelta,
  StateDelta,
} from "../../src/core/notification/state.ts";
import { reportOf } from "../core/notification/report.ts";

const instant = fc
  .integer({ min: 0, max: 40 * 24 })
  .map((hours) => new Date(Date.UTC(2026, 0, 1, hours)).toISOString());
const hash = fc.constantFrom("a", "b", "c").map((letter) => letter.repeat(64));
const words = fc.string({ minLength: 1, maxLength: 8, unit: "grapheme" });
const quantity = fc.integer({ min: 1, max: 10_000_000 }).map((hundredThousandths) => hundredThousandths / 1e5);
const pairs = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), quantity), { maxLength: 3 });
const change = { kind: "first", rows: [], list_edited: false } as const;
const ifAny = { requiredKeys: [] };

const significant: fc.Arbitrary<SignificantResult> = fc.record({
  short: pairs,
  build: pairs,
  critical: pairs,
  low: pairs,
  out: pairs,
  unresolved: fc.array(fc.tuple(words, quantity), { maxLength: 2 }),
});

const delivered: fc.Arbitrary<DeliveryRecord> = fc
  .tuple(
    fc.record({ hash, significant, seq: fc.integer({ min: 1, max: 9 }), at: instant, ref: words, list_digest: hash }),
    fc.record({ occurrence: instant }, ifAny),
    fc.record({ pending: fc.subarray(["a@x.org", "b@x.org", "c@x.org"], { minLength: 1 }) }, ifAny),
    fc.constantFrom(
      {},
      { to: ["d@x.org"] },
      { to: ["d@x.org", "e@x.org"] },
      { to: [], refused: ["e@x.org", "f@x.org"] },
    ),
  )
  .map(([base, more, owed, people]) => ({
    ...base,
    ...more,
    ...owed,
    ...people,
    ...(owed.pending === undefined ? {} : { change }),
  }));

const alert: fc.Arbitrary<Alert> = fc
  .tuple(
    fc.record({
      part: fc.oneof(fc.integer({ min: 1, max: 3 }), words),
      name: words,
      kind: fc.constantFrom("short", "critical", "low", "out", "unresolved"),
      state: fc.constantFrom("active", "acknowledged", "dismissed", "resolved"),
      since: instant,
      quantity,
      message: words,
      seen_at: instant,
    }),
    fc.record(
      {
        threshold: quantity,
        acknowledged: fc.record({ by: words, at: instant }),
        dismissed: fc.record({ at: instant, until: fc.constant("2026-02-01"), quantity }),
        resolved_at: instant,
      },
      ifAny,
    ),
  )
  .map(([base, more]) => ({ ...base, ...more }));

const alerts = fc.uniqueArray(alert, { maxLength: 4, selector: ({ part, kind }) => JSON.stringify([part, kind]) });

const sending: fc.Arbitrary<Sending> = fc
  .tuple(
    fc.record({
      run: fc.constantFrom("1".repeat(32), "2".repeat(32), "3".repeat(32)),
      seq: fc.integer({ min: 1, max: 9 }),
      hash,
      significant,
      list_digest: hash,
      change: fc.constant(change),
      episode: fc.constant(null),
      to: fc.subarray(["a@x.org", "b@x.org"]),
      why: fc.constantFrom("first", "changed", "correction"),
      at: instant,
      until: instant,
      tries: fc.integer({ min: 1, max: 6 }),
    }),
    fc.record({ fate: fc.constant("unknown" as const) }, ifAny),
  )
  .map(([base, more]) => ({ ...base, ...more }));

/** One that nobody has written yet; what becomes of one that may stand there or not. */
const claim = sending.map((one) => ({ sending: one, after: channelMark(undefined, undefined) }));
const settled: fc.Arbitrary<Pick<MonitorDelta, "delivered" | "settled">> = fc
  .tuple(fc.constantFrom<Settlement["kind"]>("delivered", "gave_up", "not_sent", "unknown"), sending, delivered)
  .map(([kind, one, record]) => {
    const { hash, seq, at } = record;
    const word: Settlement = { kind, sending: { ...one, hash, seq, at } };
    const delivered = kind === "delivered" || kind === "gave_up" ? { webhook: record } : {};
    return { delivered, settled: { webhook: word } };
  });

const monitorDelta: fc.Arbitrary<MonitorDelta> = fc
  .tuple(
    fc.oneof(settled, fc.constant({ delivered: {} })),
    fc.record({ name: words, delivered: fc.dictionary(fc.constantFrom("email", "issue"), delivered) }),
    fc.record(
      {
        last_hash: hash,
        born: fc.constantFrom("ab".repeat(8), "cd".repeat(8)),
        claims: fc.dictionary(fc.constantFrom("email", "issue", "webhook"), claim, { maxKeys: 1 }),
        alerts: fc.record({ before: alerts, after: alerts }),
        episode: fc.option(fc.record({ number: fc.integer({ min: 1, max: 4 }), open: fc.boolean(), since: instant }), {
          nil: null,
        }),
        report: fc.integer({ min: 1, max: 9 }).map((missing) => reportOf({ short: { 1: missing }, low: { 2: 5 } })),
      },
      ifAny,
    ),
  )
  .map(([word, base, { claims, ...more }]) => ({
    ...base,
    ...more,
    ...word,
    delivered: { ...base.delivered, ...word.delivered },
    // A run never claims anew what it settles.
    ...("settled" in word || claims === undefined ? {} : { claims }),
  }));

const lastRun: fc.Arbitrary<LastRun> = fc
  .tuple(
    fc.record({
      started_at: instant,
      finished_at: instant,
      outcome: fc.constantFrom("notified", "unchanged", "failed", "skipped", "partly_notified"),
    }),
    fc.record(
      {
        scheduled_for: instant,
        manual_at: instant,
        error: fc.record({
          kind: fc.constantFrom("inventree", "config", "mail", "channel", "state", "bug"),
          retryable: fc.boolean(),
          message: words,
        }),
        run_url: fc.constant("https://example.com/run/1"),
      },
      ifAny,
    ),
  )
  .map(([base, more]) => ({ ...base, ...more }));

const point: fc.Arbitrary<HistoryPoint> = fc.record({
  at: instant,
  hash,
  short: fc.nat(9),
  to_build: fc.nat(9),
  critical: fc.nat(9),
  coverage: fc.nat(100),
  low: fc.nat(9),
  out: fc.nat(9),
});

const runDelta: fc.Arbitrary<RunDelta> = fc
  .tuple(
    fc.record({ last_run: lastRun }),
    fc.record(
      { name: words, next_at: fc.option(instant, { nil: null }), point, notified: fc.subarray(["email", "issue"]) },
      ifAny,
    ),
  )
  .map(([base, more]) => ({ ...base, ...more }));

const incident: fc.Arbitrary<Incident> = fc.record({
  since: instant,
  cause: words,
  opened: fc.dictionary(fc.constantFrom("email", "issue"), instant),
});

const ordersRead: fc.Arbitrary<OrdersRead> = fc
  .record({
    at: instant,
    date: fc.option(fc.constantFrom("2026-02-01", "2026-03-01"), { nil: null }),
    quantity,
    name: words,
  })
  .map(({ at, date, quantity, name }) => ({
    at,
    parts: [1, 2],
    orders: [
      {
        ...{ order: 7, reference: "PO-7", supplier: "", status: "placed" },
        lines: [{ part: 1, name, units: "", quantity, date }],
      },
    ],
  }));

const outlookOf = (id: fc.Arbitrary<string>): fc.Arbitrary<OutlookMade> =>
  fc.record({ id, read_at: instant, name: words }).map(({ id: list, read_at, name }) => ({
    lists: { [list]: { read_at, ready: [], how_many: { 1: { steps: [], without_day: [] } }, names: { 1: name } } },
    basket: { read_at, lists: ["a"], suppliers: [], without_offer: [] },
    stock: {
      1: {
        ...{ read_at, lists: ["a"], part: { pk: 1, name, ipn: null, units: "" }, today: "2026-01-02", in_stock: 1 },
        ...{
          minimum: 0,
          days: [{ date: "2026-01-02", stock: 1, movements: [] }],
          lowest: { date: "2026-01-02", stock: 1 },
        },
        ...{ below_zero: [], below_minimum: [], without_day: [], pull_in: null },
      },
    },
  }));

/** What a run may learn of these monitors, and of trouble under these keys. */
export function arbitraryDelta(ids: readonly string[], keys: readonly string[]): fc.Arbitrary<StateDelta> {
  const id = fc.constantFrom(...ids);
  const more = fc.record(
    {
      orders: fc.dictionary(fc.constantFrom("default", "second"), ordersRead),
      outlooks: fc.dictionary(fc.constantFrom("default", "second"), outlookOf(id)),
    },
    ifAny,
  );
  const base = fc.record({
    monitors: fc.dictionary(id, monitorDelta),
    runs: fc.dictionary(id, runDelta),
    system: fc.dictionary(fc.constantFrom(...keys), fc.option(incident, { nil: null })),
    removed: fc.subarray([...ids], { maxLength: 1 }),
  });
  return fc.tuple(base, more).map(([delta, ahead]) => ({ ...delta, ...ahead }));
}
