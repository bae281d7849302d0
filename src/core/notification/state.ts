// The state between runs: the files of the state branch, as types. The rules that change them are beside this
// file (change.ts, alerts.ts, merge.ts); reading and writing them is the work of state/.

import type { Failure } from "../failure.ts";
import type { Report } from "../generated/report.ts";
import type { OrdersFile, OrdersRead, OutlookFile, OutlookMade } from "./ahead-files.ts";
import type { RecordedChange } from "./change.ts";
import type { Episode } from "./episode.ts";
import type { Claim, NoticeSending, NoticeStep, Sending, Settlement } from "./sending.ts";
import type { Settling } from "./settling.ts";
import type { AlertKind, SignificantResult } from "./significant.ts";

/** The form of the state files that this program writes; it reads older ones (migrate.ts). */
export const STATE_VERSION = 2;

/** What a channel has demonstrably delivered for a monitor. */
export interface DeliveryRecord {
  readonly hash: string;
  readonly significant: SignificantResult;
  /** Number of the notification; part of the Message-ID. */
  readonly seq: number;
  /** RFC 3339. */
  readonly at: string;
  /** The channel's own name for it: a Message-ID, an issue's number. */
  readonly ref: string;
  /** `always`, `digest`: the occurrence of the cron, or of the digest's, that this notification was for. */
  readonly occurrence?: string;
  /** Mail: who has this answer, sorted. Absent: an older Partwatch has not written it down. */
  readonly to?: readonly string[];
  /** Mail: who refused it permanently, sorted. */
  readonly refused?: readonly string[];
  /** Recipients that refused for now and get the same message with the next run. */
  readonly pending?: readonly string[];
  /** Mail, by address: who may have received it, because no answer came; the same is sent to them again in time. */
  readonly doubtful?: Readonly<Record<string, Doubt>>;
  /** The changes in that message; kept while it is still to be sent to somebody. */
  readonly change?: RecordedChange;
  /** Digest of the monitor's parts, watch and policy at that notification. */
  readonly list_digest: string;
}

/** How often a message with unknown outcome was sent to somebody, and when that was found last; by the real clock. */
export type Doubt = Pick<Sending, "tries" | "until">;

/** One part of one monitor being short, critical, low or out. Key: (part, kind). */
export interface Alert {
  /** pk, or an unresolved entry's own words. */
  readonly part: number | string;
  readonly name: string;
  readonly kind: AlertKind;
  readonly state: "active" | "acknowledged" | "dismissed" | "resolved";
  readonly since: string;
  readonly quantity: number;
  readonly threshold?: number;
  readonly message: string;
  readonly seen_at: string;
  readonly acknowledged?: { readonly by: string; readonly at: string };
  readonly dismissed?: {
    readonly at: string;
    readonly until?: string;
    readonly by?: string;
    readonly quantity: number;
  };
  readonly resolved_at?: string;
}

/** state/<id>.json */
export interface MonitorState {
  readonly schema_version: typeof STATE_VERSION;
  readonly id: string;
  readonly name: string;
  readonly last_hash: string | null;
  /** Random, written with the first claim: a list that is deleted and made again repeats no Message-ID. */
  readonly born?: string;
  readonly delivered: Readonly<Record<string, DeliveryRecord>>;
  /** Per channel; absent: nothing is under way. */
  readonly sending?: Readonly<Record<string, Sending>>;
  readonly alerts: readonly Alert[];
  /** Only where the list waits for more than one check. */
  readonly settling?: Settling;
  readonly episode: Episode | null;
}

export interface LastRun {
  /**
   * The occurrence of the cron that the last completed check of the schedule was for; RFC 3339. Absent as long as there
   * was none: the first check failed, or the monitor was only run by hand.
   */
  readonly scheduled_for?: string;
  readonly manual_at?: string;
  /** notify_condition digest: nothing is pending for digests up to this instant. */
  readonly digest_until?: string;
  readonly started_at: string;
  readonly finished_at: string;
  readonly outcome: "notified" | "partly_notified" | "unchanged" | "elsewhere" | "failed" | "skipped";
  readonly error?: Failure;
  readonly run_url?: string;
}

/** How many parts a complete check found. */
export interface CheckCounts {
  readonly short: number;
  readonly to_build: number;
  readonly critical: number;
  /** Absent in what version 1 has left. */
  readonly low?: number;
  readonly out?: number;
  /** Percent. */
  readonly coverage: number;
}

/** One point of a monitor's history: one per day and per change, at most 400. */
export interface HistoryPoint extends CheckCounts {
  readonly at: string;
  readonly hash: string;
}

/** One check, whatever its outcome. */
export interface RecentCheck {
  readonly at: string;
  readonly outcome: LastRun["outcome"];
  /** How long it took. */
  readonly ms: number;
  /** Absent: the check was not complete. */
  readonly counts?: CheckCounts;
  /** Channels that have delivered. */
  readonly notified?: readonly string[];
  /** Why it failed, in words. */
  readonly error?: string;
}

/** history/<id>.json */
export interface MonitorHistory {
  readonly schema_version: typeof STATE_VERSION;
  readonly id: string;
  readonly points: readonly HistoryPoint[];
  /** The last 20 checks, the newest last. */
  readonly recent: readonly RecentCheck[];
}

