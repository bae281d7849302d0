// How a run's claims, and their outcomes, change a monitor's channels. A claim is written only if the channel
// has not changed since it was read; what was sent under a claim that another run has taken over meanwhile counts as received. Pure.
import { own } from "../records.ts";
import { channelMark, maybeDelivered } from "./claims.ts";
import type { PossibleMessage, Sending, Settlement } from "./sending.ts";
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
  const move = (channel: string, record: DeliveryRecord) => {
    const seq = Math.max(record.seq, delivered.get(channel)?.seq ?? 0);
    delivered.set(channel, { ...record, seq });
    moved.add(channel);
  };
  for (const [channel, settlement] of Object.entries(delta.settled ?? {})) {
    const record = own(delta.delivered, channel);
    const present = sending.get(channel);
    const { kind, sending: mine } = settlement;
    const isWord = kind === "delivered" || kind === "gave_up";
    if (isStanding(present, settlement)) {
      if (isWord && record !== undefined) move(channel, record);
      put(sending, channel, settledOurs(present, settlement));
    } else if (isWord && record !== undefined && isSame(delivered.get(channel), mine)) {
      join(channel, record);
    } else if (kind === "delivered" || kind === "unknown") {
      put(sending, channel, withMineToo(present, mine));
    }
  }
  for (const [channel, { sending: mine, after }] of Object.entries(delta.claims ?? {})) {
    const present = sending.get(channel);
    if (channelMark(delivered.get(channel), present) === after) sending.set(channel, mine);
  }
  return { delivered, sending, moved };
}

function put(sending: Map<string, Sending>, channel: string, next: Sending | undefined): void {
  if (next === undefined) sending.delete(channel);
  else sending.set(channel, next);
}

/** Whether the claim is as its run has left it: one that was settled already has an unknown outcome. */
function isStanding(present: Sending | undefined, { kind, sending }: Settlement): present is Sending {
  const fate = kind === "gave_up" ? sending.fate : undefined;
  return present?.run === sending.run && present.seq === sending.seq && present.fate === fate;
}

function isSame(record: DeliveryRecord | undefined, { seq, hash }: Sending): boolean {
  return record?.seq === seq && record.hash === hash;
}

/** Nothing, but for what other runs have sent meanwhile, or may have before: that is still to be corrected. */
function settledOurs(present: Sending, { kind, sending, before }: Settlement): Sending | undefined {
  const known = new Set((sending.also ?? []).map(messageKey));
  const since = (present.also ?? []).filter((sent) => !known.has(messageKey(sent)));
  switch (kind) {
    case "unknown":
      return { ...sending, ...withAlso([...(sending.also ?? []), ...since]) };
    case "delivered":
    case "gave_up":
      return since.some(({ hash }) => hash !== sending.hash)
        ? { ...sending, fate: "unknown", ...withAlso(since) }
        : undefined;
    case "not_sent": {
      // What it was to repeat or correct is as unknown as before.
      if (before !== undefined) return { ...before, ...withAlso([...(before.also ?? []), ...since]) };
      return since.length === 0 ? undefined : { ...sending, fate: "unknown", ...withAlso(since) };
    }
    default:
      return kind satisfies never;
  }
}

/** Its claim was taken over, or the state was recreated: people may have received it all the same. */
function withMineToo(present: Sending | undefined, mine: Sending): Sending {
  if (present === undefined) return { ...mine, fate: "unknown" };
  const known = new Set(maybeDelivered(present).map(messageKey));
  const [own] = maybeDelivered(mine);
  if (own === undefined || known.has(messageKey(own))) return present;
  return { ...present, also: [...(present.also ?? []), own] };
}

function withAlso(also: readonly PossibleMessage[]): Pick<Sending, "also"> {
  return also.length === 0 ? {} : { also };
}

function messageKey({ seq, hash, at }: PossibleMessage): string {
  return JSON.stringify([seq, hash, at]);
}
