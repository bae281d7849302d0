import type { Failure } from "../../core/failure.ts";
import type { Change } from "../../core/notification/change.ts";
import type { NotificationDecision } from "../../core/notification/decide.ts";
import type { Sending } from "../../core/notification/sending.ts";
import type { DeliveryRecord } from "../../core/notification/state.ts";
import type { AddressRefusal } from "../../notify/channel.ts";

/** What became of one channel of one monitor. */
export interface Delivery {
  readonly channel: string;
  readonly reason: NotificationDecision["reason"];
  readonly change: Change;
  /** Ids of the other lists in the same mail; absent: it is the list's own. */
  readonly with?: readonly string[];
  readonly outcome: DeliveryOutcome;
}

export type DeliveryOutcome =
  | {
      readonly kind: "accepted";
      readonly delivered: DeliveryRecord;
      readonly accepted: readonly string[];
      readonly pending: readonly AddressRefusal[];
      readonly refused: readonly AddressRefusal[];
      /** It is unknown whether they have received it. */
      readonly unconfirmed: readonly AddressRefusal[];
    }
  /** It was certainly not sent. */
  | { readonly kind: "failed"; readonly failure: Failure; readonly refused: readonly AddressRefusal[] }
  /** It was handed over, and no answer came: it may have arrived. */
  | {
      readonly kind: "unknown";
      readonly failure: Failure;
      /** The answer so far, which others have: also names those who may have received it now. */
      readonly delivered?: DeliveryRecord;
      /** Those who may have received it; absent: all. */
      readonly unconfirmed?: readonly string[];
    }
  /** Dry run: it would have been sent. */
  | { readonly kind: "would_notify" }
  /** Another run may be sending; or it was faster. */
  | { readonly kind: "elsewhere"; readonly sending: Sending | undefined }
  /** To be sent again later, because it is unknown whether it arrived. */
  | { readonly kind: "waiting"; readonly sending: Sending }
  /** Sent often enough without confirmation: counts as delivered from now on. */
  | { readonly kind: "gave_up"; readonly sending: Sending; readonly delivered: DeliveryRecord }
  /** Its claim could not be written. */
  | { readonly kind: "not_claimed" }
  /** The run has ended before. */
  | { readonly kind: "not_begun" };
