import type { Report } from "../core/generated/report.ts";
import type { Monitor } from "../core/monitor.ts";
import { own } from "../core/records.ts";
import { latestBefore } from "../core/schedule/schedule.ts";
import { type Change, compare } from "../core/telling/change.ts";
import type { ChannelName } from "../core/telling/channels.ts";
import { type ClaimClock, correction, maybeHeard } from "../core/telling/claims.ts";
import { decideClaimed } from "../core/telling/decide-claimed.ts";
import type { Sending } from "../core/telling/sending.ts";
import type { DeliveryRecord, StateFiles } from "../core/telling/state.ts";
import type { TellingDecision } from "../core/telling/telling.ts";
import type { Channel } from "../notify/channel.ts";
import type { Checked } from "./check.ts";

/** Whether a channel is to be told of a check, and what has changed since it was told last. */
export function decisionOf(question: {
  readonly monitor: Monitor;
  readonly checked: Checked;
  /** What this channel was last told. */
  readonly told: DeliveryRecord | undefined;
  /** As last told on any channel. */
  readonly previousReport: Report | undefined;
  readonly occurrence: Date | undefined;
  readonly force: boolean;
  readonly now: Date;
  /** What stands as about to be sent on this channel. */
  readonly sending: Sending | undefined;
  readonly clock: ClaimClock;
}): { readonly change: Change; readonly decision: TellingDecision } {
  const { monitor, checked, told, previousReport, occurrence, force, now, sending, clock } = question;
  const { significant, report, hash, listDigest, alerts } = checked;
  const { significance } = monitor;
  const comparison = { next: significant, report, previousReport, listDigest, significance };
  const change = compare({ ...comparison, previous: told });
  const decision = decideClaimed({
    monitor,
    told,
    significant,
    hash,
    change,
    alerts,
    occurrence,
    force,
    now,
    sending,
    clock,
    correct: () =>
      correction(
        { ...comparison, hash },
        { delivered: told, unknown: sending === undefined ? [] : maybeHeard(sending) },
      ),
  });
  return { change: decision.tell ? decision.change : change, decision };
}

/** The same for a run of this very moment that nobody has forced. */
export function presentDecision(question: {
  readonly monitor: Monitor;
  readonly checked: Checked;
  readonly channel: ChannelName;
  readonly state: StateFiles;
  readonly now: Date;
}): ReturnType<typeof decisionOf> {
  const { monitor, checked, channel, state, now } = question;
  const { id, cron_schedule: cron, timezone } = monitor;
  return decisionOf({
    monitor,
    checked,
    told: own(state.monitors, id)?.delivered[channel],
    previousReport: own(state.reports, id),
    occurrence: latestBefore({ cron, timezone, notAfter: now }) ?? undefined,
    force: false,
    now,
    sending: own(own(state.monitors, id)?.sending, channel),
    // What is under way now is settled by the time of that run.
    clock: { now, runTimeMs: 0, takeOver: true },
  });
}

/** Those that are switched on for a monitor; mail that goes to nobody is no way to tell. */
export function switchedOn(channels: readonly Channel[], monitor: Monitor): readonly Channel[] {
  return channels.filter(
    ({ name }) => monitor.channels[name].active && (name !== "email" || monitor.recipients.length > 0),
  );
}
