import { MOST_TRIES, repeatedAt, takenOverAt } from "../../core/notification/claims.ts";
import type { Sending } from "../../core/notification/sending.ts";
import { own } from "../../core/records.ts";
import type { DeliveryOutcome } from "./delivery.ts";

/** What became of a channel that has accepted nothing; goes on behind the channel's name. */
export function restWords(outcome: Exclude<DeliveryOutcome, { readonly kind: "accepted" | "would_notify" }>): string {
  switch (outcome.kind) {
    case "failed":
      return " failed";
    case "unknown":
      return " gave no answer: the message may have arrived";
    case "elsewhere":
      return outcome.sending === undefined ? ": another run was faster" : `: ${elsewhereWords(outcome.sending)}`;
    case "waiting":
      return `: nobody knows whether the message of ${minute(outcome.sending.at)} arrived; ${againWords(outcome.sending)}`;
    case "gave_up":
      return `: never confirmed, sent ${outcome.sending.tries} times`;
    case "not_claimed":
      return ": not sent, as it could not be recorded first";
    case "not_begun":
      return ": not sent, as the run ended before";
    default:
      return outcome satisfies never;
  }
}

/** Who is sending, since when, and when somebody else takes it over. */
export function elsewhereWords(sending: Pick<Sending, "run" | "at" | "until" | "with">): string {
  const takenOver = minute(takenOverAt(sending).toISOString());
  const others = sending.with === undefined ? "" : `, in one mail with ${sending.with.join(", ")}`;
  return `being notified elsewhere${others} (run ${sending.run.slice(0, 8)}, check of ${minute(sending.at)}); taken over after ${takenOver} if that run has died, or at once with --take-over`;
}

/** Who was sent this often enough without an answer, as a sentence: it counts as delivered to them; undefined: nobody. */
export function givenUpOn(
  outcome: Extract<DeliveryOutcome, { readonly kind: "accepted" | "unknown" }>,
): { readonly to: readonly string[]; readonly words: string } | undefined {
  const { delivered } = outcome;
  if (delivered === undefined) return undefined;
  const unconfirmed =
    outcome.kind === "accepted" ? outcome.unconfirmed.map(({ address }) => address) : (outcome.unconfirmed ?? []);
  const to = unconfirmed.filter((address) => own(delivered.doubtful, address) === undefined);
  if (to.length === 0) return undefined;
  return { to, words: givenUpWords({ at: delivered.at, to, tries: MOST_TRIES }) };
}

/** Messages that were never confirmed. */
export function givenUpWords({ at, to, tries }: Pick<Sending, "at" | "to" | "tries">): string {
  const whom = to.length === 0 ? "" : ` to ${to.join(", ")}`;
  return `the message of ${minute(at)}${whom} was sent ${tries} times and never confirmed; it counts as delivered from now on. Ask whether it arrived.`;
}

function againWords(sending: Sending): string {
  const at = repeatedAt(sending);
  return at === null
    ? "it is not sent again"
    : `it is sent again after ${minute(at.toISOString())}, or at once with --force`;
}

function minute(instant: string): string {
  return `${instant.slice(0, 16).replace("T", " ")} UTC`;
}
