// When to notify a channel, and what is still pending on it (docs/state.md). Pure.

import type { Failure } from "../failure.ts";
import type { Monitor } from "../monitor.ts";
import { own } from "../records.ts";
import { latestBefore } from "../schedule/schedule.ts";
import { offsetAt } from "../schedule/zone.ts";
import { type Change, fromDelivered } from "./change.ts";
import { type ClaimClock, nextSeq, repeatedAt } from "./claims.ts";
import type { Episode } from "./episode.ts";
import type { Sending, StandingReason } from "./sending.ts";
import { rowKey, type SignificantResult, somethingShort } from "./significant.ts";
import type { Alert, DeliveryRecord, LastRun } from "./state.ts";

export interface NotificationInput {
  readonly monitor: Pick<Monitor, "notify_condition" | "remind_after_ms" | "recipients" | "cron_schedule" | "timezone">;
  /** What this channel was last notified; undefined: nothing yet. */
  readonly delivered: DeliveryRecord | undefined;
  /** What has not settled stands in it as before. */
  readonly significant: SignificantResult;
  /** As this check found it. */
  readonly present: SignificantResult;
  readonly hash: string;
  /** Against `delivered`, by compareResults(). */
  readonly change: Change;
  /** After this check. */
  readonly alerts: readonly Alert[];
  /** The occurrence of the cron that this check is for: for a check by hand the latest one; undefined if there is none. */
  readonly occurrence: Date | undefined;
  /** The occurrence of the digest that is due, by digestDue(). */
  readonly digest?: Date | undefined;
  readonly force: boolean;
  /** Moved by --now. */
  readonly now: Date;
  /** Absent, or with takeOver: whoever may have received a message is sent it again at once. */
  readonly clock?: Pick<ClaimClock, "now" | "takeOver">;
}

export type NotificationDecision =
  | {
      readonly notify: false;
      /** unchanged: nothing that counts has changed. occurrence: `always` or `digest` has notified for this occurrence already. */
      readonly reason: "unchanged" | "occurrence";
    }
  | {
      readonly notify: false;
      /** elsewhere: another run may be sending. waiting: until the same is sent again. gave_up: that was often enough. */
      readonly reason: "elsewhere" | "waiting" | "gave_up";
      readonly sending: Sending;
    }
  | {
      readonly notify: true;
      readonly reason: "first" | "changed" | "always" | "digest" | "forced" | "reminder" | "correction";
      readonly change: Change;
      readonly hash: string;
      readonly seq: number;
    }
  | {
      /**
       * The very message of last time, for those who refused it then (pending) or are new among the recipients: with the
       * report as delivered (reports/<id>.json).
       */
      readonly notify: true;
      readonly reason: StandingReason;
      readonly change: Change;
      readonly hash: string;
      readonly seq: number;
      readonly recipients: readonly string[];
      /** Instant of the check that it is about. */
      readonly at: Date;
    }
  | {
      /** The very message whose outcome is unknown, for all. */
      readonly notify: true;
      readonly reason: "again";
      readonly change: Change;
      readonly hash: string;
      readonly seq: number;
      readonly at: Date;
      readonly episode: Episode | null;
    };

/**
 * Whether a channel is notified after a complete check. Only for channels that the monitor uses: nothing is pending on others.
 * A check that failed notifies nobody.
 */
export function decideNotification(input: NotificationInput): NotificationDecision {
  const { delivered, change, hash } = input;
  const seq = nextSeq(delivered, undefined);
  const notify = (reason: "first" | "changed" | "always" | "digest" | "forced") =>
    ({ notify: true, reason, change: asNotified(change), hash, seq }) as const;
  if (input.monitor.notify_condition === "digest") {
    if (input.digest !== undefined && isNewOccurrence(delivered, input.digest)) return notify("digest");
    if (input.force) return notify("forced");
    const owed = delivered === undefined ? undefined : standingAnswer(delivered, input.monitor, input.clock);
    return owed ?? { notify: false, reason: "occurrence" };
  }
  if (delivered === undefined) return notify("first");
  const always = input.monitor.notify_condition === "always";
  const newOccurrence = always && isNewOccurrence(delivered, input.occurrence);
  if (newOccurrence) return notify("always");
  if (!always && hash !== delivered.hash && change.kind === "changed" && !isCalmTooSoon(input))
    return notify("changed");
  if (input.force) return notify("forced");
  const standing = standingAnswer(delivered, input.monitor, input.clock);
  if (standing !== undefined) return standing;
  if (reminds(input, delivered)) {
    return { notify: true, reason: "reminder", change: { ...change, kind: "reminder" }, hash, seq };
  }
  return { notify: false, reason: always ? "occurrence" : "unchanged" };
}

