import type { Failure } from "../core/failure.ts";
import type { Report } from "../core/generated/report.ts";
import type { Log } from "../core/log.ts";
import type { Monitor } from "../core/monitor.ts";
import type { Change } from "../core/telling/change.ts";
import type { ChannelName } from "../core/telling/channels.ts";
import type { Alert, DeliveryRecord, Episode } from "../core/telling/state.ts";

/** A way to tell people. */
export interface Channel {
  readonly name: ChannelName;
  /** Never throws for what the world does wrong: that is a receipt of kind `failed`. */
  readonly tell: (telling: Telling, log: Log) => Promise<Receipt>;
  /** The alerts after what people have decided there; the very same array if nothing. Absent: nobody can answer there. Never throws. */
  readonly listen?: (question: Listening, log: Log) => Promise<readonly Alert[]>;
  /** Puts right what stands there where nothing is to be told. Never throws: the next run tries again. */
  readonly refresh?: (telling: Telling, log: Log) => Promise<void>;
  /** Ends what stands there of a monitor that is gone. False: it has to be tried again. Never throws. */
  readonly end?: (ending: Ending, log: Log) => Promise<boolean>;
}

export interface Listening {
  readonly monitor: Monitor;
  /** As remembered. */
  readonly alerts: readonly Alert[];
  /** What this channel was told last. */
  readonly told: DeliveryRecord | undefined;
  /** The instant of the check. */
  readonly at: Date;
}

export interface Ending {
  readonly id: string;
  readonly told: DeliveryRecord;
}

/** Everything that a channel needs to tell one result of one monitor. */
export interface Telling {
  readonly monitor: Monitor;
  readonly report: Report;
  readonly change: Change;
  readonly hash: string;
  /** Number of this telling; the same after a crash, never the same for a later one. */
  readonly seq: number;
  /** When the monitor was first told of: part of every Message-ID. */
  readonly born?: string;
  /** Aborted when the run does not wait any longer. */
  readonly ending?: AbortSignal;
  /** The one that this telling belongs to, its last telling included; null outside of one. */
  readonly episode: Episode | null;
  /** After this check, for "since when". */
  readonly alerts?: readonly Alert[];
  /** As remembered before this run. */
  readonly remembered?: readonly Alert[];
  /** What this channel was told last. */
  readonly told?: DeliveryRecord;
  /** The instant of the check (moved by --now). */
  readonly at: Date;
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
  readonly run?: string;
}

export type Receipt =
  | {
      readonly kind: "accepted";
      readonly ref: string;
      readonly accepted: readonly string[];
      /** Refused for now. */
      readonly pending: readonly Refusal[];
      /** Refused for good. */
      readonly refused: readonly Refusal[];
    }
  /** It was certainly not sent. */
  | { readonly kind: "failed"; readonly failure: Failure; readonly refused: readonly Refusal[] }
  /** It was handed over, and no answer came: nobody knows whether it arrived. */
  | { readonly kind: "unknown"; readonly failure: Failure };

export interface Refusal {
  readonly address: string;
  /** The server's own words. */
  readonly reason: string;
}

/** Tells the admins about trouble: once when it begins, once when it is over. */
export interface AdminChannel {
  readonly name: ChannelName;
  readonly tell: (notice: AdminNotice, log: Log) => Promise<Receipt>;
}

export interface AdminNotice {
  readonly kind: "begins" | "over";
  /** Key of the trouble in state. */
  readonly key: string;
  readonly since: Date;
  readonly at: Date;
  /** Cause in words; with request, status and attempts where there are any. */
  readonly cause: string;
  /** What to do, in words; absent: what usually helps with this kind of trouble. */
  readonly fix?: string;
  /** Names of the monitors that it touches. */
  readonly monitors: readonly string[];
  /** The channel's own name for what it told when this began. */
  readonly ref?: string;
  /** Number of this notice among those of its incident. */
  readonly seq?: number;
  readonly ending?: AbortSignal;
  readonly links: Links;
}
