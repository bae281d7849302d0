import type { ChannelName } from "../../core/channels.ts";
import type { Report } from "../../core/generated/report.ts";
import type { Monitor } from "../../core/monitor.ts";
import { type Change, compareResults } from "../../core/notification/change.ts";
import { type ClaimClock, correction, maybeDelivered } from "../../core/notification/claims.ts";
import type { NotificationDecision } from "../../core/notification/decide.ts";
import { decideClaimed } from "../../core/notification/decide-claimed.ts";
import { digestDue } from "../../core/notification/digest.ts";
import type { Sending } from "../../core/notification/sending.ts";
import type { DeliveryRecord, StateFiles } from "../../core/notification/state.ts";
import type { PlannedNotification } from "../../core/preview/from-change.ts";
import { own } from "../../core/records.ts";
import { latestBefore } from "../../core/schedule/schedule.ts";
import type { Channel } from "../../notify/channel.ts";
import type { Checked } from "./check.ts";

/** Whether a channel is to be notified of a check, and what has changed since it was last sent. */
export function decisionOf(input: {
  readonly monitor: Monitor;
  readonly checked: Checked;
  /** What this channel was last notified. */
  readonly delivered: DeliveryRecord | undefined;
  /** As last notified on any channel. */
  readonly previousReport: Report | undefined;
  readonly occurrence: Date | undefined;
  /** The occurrence of the digest that is due. */
  readonly digest: Date | undefined;
  readonly force: boolean;
  readonly now: Date;
  /** What stands as about to be sent on this channel. */
  readonly sending: Sending | undefined;
  readonly clock: ClaimClock;
}): { readonly change: Change; readonly decision: NotificationDecision } {
  const { monitor, checked, delivered, previousReport, occurrence, digest, force, now, sending, clock } = input;
  const { significant, present, report, hash, listDigest, alerts } = checked;
  const { significance } = monitor;
  const comparison = { next: significant, report, previousReport, listDigest, significance };
  const change = compareResults({ ...comparison, previous: delivered });
  const decision = decideClaimed({
    monitor,
    delivered,
    significant,
    present,
    hash,
    change,
    alerts,
    occurrence,
    digest,
    force,
    now,
    sending,
    clock,
    correct: () =>
      correction({ ...comparison, hash }, { delivered, unknown: sending === undefined ? [] : maybeDelivered(sending) }),
  });
  return { change: decision.notify ? decision.change : change, decision };
}

/** The same for a run of this very moment that nobody has forced. */
export function presentDecision(input: {
  readonly monitor: Monitor;
  readonly checked: Checked;
  readonly channel: ChannelName;
  readonly state: StateFiles;
  readonly now: Date;
}): ReturnType<typeof decisionOf> {
  const { monitor, checked, channel, state, now } = input;
  const { id, cron_schedule: cron, timezone } = monitor;
  return decisionOf({
    monitor,
    checked,
    delivered: own(state.monitors, id)?.delivered[channel],
    previousReport: own(state.reports, id),
    occurrence: latestBefore({ cron, timezone, notAfter: now }) ?? undefined,
    digest: digestDue({ monitor, lastRun: own(state.runs, id)?.last_run, now }),
    force: false,
    now,
    sending: own(own(state.monitors, id)?.sending, channel),
    // What is under way now is settled by the time of that run.
    clock: { now, runTimeMs: 0, takeOver: true },
  });
}

/** Those that are switched on for a monitor; mail that goes to nobody is no way to notify. */
export function switchedOn(channels: readonly Channel[], monitor: Monitor): readonly Channel[] {
  return channels.filter(
    ({ name }) => monitor.channels[name].active && (name !== "email" || monitor.recipients.length > 0),
  );
}

/** What each channel that is switched on for a monitor would be notified by a run of this very moment. */
export function plannedNotifications(input: {
  readonly monitor: Monitor;
  readonly checked: Checked;
  readonly state: StateFiles;
  readonly channels: readonly Channel[];
  readonly now: Date;
}): readonly PlannedNotification[] {
  const { channels, ...check } = input;
  return switchedOn(channels, input.monitor).map(({ name }) => {
    const { decision } = presentDecision({ ...check, channel: name });
    return { channel: name, reason: decision.notify ? decision.reason : null };
  });
}
