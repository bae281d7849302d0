import type { Failure } from "../../core/failure.ts";
import type { Report } from "../../core/generated/report.ts";
import type { Monitor } from "../../core/monitor.ts";
import { deliveredChange } from "../../core/notification/change.ts";
import { type ClaimClock, channelMark, claimStatus, maybeDelivered } from "../../core/notification/claims.ts";
import type { NotificationDecision } from "../../core/notification/decide.ts";
import { notifiedOccurrence } from "../../core/notification/digest.ts";
import { type Episode, episodeOf, nextEpisode } from "../../core/notification/episode.ts";
import { mergePeople } from "../../core/notification/record-delivery.ts";
import { type Claim, isStanding, type Sending } from "../../core/notification/sending.ts";
import type { DeliveryRecord } from "../../core/notification/state.ts";
import type { Log } from "../../core/ports.ts";
import { defined } from "../../core/records.ts";
import type { Channel, Links, Notification } from "../../notify/channel.ts";
import type { Checked } from "./check.ts";
import { decisionOf } from "./decision.ts";
import type { Delivery } from "./delivery.ts";
import type { Selected } from "./select.ts";

type Notify = Extract<NotificationDecision, { readonly notify: true }>;

/** A message that is to be claimed, then sent. */
export interface PlannedMessage {
  readonly channel: Channel;
  readonly decision: Notify;
  readonly claim: Claim;
  /** An earlier message whose outcome is unknown. */
  readonly before: Sending | undefined;
  /** The episode that it belongs to. */
  readonly episode: Episode | null;
}

/** What to send after a check, and to whom. */
export interface NotificationPlan {
  readonly selected: Selected;
  readonly checked: Checked;
  readonly previousReport: Report | undefined;
  readonly now: Date;
  readonly links: Links;
  readonly startedAt: Date;
  /** The present as people see it, after everything is done. */
  readonly finishedAt: () => Date;
  readonly messages: readonly PlannedMessage[];
  /** Channels for which nothing is to be claimed. */
  readonly decided: readonly Delivery[];
}

export interface PlanOptions {
  readonly selected: Selected;
  readonly checked: Checked;
  readonly previousReport: Report | undefined;
  readonly channels: readonly Channel[];
  readonly force: boolean;
  /** Nothing on a channel is changed. */
  readonly dryRun: boolean;
  readonly now: Date;
  readonly links: Links;
  readonly startedAt: Date;
  readonly finishedAt: () => Date;
  readonly down: ReadonlyMap<string, Failure>;
  /** Of this process. */
  readonly run: string;
  /** When everything that it claims has ended. */
  readonly until: Date;
  readonly clock: ClaimClock;
  readonly log: Log;
}

/** Decides what to send on each channel of a monitor. Nothing is sent; what a channel shows may be corrected. */
export async function planMonitor(options: PlanOptions): Promise<NotificationPlan> {
  const { selected, checked, previousReport, now, links, startedAt, finishedAt, force, clock, log } = options;
  const { monitor, occurrence, digest } = selected;
  const messages: PlannedMessage[] = [];
  const decided: Delivery[] = [];
  for (const channel of options.channels) {
    const delivered = selected.state?.delivered[channel.name];
    const sending = selected.state?.sending?.[channel.name];
    const input = { monitor, checked, delivered, previousReport, occurrence, digest, force, now, sending, clock };
    const { change, decision } = decisionOf(input);
    const base = { channel: channel.name, reason: decision.reason, change };
    if (!decision.notify) {
      const outcome = restingOutcome(decision, delivered);
      if (outcome !== undefined) decided.push({ ...base, outcome });
      log.debug(`${channel.name}: nothing to send`, { reason: decision.reason });
      if (outcome === undefined && !options.dryRun) await refresh(options, channel);
      continue;
    }
    const down = options.down.get(channel.name);
    if (down !== undefined) decided.push({ ...base, outcome: { kind: "failed", failure: down, refused: [] } });
    else messages.push(planned(options, { channel, decision }));
  }
  return { selected, checked, previousReport, now, links, startedAt, finishedAt, messages, decided };
}

function restingOutcome(
  decision: Extract<NotificationDecision, { readonly notify: false }>,
  delivered: DeliveryRecord | undefined,
): Delivery["outcome"] | undefined {
  switch (decision.reason) {
    case "unchanged":
    case "occurrence":
      return undefined;
    case "elsewhere":
    case "waiting":
      return { kind: decision.reason, sending: decision.sending };
    case "gave_up":
      return { kind: "gave_up", sending: decision.sending, delivered: givenUpRecord(decision.sending, delivered) };
    default:
      return decision satisfies never;
  }
}

