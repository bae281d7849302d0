import type { Failure } from "../core/failure.ts";
import type { Report } from "../core/generated/report.ts";
import type { Log } from "../core/log.ts";
import type { Change } from "../core/telling/change.ts";
import type { Sending, Settlement } from "../core/telling/sending.ts";
import type { DeliveryRecord, Episode, MonitorState } from "../core/telling/state.ts";
import type { TellingDecision } from "../core/telling/telling.ts";
import { recordTold, rootedAt } from "../core/telling/telling.ts";
import type { Receipt, Refusal, Telling } from "../notify/channel.ts";
import type { RunEnd } from "./ending.ts";
import type { Plan, PlannedMessage } from "./plan.ts";
import { tellingOf } from "./plan.ts";

/** What became of one channel of one monitor. */
export interface Delivery {
  readonly channel: string;
  readonly reason: TellingDecision["reason"];
  readonly change: Change;
  readonly outcome: DeliveryOutcome;
}

export type DeliveryOutcome =
  | {
      readonly kind: "accepted";
      readonly told: DeliveryRecord;
      readonly accepted: readonly string[];
      readonly pending: readonly Refusal[];
      readonly refused: readonly Refusal[];
    }
  /** It was certainly not sent. */
  | { readonly kind: "failed"; readonly failure: Failure; readonly refused: readonly Refusal[] }
  /** It was handed over, and no answer came. */
  | { readonly kind: "unknown"; readonly failure: Failure }
  /** A dry run: it would have been told. */
  | { readonly kind: "would_tell" }
  /** Another run may be sending; or it was faster. */
  | { readonly kind: "elsewhere"; readonly sending: Sending | undefined }
  /** Sent again later, as nobody knows whether it arrived. */
  | { readonly kind: "waiting"; readonly sending: Sending }
  /** It was sent often enough: it counts as heard from now on. */
  | { readonly kind: "gave_up"; readonly sending: Sending; readonly told: DeliveryRecord }
  /** Its claim could not be written. */
  | { readonly kind: "not_claimed" }
  /** The run has ended before. */
  | { readonly kind: "not_begun" };

export interface Tellings {
  readonly deliveries: readonly Delivery[];
  /** What becomes of the claims, by channel. */
  readonly settled: Readonly<Record<string, Settlement>>;
  /** To be remembered; undefined if nothing was told. */
  readonly episode: Episode | null | undefined;
  /** The report as told; undefined if nothing new was told. */
  readonly report: Report | undefined;
}

export interface TellOptions {
  /** As the commit left it that wrote the claims. */
  readonly state: MonitorState | undefined;
  /** Channels that this run has found to be down: nobody waits for them again and again. */
  readonly down: Map<string, Failure>;
  readonly end: RunEnd;
  readonly log: Log;
}

/**
 * Sends what a plan has claimed. A channel that fails stops none of the others. Nothing is remembered here: that follows,
 * from what the channels have accepted.
 */