/** Whether a monitor is due because a delivery is still pending on one of its channels. */
export function owes(monitor: {
  readonly delivered: Readonly<Record<string, DeliveryRecord>>;
  readonly sending?: Readonly<Record<string, Sending>> | undefined;
  readonly lastRun: LastRun | undefined;
  /** Names of the channels that the monitor uses. */
  readonly channels: readonly string[];
  readonly recipients: readonly string[];
  readonly notify_condition: Monitor["notify_condition"];
  /** As for decideNotification(). */
  readonly digest?: Date | undefined;
}): boolean {
  const { delivered, lastRun, channels } = monitor;
  if (channels.length === 0) return false;
  if (lastRun?.outcome === "partly_notified") return true;
  if (lastRun?.outcome === "failed" && isOfChannel(lastRun.error)) return true;
  return channels.some((channel) => {
    const last = own(delivered, channel);
    if (own(monitor.sending, channel) !== undefined) return true;
    if (monitor.digest !== undefined && isNewOccurrence(last, monitor.digest)) return true;
    return last !== undefined && standingAnswer(last, monitor) !== undefined;
  });
}

/** The outcome of a complete check, by the outcomes of the channels that were to be notified. */
export function checkOutcome(
  deliveries: readonly ("accepted" | "failed" | "elsewhere")[],
): "notified" | "partly_notified" | "unchanged" | "elsewhere" | "failed" {
  const accepted = deliveries.includes("accepted");
  if (deliveries.includes("failed")) return accepted ? "partly_notified" : "failed";
  if (accepted) return "notified";
  return deliveries.includes("elsewhere") ? "elsewhere" : "unchanged";
}

function isOfChannel(error: Failure | undefined): boolean {
  return error?.kind === "mail" || error?.kind === "channel";
}

/** `always` and `forced` notify whatever there is: what is too small to count is still a change for the readers. */
function asNotified(change: Change): Change {
  if (change.kind !== "unchanged") return change;
  const any = change.rows.length > 0 || (change.nowSilenced ?? []).length > 0;
  return any ? { ...change, kind: "changed" } : change;
}

/** Whether the last notification was for another occurrence than this one. */
export function isNewOccurrence(
  delivered: Pick<DeliveryRecord, "occurrence"> | undefined,
  occurrence: Date | undefined,
): boolean {
  if (occurrence === undefined) return false;
  return delivered?.occurrence === undefined || Date.parse(delivered.occurrence) !== occurrence.getTime();
}

/** Who was pending and is still a recipient, as written now; an address that was taken off the list is owed nothing. */
function stillPending(delivered: DeliveryRecord, recipients: readonly string[]): readonly string[] {
  const pending = new Set(delivered.pending?.map((address) => address.toLowerCase()));
  return recipients.filter((address) => pending.has(address.toLowerCase()));
}

/** Who may have received it and is due to be sent it again: each at their own time. */
function doubtfulNow(
  { doubtful = {} }: DeliveryRecord,
  { recipients, now }: { readonly recipients: readonly string[]; readonly now: Date | undefined },
): readonly string[] {
  const due = Object.entries(doubtful).filter(([, doubt]) => {
    const again = repeatedAt({ ...doubt, fate: "unknown" }, now);
    return again !== null && (now === undefined || again <= now);
  });
  const known = new Set(due.map(([address]) => address.toLowerCase()));
  return recipients.filter((address) => known.has(address.toLowerCase()));
}

