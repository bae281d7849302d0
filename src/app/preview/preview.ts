import { FailureError } from "../../core/failure.ts";
import type { Report } from "../../core/generated/report.ts";
import type { Monitor } from "../../core/monitor.ts";
import type { Change } from "../../core/notification/change.ts";
import { nextSeq } from "../../core/notification/claims.ts";
import { type Episode, nextEpisode } from "../../core/notification/episode.ts";
import type { PlannedNotification } from "../../core/preview/from-change.ts";
import { own } from "../../core/records.ts";
import { latestBefore } from "../../core/schedule/schedule.ts";
import type { Notification } from "../../notify/channel.ts";
import { brokenFor } from "../../state/files.ts";
import type { Deps } from "../deps.ts";
import { monitorLinks } from "../monitor-links.ts";
import { checkMonitor } from "../run/check.ts";
import { plannedNotifications, presentDecision } from "../run/decision.ts";
import { unknownState } from "../run/failures.ts";
import { readFor } from "../run/read.ts";

/** What would be sent about a monitor now. */
export interface Preview {
  readonly monitor: Monitor;
  readonly report: Report;
  readonly change: Change;
  /** What a run at this moment would do on each channel that the monitor uses. */
  readonly channels: readonly PlannedNotification[];
  readonly notification: Notification;
}

/**
 * Makes the mail of a monitor's next notification; nothing is sent or recorded. Throws FailureError if the server
 * cannot be read completely, or the list cannot be calculated.
 */
export async function preview(input: {
  readonly deps: Deps;
  readonly monitor: Monitor;
  readonly now: Date;
}): Promise<Preview> {
  const { deps, monitor, now } = input;
  const state = await deps.store.read();
  const [broken] = brokenFor(state, monitor.id);
  if (broken !== undefined) throw new FailureError(unknownState(broken));
  const snapshot = await readFor([monitor], { inventree: deps.inventree(monitor.instance), now });
  const known = own(state.monitors, monitor.id);
  const result = checkMonitor({
    monitor,
    snapshot,
    alerts: known?.alerts ?? [],
    settling: known?.settling,
    occurrence: latestBefore({ cron: monitor.cron_schedule, timezone: monitor.timezone, notAfter: now }) ?? undefined,
    previousReport: own(state.reports, monitor.id),
    now,
  });
  if (result.kind === "failed") throw new FailureError(result.failure);
  const { change, decision } = presentDecision({ monitor, checked: result, channel: "email", state, now });
  const episode: Episode | null = nextEpisode({
    episode: known?.episode ?? null,
    significant: result.significant,
    at: now,
  }).delivered;
  const notification: Notification = {
    monitor,
    report: result.report,
    change,
    hash: result.hash,
    seq: decision.notify ? decision.seq : nextSeq(known?.delivered.email, known?.sending?.email),
    ...(known?.born === undefined ? {} : { born: known.born }),
    episode,
    alerts: result.alerts,
    at: now,
    links: { ...monitorLinks(monitor, { deps, known }), inventree: snapshot.serverUrl },
  };
  const channels = plannedNotifications({ monitor, checked: result, state, channels: deps.channels, now });
  return { monitor, report: result.report, change, channels, notification };
}
