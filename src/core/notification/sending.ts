// What is about to be sent, and what becomes of it, as types (the rules stand in claims.ts and merge-claims.ts).

import type { RecordedChange } from "./change.ts";
import type { Episode } from "./episode.ts";
import type { SignificantResult } from "./significant.ts";

/**
 * What is about to be sent on a channel, written down before it goes out. As long as it stands here nobody knows whether
 * people have got it.
 */
export interface Sending {
  /** 128 random bits, hex: the process that wrote it down. */
  readonly run: string;
  readonly seq: number;
  readonly hash: string;
  readonly significant: SignificantResult;
  readonly list_digest: string;
  readonly change: RecordedChange;
  readonly occurrence?: string;
  /** The one that it belongs to, its last notification included; null outside of one. */
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
  /** Until then its run may be sending; by the real clock. Of unknown fate: when that was found. */
  readonly until: string;
  /** The time that its run has given itself, in seconds; absent: an older Partwatch has not written it down. */
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

/** A message that people have got, or may have. */
export type PossibleMessage = Pick<Sending, "seq" | "hash" | "at" | "significant" | "list_digest">;

export interface NoticeSending extends Pick<Sending, "run" | "seq" | "at" | "until" | "run_time" | "tries" | "fate"> {
  readonly kind: "opened" | "resolved";
  readonly cause: string;
}

export type NoticeStep =
  | { readonly kind: "claim"; readonly sending: NoticeSending; readonly after: string }
  | { readonly kind: "delivered"; readonly sending: NoticeSending; readonly at: string; readonly ref?: string }
  | { readonly kind: "not_sent" | "unknown"; readonly sending: NoticeSending };

/** A claim that may be written only where a channel stands as it was read (`after`, by channelMark()). */
export interface Claim {
  readonly sending: Sending;
  readonly after: string;
}

/** What became of a claim. delivered, heard (sent often enough): its record stands in the delta's `delivered`. */
export interface Settlement {
  readonly kind: "delivered" | "gave_up" | "not_sent" | "unknown";
  /** As claimed; of unknown fate as it is to stand. */
  readonly sending: Sending;
  /** What stood there of unknown fate before, if anything: it does so again where this was not sent. */
  readonly before?: Sending;
}

/** Whether it is the very message of last time, for some. */
export function isStanding(reason: string): reason is StandingReason {
  return reason === "pending" || reason === "newcomers";
}
