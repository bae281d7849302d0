// What a run's claims, and what became of them, change in a monitor's channels. A claim is written only where the channel
// stands as it was read; what was sent under a claim that somebody else has taken over meanwhile counts as heard. Pure.
import { own } from "../records.ts";
import { channelMark, maybeHeard } from "./claims.ts";
import type { HeardMessage, Sending, Settlement } from "./sending.ts";
import type { DeliveryRecord, MonitorDelta, MonitorState } from "./state.ts";

export interface ChannelsAfter {
  readonly delivered: ReadonlyMap<string, DeliveryRecord>;
  readonly sending: ReadonlyMap<string, Sending>;
  /** Channels on which this delta's record is the last word. */
  readonly moved: ReadonlySet<string>;
}

/** The channels after a delta. `later` joins two records of one channel. */
export function channelsAfter(
  current: Pick<MonitorState, "delivered" | "sending"> | undefined,
  delta: MonitorDelta,
  later: (theirs: DeliveryRecord | undefined, mine: DeliveryRecord) => DeliveryRecord,
): ChannelsAfter {
  const delivered = new Map(Object.entries(current?.delivered ?? {}));
  const sending = new Map(Object.entries(current?.sending ?? {}));
  const moved = new Set<string>();
  const join = (channel: string, record: DeliveryRecord) => {
    const joined = later(delivered.get(channel), record);
    delivered.set(channel, joined);
    if (joined.at === record.at && joined.hash === record.hash) moved.add(channel);
  };
  for (const [channel, record] of Object.entries(delta.delivered))
    if (own(delta.settled, channel) === undefined) join(channel, record);
  for (const [channel, settlement] of Object.entries(delta.settled ?? {})) {
    const record = own(delta.delivered, channel);
    const present = sending.get(channel);
    if (isOurs(present, settlement.sending)) {
      if (settlement.kind === "delivered" && record !== undefined) {
        delivered.set(channel, record);
        moved.add(channel);
      }
      put(sending, channel, settledOurs(present, settlement));
    } else if (settlement.kind !== "not_sent" && !isSame(delivered.get(channel), settlement.sending)) {
      put(sending, channel, heardToo(present, settlement.sending));
    } else if (settlement.kind === "delivered" && record !== undefined) join(channel, record);
  }
  for (const [channel, { sending: mine, after }] of Object.entries(delta.claims ?? {})) {
    const present = sending.get(channel);
    if (isOurs(present, mine) || channelMark(delivered.get(channel), present) === after) sending.set(channel, mine);
  }
  return { delivered, sending, moved };
}

function put(sending: Map<string, Sending>, channel: string, next: Sending | undefined): void {
  if (next === undefined) sending.delete(channel);
  else sending.set(channel, next);
}

function isOurs(present: Sending | undefined, mine: Sending): present is Sending {
  return present !== undefined && present.run === mine.run && present.seq === mine.seq;
}

function isSame(record: DeliveryRecord | undefined, { seq, hash }: Sending): boolean {
  return record?.seq === seq && record.hash === hash;
}

/** Nothing, but for what other runs have sent meanwhile, or may have before: that is still to be corrected. */
function settledOurs(present: Sending, { kind, sending }: Settlement): Sending | undefined {
  const known = new Set((sending.also ?? []).map(heardKey));
  const since = (present.also ?? []).filter((heard) => !known.has(heardKey(heard)));
  switch (kind) {
    case "unknown":
      return { ...sending, ...withAlso([...(sending.also ?? []), ...since]) };
    case "delivered":
      return since.some(({ hash }) => hash !== sending.hash)
        ? { ...sending, fate: "unknown", ...withAlso(since) }
        : undefined;
    case "not_sent": {
      const [first, ...rest] = [...(sending.also ?? []), ...since];
      // What it was to correct is as unknown as before.
      return first === undefined
        ? undefined
        : { ...without(sending), ...first, tries: 1, why: "again", fate: "unknown", ...withAlso(rest) };
    }
    default:
      return kind satisfies never;
  }
}

/** Its claim was taken over, or the state was made anew: people may have heard it all the same. */
function heardToo(present: Sending | undefined, mine: Sending): Sending {
  if (present === undefined) return { ...mine, fate: "unknown" };
  const known = new Set(maybeHeard(present).map(heardKey));
  const [own] = maybeHeard(mine);
  if (own === undefined || known.has(heardKey(own))) return present;
  return { ...present, also: [...(present.also ?? []), own] };
}

function withAlso(also: readonly HeardMessage[]): Pick<Sending, "also"> {
  return also.length === 0 ? {} : { also };
}

function without({ also: _also, occurrence: _occurrence, ...sending }: Sending): Sending {
  return sending;
}

function heardKey({ seq, hash, at }: HeardMessage): string {
  return JSON.stringify([seq, hash, at]);
}
