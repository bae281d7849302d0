import { FailureError } from "../core/failure.ts";
import type { Report } from "../core/generated/report.ts";
import type { Monitor } from "../core/monitor.ts";
import type { WouldTell } from "../core/preview/of-change.ts";
import { own } from "../core/records.ts";
import type { Change } from "../core/telling/change.ts";
import { nextSeq } from "../core/telling/claims.ts";
import type { Episode } from "../core/telling/state.ts";
import { nextEpisode } from "../core/telling/telling.ts";
import { needOf } from "../inventree/need.ts";
import type { Telling } from "../notify/channel.ts";
import { brokenFor } from "../state/files.ts";
import { checkMonitor } from "./check.ts";
import { presentDecision } from "./decision.ts";
import type { Deps } from "./deps.ts";
import { unknownState } from "./failures.ts";
import { wouldTell } from "./would-tell.ts";

/** What would be told of a monitor now. */
export interface Preview {
  readonly monitor: Monitor;
  readonly report: Report;
  readonly change: Change;
  /** What a run of this moment would do on each channel that is switched on. */
  readonly channels: readonly WouldTell[];
  readonly telling: Telling;
}

/**
 * Makes the mail that a monitor's next telling would be; nothing is told or remembered. Throws FailureError if the server
 * cannot be read completely, or the list cannot be counted.
 */
export async function preview(question: {
  readonly deps: Deps;
  readonly monitor: Monitor;
  readonly now: Date;
}): Promise<Preview> {
  const { deps, monitor, now } = question;
  const state = await deps.store.read();
  const [broken] = brokenFor(state, monitor.id);
  if (broken !== undefined) throw new FailureError(unknownState(broken));
  const snapshot = await deps.inventree(monitor.instance).read(needOf([monitor]));
  const known = own(state.monitors, monitor.id);
  const result = checkMonitor({ monitor, snapshot, alerts: known?.alerts ?? [], now });
  if (result.kind === "failed") throw new FailureError(result.failure);
  const { change, decision } = presentDecision({ monitor, checked: result, channel: "email", state, now });
  const episode: Episode | null = nextEpisode({
    episode: known?.episode ?? null,
    significant: result.significant,
    at: now,
  }).told;
  const monitorFile = deps.fileUrl(monitor.file);
  const telling: Telling = {
    monitor,
    report: result.report,
    change,
    hash: result.hash,
    seq: decision.tell ? decision.seq : nextSeq(known?.delivered.email, known?.sending?.email),
    ...(known?.born === undefined ? {} : { born: known.born }),
    episode,
    alerts: result.alerts,
    at: now,
    links: { ...deps.links, inventree: snapshot.serverUrl, ...(monitorFile === undefined ? {} : { monitorFile }) },
  };
  const channels = wouldTell({ monitor, checked: result, state, channels: deps.channels, now });
  return { monitor, report: result.report, change, channels, telling };
}
