// What a channel is told where a claim stands: live ones are left alone, those of unknown fate are made good. Pure.
import type { Change } from "./change.ts";
import { type ClaimClock, claimStanding, nextSeq, repeatedAt } from "./claims.ts";
import type { Sending } from "./sending.ts";
import { decideTelling, fromTold, isNewOccurrence, type TellingDecision, type TellingQuestion } from "./telling.ts";

export interface ClaimedQuestion extends TellingQuestion {
  /** What stands as about to be sent on this channel. */
  readonly sending: Sending | undefined;
  readonly clock: ClaimClock;
  /** The change against everything that people may have heard. */
  readonly correct: () => Change;
}

/**
 * The same where something may be under way. A live claim of another run is left alone. Where nobody knows whether people
 * have got a message, they are owed one whatever the result is now: the same again if it is the same, else a correction.
 */
export function decideClaimed(question: ClaimedQuestion): TellingDecision {
  const { told, sending, hash, clock } = question;
  const standing = claimStanding(sending, clock);
  if (standing.kind === "none") return decideTelling(question);
  const { kind, sending: claim } = standing;
  if (kind === "live") return { tell: false, reason: "elsewhere", sending: claim };
  const repeats = repeatedAt(claim);
  const waits = repeats !== null && repeats > clock.now && !question.force && !clock.takeOver;
  const isOne = (claim.also ?? []).every((heard) => heard.hash === claim.hash);
  if (isOne && claim.why === "pending" && told?.seq === claim.seq) {
    const decision = decideTelling(question);
    if (!decision.tell || decision.reason !== "pending") return decision;
    if (repeats === null) return { tell: false, reason: "gave_up", sending: claim };
    return waits ? { tell: false, reason: "waiting", sending: claim } : decision;
  }
  const isFor = question.monitor.notify_condition === "always" && isNewOccurrence(claim, question.occurrence);
  if (!isOne || claim.hash !== hash || isFor)
    return { tell: true, reason: "correction", change: question.correct(), hash, seq: nextSeq(told, claim) };
  if (repeats === null) return { tell: false, reason: "gave_up", sending: claim };
  if (waits) return { tell: false, reason: "waiting", sending: claim };
  const { seq, episode } = claim;
  return { tell: true, reason: "again", change: fromTold(claim.change), hash, seq, at: new Date(claim.at), episode };
}
