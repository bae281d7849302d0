import type { ChannelName } from "../core/channels.ts";
import type { Failure } from "../core/failure.ts";
import type { Report } from "../core/generated/report.ts";
import type { Monitor } from "../core/monitor.ts";
import type { Change } from "../core/notification/change.ts";
import type { Episode } from "../core/notification/episode.ts";
import type { Sending } from "../core/notification/sending.ts";
import type { Alert, DeliveryRecord } from "../core/notification/state.ts";
import type { Log } from "../core/ports.ts";

/** A way to notify people. */
export interface Channel {
  readonly name: ChannelName;
  /** Never throws for faults of the outside world: these are receipts of kind `failed`. */
  readonly notify: (notification: Notification, log: Log) => Promise<Receipt>;
  /** How many messages may be under way at once; absent: one. */
  readonly atOnce?: number;
  /** Messages that several lists share; absent: this channel has none. */
  readonly together?: SharedChannel;
  /** The alerts after what people have decided on this channel; the very same array if nothing. Absent: nobody can decide there. Never throws. */
  readonly readDecisions?: (input: DecisionInput, log: Log) => Promise<readonly Alert[]>;
  /** Corrects what the channel shows when nothing is to be sent. Never throws: the next run tries again. */
  readonly refresh?: (notification: Notification, log: Log) => Promise<void>;
  /** Closes what the channel shows of a monitor that is gone or no longer uses it. False: to be tried again. Never throws. */
  readonly end?: (ending: Ending, log: Log) => Promise<boolean>;
}

/** Several lists' notifications as one message, for the same people. */
export interface SharedChannel {
  /** Whether this monitor's notifications may go out with those of others. */
  readonly takes: (monitor: Monitor) => boolean;
  /** Like `notify`; there are at least two, all for the same recipients and in the same language. */
  readonly notify: (notifications: readonly Notification[], log: Log) => Promise<Receipt>;
}

export interface DecisionInput {
  readonly monitor: Monitor;
  /** As remembered. */
  readonly alerts: readonly Alert[];
  /** What was last delivered on this channel. */
  readonly delivered: DeliveryRecord | undefined;
  /** The instant of the check. */
  readonly at: Date;
}

/** gone: its file. inactive: it is switched off. channel_off: it notifies in other ways. */
export type EndingReason = "gone" | "inactive" | "channel_off";

export interface Ending {
  readonly id: string;
  readonly why: EndingReason;
  readonly delivered?: DeliveryRecord | undefined;
  /** A message whose outcome is unknown. */
  readonly sending?: Sending | undefined;
}

/** Everything that a channel needs to notify about one result of one monitor. */
export interface Notification {
  readonly monitor: Monitor;
  readonly report: Report;
  readonly change: Change;
  readonly hash: string;
  /** Number of this notification; the same after a crash, never the same for a later one. */
  readonly seq: number;
  /** When the monitor was first notified about: part of every Message-ID. */
  readonly born?: string;
  /** Aborted when the run no longer waits. */
  readonly ending?: AbortSignal;
  /** The episode of this notification, including the one that ends it; null outside of one. */
  readonly episode: Episode | null;
  /** After this check, for "since when". */
  readonly alerts?: readonly Alert[];
  /** As remembered before this run. */
  readonly remembered?: readonly Alert[];
  /** What was last delivered on this channel. */
  readonly delivered?: DeliveryRecord;
  /** The instant of the check (moved by --now). */
  readonly at: Date;
  /** The instant of the run that sends it, later than the check if it was delayed for days; absent: the same. */
  readonly sentAt?: Date;
  /** Only these recipients (a repeat to pending ones); absent: all. */
  readonly recipients?: readonly string[];
  readonly links: Links;
}

export interface Links {
  /** InvenTree's base URL for links, without trailing slash. */
  readonly inventree: string;
  /** `owner/name`, or the clone's folder name; part of Message-ID and List-Id. */
  readonly repository: string;
  /** The monitor's file in the browser, if the repository has an address there. */
  readonly monitorFile?: string;
  /** The same in the forge's editor. */
  readonly editFile?: string;
  /** The episode's issue, where there is one already. */
  readonly issue?: string;
  readonly run?: string;
}

export type Receipt =
  | {
      readonly kind: "accepted";
      readonly ref: string;
      readonly accepted: readonly string[];
      /** Refused for now. */
      readonly pending: readonly AddressRefusal[];
      /** Refused permanently. */
      readonly refused: readonly AddressRefusal[];
      /** It was handed over to them without an answer: it is unknown whether they have received it. */
      readonly unconfirmed?: readonly AddressRefusal[];
    }
  /** It was certainly not sent. */
  | { readonly kind: "failed"; readonly failure: Failure; readonly refused: readonly AddressRefusal[] }
  /** It was handed over, and no answer came: it is unknown whether it arrived. */
  | {
      readonly kind: "unknown";
      readonly failure: Failure;
      /** Those who may have received it; absent: all. The others certainly have not. */
      readonly unconfirmed?: readonly string[];
    };

export interface AddressRefusal {
  readonly address: string;
  /** The server's own words. */
  readonly reason: string;
}

/** Notifies the admins about an incident: once when it is opened, once when it is resolved. */
export interface AdminChannel {
  readonly name: ChannelName;
  readonly notify: (notice: AdminNotice, log: Log) => Promise<Receipt>;
}

export interface AdminNotice {
  readonly kind: "opened" | "resolved";
  /** Key of the incident in state. */
  readonly key: string;
  readonly since: Date;
  readonly at: Date;
  /** The instant of the run that sends it; absent: `at`. */
  readonly sentAt?: Date;
  /** Cause in words; with request, status and attempts where there are any. */
  readonly cause: string;
  /** How to fix it; absent: the usual fix for this kind of incident. */
  readonly fix?: string;
  /** Names of the affected monitors. */
  readonly monitors: readonly string[];
  /** The channel's own id of the notice that opened it. */
  readonly ref?: string;
  /** Number of this notice among those of its incident. */
  readonly seq?: number;
  readonly ending?: AbortSignal;
  readonly links: Links;
}
