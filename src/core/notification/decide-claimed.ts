// Whether to notify a channel that has a claim: live claims are left alone, those with unknown outcome are made up for. Pure.
import { type Change, fromDelivered } from "./change.ts";
import { type ClaimClock, claimStatus, nextSeq, repeatedAt } from "./claims.ts";
import { decideNotification, isNewOccurrence, type NotificationDecision, type NotificationInput } from "./decide.ts";
import { notifiedOccurrence } from "./digest.ts";
import { isStanding, type Sending } from "./sending.ts";

export interface ClaimedInput extends NotificationInput {
  /** The claim on this channel. */
  readonly sending: Sending | undefined;
  readonly clock: ClaimClock;
  /** The change against everything that people may have received. */
  readonly correct: () => Change;
}

/**
 * The same when something may be under way. A live claim of another run is left alone. If it is unknown whether people
 * have received a message, another one is due whatever the result is now: the same again if it is the same, else a correction.
 */
export function decideClaimed(input: ClaimedInput): NotificationDecision {
  const { delivered, sending, hash, clock } = input;
  const status = claimStatus(sending, clock);
  if (status.kind === "none") return decideNotification(input);
  const { kind, sending: claim } = status;
  if (kind === "live") return { notify: false, reason: "elsewhere", sending: claim };
  const repeats = repeatedAt(claim, clock.now);
  const waits = repeats !== null && repeats > clock.now && !input.force && !clock.takeOver;
  const isOne = (claim.also ?? []).every((heard) => heard.hash === claim.hash);
  if (isOne && isStanding(claim.why) && delivered?.seq === claim.seq) {
    const decision = decideNotification(input);
    if (!decision.notify || !isStanding(decision.reason)) return decision;
    if (repeats === null) return { notify: false, reason: "gave_up", sending: claim };
    return waits ? { notify: false, reason: "waiting", sending: claim } : decision;
  }
  const isFor = isNewOccurrence(claim, notifiedOccurrence({ ...input, digest: input.digest }));
  if (!isOne || claim.hash !== hash || isFor)
    return { notify: true, reason: "correction", change: input.correct(), hash, seq: nextSeq(delivered, claim) };
  if (repeats === null) return { notify: false, reason: "gave_up", sending: claim };
  if (waits) return { notify: false, reason: "waiting", sending: claim };
  const { seq, episode } = claim;
  return {
    notify: true,
    reason: "again",
    change: fromDelivered(claim.change),
    hash,
    seq,
    at: new Date(claim.at),
    episode,
  };
}
