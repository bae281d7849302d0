import type { Failure } from "../../core/failure.ts";
import type { Report } from "../../core/generated/report.ts";
import type { NotificationDecision } from "../../core/notification/decide.ts";
import { notifiedOccurrence } from "../../core/notification/digest.ts";
import { type Episode, rootedAt } from "../../core/notification/episode.ts";
import { recordDelivery } from "../../core/notification/record-delivery.ts";
import { isStanding, type Settlement } from "../../core/notification/sending.ts";
import type { DeliveryRecord, MonitorState } from "../../core/notification/state.ts";
import type { Log } from "../../core/ports.ts";
import { defined, own } from "../../core/records.ts";
import type { Channel, Receipt } from "../../notify/channel.ts";
import type { Delivery } from "./delivery.ts";
import type { RunEnd } from "./ending.ts";
import { buildNotification, isOurs } from "./message.ts";
import type { NotificationPlan, PlannedMessage } from "./plan.ts";
import type { SharedMail } from "./together.ts";

export interface Notifications {
  readonly deliveries: readonly Delivery[];
  /** The new state of the claims, by channel. */
  readonly settled: Readonly<Record<string, Settlement>>;
  /** What to record; undefined if nothing was sent. */
  readonly episode: Episode | null | undefined;
  /** The report as sent; undefined if nothing new was sent. */
  readonly report: Report | undefined;
}

export interface NotifyOptions {
  /** As of the commit that wrote the claims. */
  readonly state: MonitorState | undefined;
  /** Channels that this run has found to be down: not tried again for every list. */
  readonly down: Map<string, Failure>;
  readonly end: RunEnd;
  readonly log: Log;
  /** Waits until the channel may take another message. */
  readonly inTurn: <T>(channel: Channel, send: () => Promise<T>) => Promise<T>;
  /** Messages that several lists share. */
  readonly shared: SharedMail;
}

/**
 * Sends what a plan has claimed. A failing channel does not stop the others. Nothing is recorded here: the caller does that,
 * by what the channels have accepted.
 */
export async function notifyMonitor(plan: NotificationPlan, options: NotifyOptions): Promise<Notifications> {
  const deliveries: Delivery[] = [...plan.decided];
  const settled: Record<string, Settlement> = {};
  let episode: Episode | null | undefined;
  let report: Report | undefined;
  for (const message of plan.messages) {
    const done = await options.inTurn(message.channel, () => deliverUnlessDown(plan, { message, options }));
    const { outcome } = done.delivery;
    deliveries.push(done.delivery);
    if (done.settlement !== undefined) settled[message.channel.name] = done.settlement;
    if (outcome.kind !== "accepted" || isStanding(message.decision.reason)) continue;
    // The first one that was accepted; the others are the same but for the mail thread.
    if (episode === undefined) episode = done.episode;
    report = plan.checked.report;
  }
  return { deliveries, settled, episode, report };
}

interface Done {
  readonly delivery: Delivery;
  readonly settlement?: Settlement;
  readonly episode?: Episode | null;
}

/** A channel that is found to be down is so for whoever comes next. */
async function deliverUnlessDown(
  plan: NotificationPlan,
  { message, options }: { readonly message: PlannedMessage; readonly options: NotifyOptions },
): Promise<Done> {
  const done = await deliver(plan, { message, options });
  const { outcome } = done.delivery;
  if ((outcome.kind === "failed" || outcome.kind === "unknown") && outcome.failure.incident !== undefined)
    options.down.set(message.channel.name, outcome.failure);
  return done;
}

async function deliver(
  plan: NotificationPlan,
  { message, options }: { readonly message: PlannedMessage; readonly options: NotifyOptions },
): Promise<Done> {
  const { channel, decision, claim, before } = message;
  const { state, down, end, log, shared } = options;
  const { sending } = claim;
  const base = baseOf(message);
  // Another run may have been faster.
  if (!isOurs(message, state))
    return { delivery: { ...base, outcome: { kind: "elsewhere", sending: state?.sending?.[channel.name] } } };
  const released: Settlement = { kind: "not_sent", sending, ...defined({ before }) };
  let done = await shared.receiptOf(plan, message);
  if (done === undefined) {
    const known = down.get(channel.name);
    if (known !== undefined)
      return { delivery: { ...base, outcome: { kind: "failed", failure: known, refused: [] } }, settlement: released };
    if (!end.mayBegin(new Date(sending.until)))
      return { delivery: { ...base, outcome: { kind: "not_begun" } }, settlement: released };
    done = await shared.send(plan, message);
  }
  const receipt =
    done?.receipt ??
    (await end.within((ending) => channel.notify({ ...buildNotification(plan, { message, state }), ending }, log)));
  const refusedForGood = isSettled(decision, receipt);
  const until = (done?.at ?? end.now()).toISOString();
  if (receipt.kind === "unknown") {
    // Whoever was certainly not sent it must never count as notified.
    const to = receipt.unconfirmed ?? sending.to;
    const standing = doubtedStanding(plan, { message, to, until });
    if (standing !== undefined)
      return {
        delivery: { ...base, outcome: { ...receipt, delivered: standing } },
        settlement: { kind: "delivered", sending },
      };
    return {
      delivery: { ...base, outcome: receipt },
      settlement: { kind: "unknown", sending: { ...sending, to, until, fate: "unknown" } },
    };
  }
  if (receipt.kind === "failed" && !refusedForGood)
    return { delivery: { ...base, outcome: receipt }, settlement: released };
  return accepted(plan, { message, receipt, until });
}

