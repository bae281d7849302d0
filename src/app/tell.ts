import type { Failure } from "../core/failure.ts";
import type { Report } from "../core/generated/report.ts";
import type { Log } from "../core/log.ts";
import type { Change } from "../core/telling/change.ts";
import type { DeliveryRecord, Episode } from "../core/telling/state.ts";
import type { TellingDecision } from "../core/telling/telling.ts";
import { episodeOf, nextEpisode, recordTold, rootedAt } from "../core/telling/telling.ts";
import type { Channel, Links, Receipt, Refusal, Telling } from "../notify/channel.ts";
import type { Checked } from "./check.ts";
import { decisionOf } from "./decision.ts";
import type { Selected } from "./select.ts";

/** What became of one channel of one monitor. */
export interface Delivery {
  readonly channel: string;
  readonly reason: TellingDecision["reason"];
  readonly change: Change;
  readonly outcome:
    | {
        readonly kind: "accepted";
        readonly told: DeliveryRecord;
        readonly accepted: readonly string[];
        readonly pending: readonly Refusal[];
        readonly refused: readonly Refusal[];
      }
    | { readonly kind: "failed"; readonly failure: Failure; readonly refused: readonly Refusal[] }
    /** A dry run: it would have been told. */
    | { readonly kind: "would_tell" };
}

export interface Tellings {
  readonly deliveries: readonly Delivery[];
  /** To be remembered; undefined if nothing was told. */
  readonly episode: Episode | null | undefined;
  /** The report as told; undefined if nothing new was told. */
  readonly report: Report | undefined;
}

/**
 * Tells every channel of a monitor that is owed something. A channel that fails stops none of the others. Nothing is
 * remembered here: that follows, from what the channels have accepted.
 */
export async function tellMonitor(question: {
  readonly selected: Selected;
  readonly checked: Checked;
  readonly previousReport: Report | undefined;
  readonly channels: readonly Channel[];
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly now: Date;
  readonly links: Links;
  /** Channels that this run has found to be down: nobody waits for them again and again. */
  readonly down: Map<string, Failure>;
  readonly log: Log;
}): Promise<Tellings> {
  const deliveries: Delivery[] = [];
  let episode: Episode | null | undefined;
  let report: Report | undefined;
  const { selected, checked, previousReport, force, now } = question;
  const { monitor, occurrence } = selected;
  for (const channel of question.channels) {
    const told = selected.state?.delivered[channel.name];
    const { decision } = decisionOf({ monitor, checked, told, previousReport, occurrence, force, now });
    if (!decision.tell) {
      question.log.debug(`${channel.name}: nothing to tell`, { reason: decision.reason });
      if (!question.dryRun) await refresh(question, channel);
      continue;
    }
    if (question.dryRun) {
      deliveries.push({
        channel: channel.name,
        reason: decision.reason,
        change: decision.change,
        outcome: { kind: "would_tell" },
      });
      continue;
    }
    const down = question.down.get(channel.name);
    if (down !== undefined) {
      deliveries.push({
        channel: channel.name,
        reason: decision.reason,
        change: decision.change,
        outcome: { kind: "failed", failure: down, refused: [] },
      });
      continue;
    }
    const done = await deliver(question, channel, decision);
    const { outcome } = done.delivery;
    if (outcome.kind === "failed" && outcome.failure.incident !== undefined)
      question.down.set(channel.name, outcome.failure);
    deliveries.push(done.delivery);
    if (outcome.kind !== "accepted" || decision.reason === "pending") continue;
    // The first that accepted; the others say the same, but for the thread of mails.
    if (episode === undefined) episode = done.episode;
    report = checked.report;
  }
  return { deliveries, episode, report };
}

async function deliver(
  question: Parameters<typeof tellMonitor>[0],
  channel: Channel,
  decision: Extract<TellingDecision, { readonly tell: true }>,
): Promise<{ readonly delivery: Delivery; readonly episode: Episode | null }> {
  const { selected, checked, now, log } = question;
  const { monitor } = selected;
  const told = selected.state?.delivered[channel.name];
  const known = selected.state?.episode ?? null;
  const again = decision.reason === "pending" && told !== undefined;
  const next = nextEpisode({ episode: known, significant: checked.significant, at: now });
  const receipt = await channel.tell(
    {
      ...tellingOf(question, channel),
      report: again ? (question.previousReport ?? checked.report) : checked.report,
      change: decision.change,
      hash: decision.hash,
      seq: decision.seq,
      episode: again ? episodeOf(told, known) : next.told,
      at: decision.reason === "pending" ? decision.at : now,
      ...(decision.reason === "pending" ? { recipients: decision.recipients } : {}),
    },
    log,
  );
  const base = { channel: channel.name, reason: decision.reason, change: decision.change };
  const refusedForGood = again && isSettled(decision, receipt);
  if (receipt.kind === "failed" && !refusedForGood) return { delivery: { ...base, outcome: receipt }, episode: known };
  const taken = receipt.kind === "failed" ? { ref: told?.ref ?? "", accepted: [], pending: [] } : receipt;
  const record = recordTold({
    told,
    decision,
    significant: checked.significant,
    listDigest: checked.listDigest,
    notifyCondition: monitor.notify_condition,
    occurrence: selected.occurrence,
    at: now,
    receipt: { ref: taken.ref, pending: taken.pending.map((refusal) => refusal.address) },
  });
  const { accepted, pending } = taken;
  return {
    delivery: { ...base, outcome: { kind: "accepted", told: record, accepted, pending, refused: receipt.refused } },
    // Only a mail can start a thread of mails.
    episode: next.stored === null || channel.name !== "email" ? next.stored : rootedAt(next.stored, taken.ref),
  };
}

/** Everybody who was still to get this message has refused it for good: nobody is owed it any more. */
function isSettled(decision: Extract<TellingDecision, { readonly tell: true }>, { refused }: Receipt): boolean {
  const addresses = refused.map(({ address }) => address);
  return decision.reason === "pending" && decision.recipients.every((address) => addresses.includes(address));
}

/** Where nothing is to be told, what stands on the channel may have to be put right. */
async function refresh(question: Parameters<typeof tellMonitor>[0], channel: Channel): Promise<void> {
  const { selected, checked, now, log } = question;
  const told = selected.state?.delivered[channel.name];
  const episode = selected.state?.episode ?? null;
  if (told === undefined || question.down.has(channel.name)) return;
  await channel.refresh?.(
    {
      ...tellingOf(question, channel),
      report: checked.report,
      change: { kind: "unchanged", rows: [], listEdited: false },
      hash: told.hash,
      seq: told.seq,
      episode: episode?.open === true ? episode : null,
      at: now,
    },
    log,
  );
}

/** What every telling has, whatever it tells. */
function tellingOf(
  { selected, checked, links }: Parameters<typeof tellMonitor>[0],
  channel: Channel,
): Pick<Telling, "monitor" | "alerts" | "remembered" | "told" | "links"> {
  const told = selected.state?.delivered[channel.name];
  return {
    monitor: selected.monitor,
    alerts: checked.alerts,
    remembered: selected.state?.alerts ?? [],
    ...(told === undefined ? {} : { told }),
    links,
  };
}
