// Messages to be sent, and their outcomes, as types (the rules are in claims.ts and merge-claims.ts).

import type { RecordedChange } from "./change.ts";
import type { Episode } from "./episode.ts";
import type { SignificantResult } from "./significant.ts";

/**
 * A message about to be sent on a channel, written before it goes out. As long as it is here, it is unknown whether
 * people have received it.
 */
export interface Sending {
  /** 128 random bits, hex: identifies the process that wrote it. */
  readonly run: string;
  readonly seq: number;
  readonly hash: string;
  readonly significant: SignificantResult;
  readonly list_digest: string;
  readonly change: RecordedChange;
  readonly occurrence?: string;
  /** The episode that it belongs to, including the one it ends; null outside of one. */
  readonly episode: Episode | null;
  /** Mail: the recipients. */
  readonly to: readonly string[];
  /** Ids of the other lists in the same mail; absent: it is the list's own. */
  readonly with?: readonly string[];
  readonly why:
    | "first"
    | "changed"
    | "always"
    | "digest"
    | "forced"
    | "reminder"
    | StandingReason
    | "correction"
    | "again";
  /** Instant of the check. */
  readonly at: string;
  /** Until then its run may be sending; by the real clock. With unknown outcome: when that was found. */
  readonly until: string;
  /** The time limit of its run, in seconds; absent: an older Partwatch has not recorded it. */
  readonly run_time?: number;
  /** How often it was sent or about to be. */
  readonly tries: number;
  /** Its run saw no answer after it had handed it over. */
  readonly fate?: "unknown";
  /** What other runs have sent meanwhile. */
  readonly also?: readonly PossibleMessage[];
}

/** The standing answer, for those who still owe it room, or never had it. */
export type StandingReason = "pending" | "newcomers";

/** A message that people have received, or may have. */
export type PossibleMessage = Pick<Sending, "seq" | "hash" | "at" | "significant" | "list_digest">;

export interface NoticeSending extends Pick<Sending, "run" | "seq" | "at" | "until" | "run_time" | "tries" | "fate"> {
  readonly kind: "opened" | "resolved";
  readonly cause: string;
}

export type NoticeStep =
  | { readonly kind: "claim"; readonly sending: NoticeSending; readonly after: string }
  | { readonly kind: "delivered"; readonly sending: NoticeSending; readonly at: string; readonly ref?: string }
  | { readonly kind: "not_sent" | "unknown"; readonly sending: NoticeSending };

/** A claim that may be written only if the channel is unchanged since it was read (`after`, by channelMark()). */
export interface Claim {
  readonly sending: Sending;
  readonly after: string;
}

/** The outcome of a claim. delivered, heard (sent often enough): its record is in the delta's `delivered`. */
export interface Settlement {
  readonly kind: "delivered" | "gave_up" | "not_sent" | "unknown";
  /** As claimed; with unknown outcome, as to be recorded. */
  readonly sending: Sending;
  /** The earlier message with unknown outcome, if any: it is restored if this one was not sent. */
  readonly before?: Sending;
}

/** Whether it is the very message of last time, for some. */
export function isStanding(reason: string): reason is StandingReason {
  return reason === "pending" || reason === "newcomers";
}