/** Who never had this answer: a new recipient, or a corrected address. If it was not recorded who had it, nobody. */
function newcomers(
  { to, refused = [], pending = [], doubtful = {} }: DeliveryRecord,
  recipients: readonly string[],
): readonly string[] {
  if (to === undefined) return [];
  const known = new Set(
    [...to, ...refused, ...pending, ...Object.keys(doubtful)].map((address) => address.toLowerCase()),
  );
  return recipients.filter((address) => !known.has(address.toLowerCase()));
}

/** What is still pending for those who have not had it; undefined: all have it. */
function standingAnswer(
  delivered: DeliveryRecord,
  { recipients: all, notify_condition: condition }: Pick<Monitor, "recipients" | "notify_condition">,
  clock?: NotificationInput["clock"],
): Extract<NotificationDecision, { readonly reason: StandingReason }> | undefined {
  // First those who have certainly not received it: a server that hangs often does so from the first message on.
  const pending = [
    ...stillPending(delivered, all),
    ...doubtfulNow(delivered, { recipients: all, now: clock?.takeOver ? undefined : clock?.now }),
  ];
  // Whoever is new among the readers of a digest gets the next one.
  const recipients = [...pending, ...(condition === "digest" ? [] : newcomers(delivered, all))];
  if (recipients.length === 0) return undefined;
  return {
    notify: true,
    reason: pending.length > 0 ? "pending" : "newcomers",
    change:
      delivered.change === undefined
        ? // Whoever is new is sent how it stands, and not what has changed for others.
          { kind: pending.length > 0 ? "unchanged" : "changed", rows: [], listEdited: false }
        : fromDelivered(delivered.change),
    hash: delivered.hash,
    seq: delivered.seq,
    recipients,
    at: new Date(delivered.at),
  };
}

/**
 * Nothing is short now, except what has not settled: a message would say that all is covered, and nobody would learn that it is
 * short again. It waits until that has settled, or is short again.
 */
function isCalmTooSoon({ significant, present }: NotificationInput): boolean {
  return somethingShort(significant) && !somethingShort(present);
}

/**
 * Again although nothing changed: after so long, while a part is short that nobody has acknowledged. Silenced ones are not
 * there; what is covered and has only not settled yet is no reason.
 */
function reminds(input: NotificationInput, delivered: DeliveryRecord): boolean {
  const { monitor, significant, present, alerts } = input;
  if (monitor.remind_after_ms === null || monitor.notify_condition === "always") return false;
  if (timeSince(input, delivered) < monitor.remind_after_ms) return false;
  const active = new Set(alerts.filter((alert) => alert.state === "active").map(rowKey));
  return (["short", "unresolved", "low", "out", "late"] as const).some((kind) =>
    (significant[kind] ?? []).some(
      ([part]) => active.has(rowKey({ kind, part })) && (present[kind] ?? []).some(([found]) => found === part),
    ),
  );
}

/** A scheduled check may start so late and still belong to its occurrence. */
const LATEST_MS = 6 * 3_600_000;

/**
 * How long ago a channel was notified, in milliseconds: the time that has passed, or that from one occurrence to the other by the
 * zone's own clock. A schedule of once a week with a reminder after 7d must not miss it because the first check started
 * later than the second, or a week of 167 hours lay between them.
 */
function timeSince({ monitor, occurrence, now }: NotificationInput, delivered: DeliveryRecord): number {
  const at = new Date(delivered.at);
  const passed = now.getTime() - at.getTime();
  const { cron_schedule: cron, timezone, remind_after_ms } = monitor;
  const first = occurrence === undefined ? null : latestBefore({ cron, timezone, notAfter: at });
  if (occurrence === undefined || first === null) return passed;
  if (at.getTime() - first.getTime() > Math.min(LATEST_MS, (remind_after_ms ?? 0) / 2)) return passed;
  const wall = (instant: Date) => instant.getTime() + offsetAt(timezone, instant.getTime());
  return Math.max(passed, wall(occurrence) - wall(first));
}