export interface MonitorRuns {
  /** As the monitor was called in the last run; the table for people shows it. */
  readonly name?: string;
  /** Its file, relative to the folder of `monitors/`. */
  readonly file?: string;
  /** The next occurrence of its cron as of the last run; null if there is none. */
  readonly next_at?: string | null;
  readonly last_run: LastRun;
  readonly last_success_at?: string;
  /** What the last complete check found. */
  readonly result?: CheckCounts & { readonly at: string };
}

/** A problem of a server, channel, file or list: the admins are notified once when it starts and once when it is resolved. */
export interface Incident {
  readonly since: string;
  readonly cause: string;
  /** Per channel: when the admins were notified of it. */
  readonly opened: Readonly<Record<string, string>>;
  /** Per channel: when they were notified that it is resolved, while that is pending on another channel. */
  readonly resolved?: Readonly<Record<string, string>>;
  /** When it was resolved, while somebody has yet to be notified: a later run may see nothing of it. */
  readonly over?: string;
  /** Per channel: the channel's own id of the notice, such as an issue's number. */
  readonly refs?: Readonly<Record<string, string>>;
  /** Per channel: the notice about to be sent, as in a monitor's state. */
  readonly sending?: Readonly<Record<string, NoticeSending>>;
  /** The greatest number that a notice of it had. */
  readonly seq?: number;
}

/** Everything on the state branch. A file that could not be read is in `broken` and never overwritten. */
export interface StateFiles {
  readonly monitors: Readonly<Record<string, MonitorState>>;
  readonly reports: Readonly<Record<string, Report>>;
  readonly runs: Readonly<Record<string, MonitorRuns>>;
  /** Only the requested ones: together they are larger than everything else. */
  readonly histories: Readonly<Record<string, MonitorHistory>>;
  /** By instance: open purchase orders. */
  readonly orders: Readonly<Record<string, OrdersFile>>;
  /** By instance: by when things are ready, what to order, how stock develops. */
  readonly outlooks: Readonly<Record<string, OutlookFile>>;
  /** The folder whose lists these are, from the repository's top: `.` or `stock/lists`; absent: nobody has said so yet. */
  readonly root?: string;
  /** How many runs have committed: if the number has fallen, the branch has lost what they recorded. */
  readonly generation: number;
  /** By key: `<instance>/unreachable` · `/refused` · `/incomplete`, `mail`, `file:<path>`, `address:<address>`. */
  readonly system: Readonly<Record<string, Incident>>;
  readonly broken: readonly BrokenStateFile[];
}

export interface BrokenStateFile {
  readonly path: string;
  readonly message: string;
}

/** The changes of one run. They are re-applied to whatever is on the branch when the commit goes through. */
export interface StateDelta {
  readonly monitors: Readonly<Record<string, MonitorDelta>>;
  readonly runs: Readonly<Record<string, RunDelta>>;
  /** null: this incident is resolved. */
  readonly system: Readonly<Record<string, Incident | null>>;
  /** Monitors that are no longer in the repository. */
  readonly removed: readonly string[];
  /** How each of them stood as it was read (monitorMark): one that has moved since stays. Absent: as it stands. */
  readonly removedAs?: Readonly<Record<string, string>>;
  /** Monitors that are switched off: no check of them is expected. */
  readonly inactive?: readonly string[];
  /** The folder whose lists these are; absent: as it stands there. */
  readonly root?: string;
  /**
   * A commit in the middle of a run: it touches state/, reports/, charts/ and system.json alone. runs.json, history/,
   * orders/, outlook/, README.md and data.json wait for the run's last one.
   */
  readonly interim?: true;
  /** What was read of open orders, by instance. */
  readonly orders?: Readonly<Record<string, OrdersRead>>;
  /** What was made of outlooks, by instance. */
  readonly outlooks?: Readonly<Record<string, OutlookMade>>;
  /** What becomes of notices to the admins, by key, then channel. */
  readonly notices?: Readonly<Record<string, Readonly<Record<string, NoticeStep>>>>;
}

export interface MonitorDelta {
  readonly name: string;
  /** Written where nothing stands yet. */
  readonly born?: string;
  readonly claims?: Readonly<Record<string, Claim>>;
  readonly settled?: Readonly<Record<string, Settlement>>;
  /** Only channels that were notified in this run. */
  readonly delivered: Readonly<Record<string, DeliveryRecord>>;
  /** Absent: unchanged. */
  readonly last_hash?: string;
  readonly alerts?: MovedAlerts;
  /** null: the list waits for nothing any more. Absent: unchanged. */
  readonly settling?: Settling | null;
  readonly episode?: Episode | null;
  /**
   * Channels that were closed, claims with unknown outcome included, each by its mark (channelMark) at that time: as
   * if nothing had ever been delivered there.
   */
  readonly ended?: Readonly<Record<string, string>>;
  /** The report as sent; absent if nothing was sent. */
  readonly report?: Report;
}

/** Alerts as somebody read them, and as they were left: what else has changed by then is somebody else's. */
export interface MovedAlerts {
  readonly before: readonly Alert[];
  readonly after: readonly Alert[];
}

export interface RunDelta {
  readonly name?: string;
  readonly file?: string;
  readonly next_at?: string | null;
  readonly last_run: LastRun;
  /** Absent: the check failed or was skipped. */
  readonly point?: HistoryPoint;
  /** Channels that have delivered; absent: none. */
  readonly notified?: readonly string[];
}