function accepted(
  plan: NotificationPlan,
  {
    message,
    receipt,
    until,
  }: {
    readonly message: PlannedMessage;
    readonly receipt: Exclude<Receipt, { kind: "unknown" }>;
    readonly until: string;
  },
): Done {
  const { channel, decision, claim } = message;
  const { selected, checked, now } = plan;
  const delivered = selected.state?.delivered[channel.name];
  const taken = receipt.kind === "failed" ? { ref: delivered?.ref ?? "", accepted: [], pending: [] } : receipt;
  const unconfirmed = (receipt.kind === "accepted" ? receipt.unconfirmed : undefined) ?? [];
  const doubts = unconfirmed.map(
    ({ address }) => [address, { tries: triesOf(message, { address, delivered }), until }] as const,
  );
  const record = recordDelivery({
    delivered,
    decision,
    significant: checked.significant,
    listDigest: checked.listDigest,
    occurrence: notifiedOccurrence(selected),
    at: decision.reason === "again" ? decision.at : now,
    receipt: {
      ref: taken.ref,
      pending: taken.pending.map((refusal) => refusal.address),
      doubtful: Object.fromEntries(doubts),
      ...(channel.name === "email"
        ? { to: taken.accepted, refused: receipt.refused.map(({ address }) => address) }
        : {}),
    },
  });
  const { accepted, pending } = taken;
  const { episode } = claim.sending;
  const isShared = claim.sending.with !== undefined;
  return {
    delivery: {
      ...baseOf(message),
      outcome: { kind: "accepted", delivered: record, accepted, pending, refused: receipt.refused, unconfirmed },
    },
    settlement: { kind: "delivered", sending: claim.sending },
    // Only a mail of the list alone can start its thread of mails.
    episode: episode === null || channel.name !== "email" || isShared ? episode : rootedAt(episode, taken.ref),
  };
}

/** The answer so far, with those who may have received it by now, each at their own time; undefined: it is another message. */
function doubtedStanding(
  plan: NotificationPlan,
  { message, to, until }: { readonly message: PlannedMessage; readonly to: readonly string[]; readonly until: string },
): DeliveryRecord | undefined {
  const { channel, decision, claim } = message;
  const delivered = plan.selected.state?.delivered[channel.name];
  if (!isStanding(decision.reason) || delivered === undefined) return undefined;
  const doubts = to.map((address) => [address, { tries: triesOf(message, { address, delivered }), until }] as const);
  return recordDelivery({
    delivered,
    decision,
    significant: delivered.significant,
    listDigest: delivered.list_digest,
    occurrence: undefined,
    at: plan.now,
    receipt: {
      ref: delivered.ref,
      to: [],
      refused: [],
      pending: claim.sending.to.filter((address) => !to.includes(address)),
      doubtful: Object.fromEntries(doubts),
    },
  });
}

/** How often this address was sent a message that may have arrived, this time included. */
function triesOf(
  { decision, claim }: PlannedMessage,
  { address, delivered }: { readonly address: string; readonly delivered: DeliveryRecord | undefined },
): number {
  if (!isStanding(decision.reason)) return claim.sending.tries;
  return 1 + (own(delivered?.doubtful, address)?.tries ?? 0);
}

/** What a delivery says about its message, whatever the outcome. */
export function baseOf({ channel, decision, claim }: PlannedMessage): Omit<Delivery, "outcome"> {
  const { reason, change } = decision;
  return { channel: channel.name, reason, change, ...defined({ with: claim.sending.with }) };
}

/** Everybody who was still to get this message has refused it permanently: nobody is left to send it to. */
function isSettled(decision: Extract<NotificationDecision, { readonly notify: true }>, receipt: Receipt): boolean {
  if (!("recipients" in decision) || receipt.kind === "unknown") return false;
  const addresses = receipt.refused.map(({ address }) => address);
  return decision.recipients.every((address) => addresses.includes(address));
}