/** What was sent often enough is recorded as if it had been accepted. */
function givenUpRecord(sending: Sending, delivered: DeliveryRecord | undefined): DeliveryRecord {
  const { hash, significant, seq, at, list_digest, occurrence, to, why } = sending;
  const people = to.length === 0 ? {} : mergePeople(isStanding(why) ? delivered : undefined, { to });
  return {
    hash,
    significant,
    seq,
    at,
    list_digest,
    ref: delivered?.ref ?? "",
    ...defined({ occurrence }),
    ...people,
  };
}

function planned(
  { selected, checked, now, run, until, clock }: PlanOptions,
  { channel, decision }: { readonly channel: Channel; readonly decision: Notify },
): PlannedMessage {
  const { monitor, state } = selected;
  const delivered = state?.delivered[channel.name];
  const present = state?.sending?.[channel.name];
  const stands = claimStatus(present, clock);
  const before = stands.kind === "unknown" ? lost(stands.sending, clock.now) : undefined;
  const known = later(state?.episode ?? null, before?.episode ?? null);
  const next = nextEpisode({ episode: known, significant: checked.significant, at: now });
  const isFor = isStanding(decision.reason);
  const same = decision.reason === "again" || isFor;
  const also = before === undefined || same ? [] : maybeDelivered(before);
  const sending: Sending = {
    run,
    seq: decision.seq,
    hash: decision.hash,
    significant: isFor && delivered !== undefined ? delivered.significant : checked.significant,
    list_digest: checked.listDigest,
    change: deliveredChange(decision.change),
    ...defined({ occurrence: notifiedOccurrence(selected)?.toISOString() }),
    episode: decision.reason === "again" ? decision.episode : isFor ? known : next.stored,
    to: channel.name !== "email" ? [] : "recipients" in decision ? decision.recipients : certainFirst(monitor, before),
    why: decision.reason,
    at: ("at" in decision ? decision.at : now).toISOString(),
    until: until.toISOString(),
    run_time: Math.ceil(clock.runTimeMs / 1_000),
    tries: same ? (before?.tries ?? 0) + 1 : 1,
    ...(also.length === 0 ? {} : { also }),
  };
  const episode =
    decision.reason === "again"
      ? episodeOf(sending, decision.episode)
      : isFor && delivered !== undefined
        ? episodeOf(delivered, known)
        : next.delivered;
  return { channel, decision, claim: { sending, after: channelMark(delivered, present) }, before, episode };
}

/** Recipients; first those who have certainly not got what may have been sent: a server that hangs often hangs at the first. */
function certainFirst({ recipients }: Monitor, before: Sending | undefined): readonly string[] {
  const mayHaveIt = (address: string) => before?.to.includes(address) === true;
  return [...recipients.filter((one) => !mayHaveIt(one)), ...recipients.filter(mayHaveIt)];
}

/** If the run that wrote the claim has died, this is said on the channel even if the next message is not sent. */
function lost(sending: Sending, now: Date): Sending {
  return sending.fate === undefined ? { ...sending, until: now.toISOString(), fate: "unknown" } : sending;
}

/** A message that may or may not have arrived may have begun or ended an episode. */
function later(known: Episode | null, claimed: Episode | null): Episode | null {
  if (known === null || claimed === null) return known ?? claimed;
  if (claimed.number !== known.number) return claimed.number > known.number ? claimed : known;
  return known.open ? { ...claimed, ...defined({ root: known.root }) } : known;
}

/** Corrects what a channel shows if nothing is to be sent. */
async function refresh(options: PlanOptions, channel: Channel): Promise<void> {
  const { selected, checked, now, log } = options;
  const delivered = selected.state?.delivered[channel.name];
  const episode = selected.state?.episode ?? null;
  if (delivered === undefined || options.down.has(channel.name)) return;
  await channel.refresh?.(
    {
      ...notificationOf(options, channel),
      report: checked.report,
      change: { kind: "unchanged", rows: [], listEdited: false },
      hash: delivered.hash,
      seq: delivered.seq,
      episode: episode?.open === true ? episode : null,
      at: now,
    },
    log,
  );
}

/** What every notification has, whatever its content. */
export function notificationOf(
  { selected, checked, links }: Pick<NotificationPlan, "selected" | "checked" | "links">,
  channel: Channel,
): Pick<Notification, "monitor" | "alerts" | "remembered" | "delivered" | "links"> {
  const delivered = selected.state?.delivered[channel.name];
  return {
    monitor: selected.monitor,
    alerts: checked.alerts,
    remembered: selected.state?.alerts ?? [],
    ...defined({ delivered }),
    links,
  };
}
