import type { Monitor } from "../core/monitor.ts";
import type { WouldTell } from "../core/preview/of-change.ts";
import { latestBefore } from "../core/schedule/schedule.ts";
import { compare } from "../core/telling/change.ts";
import type { StateFiles } from "../core/telling/state.ts";
import { decideTelling } from "../core/telling/telling.ts";
import type { Channel } from "../notify/channel.ts";
import type { Checked } from "./check.ts";

/** What each channel that is switched on for a monitor would be told by a run of this very moment. */
export function wouldTell(question: {
  readonly monitor: Monitor;
  readonly checked: Checked;
  readonly state: StateFiles;
  readonly channels: readonly Channel[];
  readonly now: Date;
}): readonly WouldTell[] {
  const { monitor, checked, state, channels, now } = question;
  const { significant, report, hash, listDigest, alerts } = checked;
  const { cron_schedule: cron, timezone, significance } = monitor;
  const occurrence = latestBefore({ cron, timezone, notAfter: now }) ?? undefined;
  return switchedOn(channels, monitor).map(({ name }) => {
    const told = state.monitors[monitor.id]?.told[name];
    const previousReport = state.reports[monitor.id];
    const change = compare({ previous: told, next: significant, report, previousReport, listDigest, significance });
    const decision = decideTelling({ monitor, told, significant, hash, change, alerts, occurrence, force: false, now });
    return { channel: name, reason: decision.tell ? decision.reason : null };
  });
}

/** Mail that goes to nobody is no way to tell. */
function switchedOn(channels: readonly Channel[], monitor: Monitor): readonly Channel[] {
  return channels.filter(
    ({ name }) => monitor.channels[name].active && (name !== "email" || monitor.recipients.length > 0),
  );
}