export async function tellMonitor(plan: Plan, options: TellOptions): Promise<Tellings> {
  const deliveries: Delivery[] = [...plan.decided];
  const settled: Record<string, Settlement> = {};
  let episode: Episode | null | undefined;
  let report: Report | undefined;
  for (const message of plan.messages) {
    const done = await deliver(plan, { message, options });
    const { outcome } = done.delivery;
    if ((outcome.kind === "failed" || outcome.kind === "unknown") && outcome.failure.incident !== undefined)
      options.down.set(message.channel.name, outcome.failure);
    deliveries.push(done.delivery);
    if (done.settlement !== undefined) settled[message.channel.name] = done.settlement;
    if (outcome.kind !== "accepted" || message.decision.reason === "pending") continue;
    // The first that accepted; the others say the same, but for the thread of mails.
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

async function deliver(
  plan: Plan,
  { message, options }: { readonly message: PlannedMessage; readonly options: TellOptions },
): Promise<Done> {
  const { channel, decision, claim, before } = message;
  const { state, down, end, log } = options;
  const { sending } = claim;
  const base = { channel: channel.name, reason: decision.reason, change: decision.change };
  const present = state?.sending?.[channel.name];
  // Only what stands on the branch as ours is ours: another run may have been faster.
  if (present?.run !== sending.run || present.seq !== sending.seq)
    return { delivery: { ...base, outcome: { kind: "elsewhere", sending: present } } };
  const released: Settlement = { kind: "not_sent", sending, ...(before === undefined ? {} : { before }) };
  const known = down.get(channel.name);
  if (known !== undefined)
    return { delivery: { ...base, outcome: { kind: "failed", failure: known, refused: [] } }, settlement: released };
  if (!end.mayBegin(new Date(sending.until)))
    return { delivery: { ...base, outcome: { kind: "not_begun" } }, settlement: released };
  const receipt = await end.within((ending) =>
    channel.tell({ ...messageOf(plan, message), ...bornOf(state), ending }, log),
  );
  const refusedForGood = isSettled(decision, receipt);
  if (receipt.kind === "unknown") {
    const until = end.now().toISOString();
    return {
      delivery: { ...base, outcome: receipt },
      settlement: { kind: "unknown", sending: { ...sending, until, fate: "unknown" } },
    };
  }
  if (receipt.kind === "failed" && !refusedForGood)
    return { delivery: { ...base, outcome: receipt }, settlement: released };
  return accepted(plan, { message, receipt });
}

function accepted(
  plan: Plan,
  { message, receipt }: { readonly message: PlannedMessage; readonly receipt: Exclude<Receipt, { kind: "unknown" }> },
): Done {
  const { channel, decision, claim } = message;
  const { selected, checked, now } = plan;
  const told = selected.state?.delivered[channel.name];
  const taken = receipt.kind === "failed" ? { ref: told?.ref ?? "", accepted: [], pending: [] } : receipt;
  const record = recordTold({
    told,
    decision,
    significant: checked.significant,
    listDigest: checked.listDigest,
    notifyCondition: selected.monitor.notify_condition,
    occurrence: selected.occurrence,
    at: decision.reason === "again" ? decision.at : now,
    receipt: { ref: taken.ref, pending: taken.pending.map((refusal) => refusal.address) },
  });
  const { accepted, pending } = taken;
  const { episode } = claim.sending;
  return {
    delivery: {
      channel: channel.name,
      reason: decision.reason,
      change: decision.change,
      outcome: { kind: "accepted", told: record, accepted, pending, refused: receipt.refused },
    },
    settlement: { kind: "delivered", sending: claim.sending },
    // Only a mail can start a thread of mails.
    episode: episode === null || channel.name !== "email" ? episode : rootedAt(episode, taken.ref),
  };
}

/** What the channel gets. */
function messageOf(plan: Plan, { channel, decision, episode }: PlannedMessage): Telling {
  const again = decision.reason === "pending";
  return {
    ...tellingOf(plan, channel),
    report: again ? (plan.previousReport ?? plan.checked.report) : plan.checked.report,
    change: decision.change,
    hash: decision.hash,
    seq: decision.seq,
    episode,
    at: decision.reason === "pending" || decision.reason === "again" ? decision.at : plan.now,
    ...(decision.reason === "pending" ? { recipients: decision.recipients } : {}),
  };
}

function bornOf(state: MonitorState | undefined): Pick<Telling, "born"> {
  return state?.born === undefined ? {} : { born: state.born };
}

/** Everybody who was still to get this message has refused it for good: nobody is owed it any more. */
function isSettled(decision: Extract<TellingDecision, { readonly tell: true }>, receipt: Receipt): boolean {
  if (decision.reason !== "pending" || receipt.kind === "unknown") return false;
  const addresses = receipt.refused.map(({ address }) => address);
  return decision.recipients.every((address) => addresses.includes(address));
}
