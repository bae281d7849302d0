// Programs that break a promise, each in one way: a harness that does not notice them proves nothing.
import { channelMark } from "../../../src/core/notification/claims.ts";
import { applyDelta } from "../../../src/core/notification/merge.ts";
import type { DeliveryRecord, MonitorDelta, StateDelta } from "../../../src/core/notification/state.ts";
import type { StateStore } from "../../../src/state/store.ts";

export type Mutation = (store: StateStore) => StateStore;

/** Sends, and writes down what it has sent afterwards only. */
const noClaim: Mutation = (store) => ({
  ...store,
  commit: async (delta, message) => {
    const written: StateDelta = {
      ...delta,
      monitors: mapped(delta, ({ claims: _claims, settled: _settled, ...moved }) => moved),
    };
    if (!delta.interim) return store.commit(written, message);
    const files = applyDelta(await store.read(), delta);
    return { commit: "0".repeat(40), conflicts: 0, files, skipped: [] };
  },
});

/** Writes a claim over whatever others have written meanwhile. */
const blindReapply: Mutation = (store) => ({
  ...store,
  commit: async (delta, message) => {
    if (!hasClaims(delta)) return store.commit(delta, message);
    const { monitors } = await store.read();
    const forced = mapped(delta, (moved, id) => ({
      ...moved,
      claims: Object.fromEntries(
        Object.entries(moved.claims ?? {}).map(([channel, claim]) => {
          const after = channelMark(monitors[id]?.delivered[channel], monitors[id]?.sending?.[channel]);
          return [channel, { ...claim, after }];
        }),
      ),
    }));
    return store.commit({ ...delta, monitors: forced }, message);
  },
});

/** Takes for delivered what it is about to send. */
const rememberBeforeSending: Mutation = (store) => ({
  ...store,
  commit: async (delta, message) => {
    const claimed = await store.commit(delta, message);
    if (!hasClaims(delta)) return claimed;
    await store.commit({ ...delta, monitors: mapped(delta, asDelivered) }, message);
    return claimed;
  },
});

export const MUTANTS: Readonly<Record<string, Mutation>> = {
  "no claim": noClaim,
  "blind re-apply after a conflict": blindReapply,
  "remember before sending": rememberBeforeSending,
};

function asDelivered({ name, claims = {} }: MonitorDelta): MonitorDelta {
  const all = Object.entries(claims);
  return {
    name,
    settled: Object.fromEntries(all.map(([channel, { sending }]) => [channel, { kind: "delivered", sending }])),
    delivered: Object.fromEntries(
      all.map(([channel, { sending }]): [string, DeliveryRecord] => {
        const { hash, significant, seq, at, list_digest } = sending;
        return [channel, { hash, significant, seq, at, list_digest, ref: "" }];
      }),
    ),
  };
}

function hasClaims(delta: StateDelta): boolean {
  return Object.values(delta.monitors).some(({ claims }) => claims !== undefined);
}

function mapped(delta: StateDelta, change: (moved: MonitorDelta, id: string) => MonitorDelta): StateDelta["monitors"] {
  return Object.fromEntries(Object.entries(delta.monitors).map(([id, moved]) => [id, change(moved, id)]));
}
