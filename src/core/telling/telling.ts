// When to tell a channel, what to remember of it, and what it is still owed (docs/state.md). Pure.

import type { Failure } from "../failure.ts";
import type { Monitor } from "../monitor.ts";
import { own } from "../records.ts";
import { latestBefore } from "../schedule/schedule.ts";
import { offsetAt } from "../schedule/zone.ts";
import type { Change } from "./change.ts";
import { nextSeq } from "./claims.ts";
import type { Sending } from "./sending.ts";
import { rowKey, somethingShort } from "./significant.ts";
import type { Alert, DeliveryRecord, Episode, LastRun, RecordedChange, SignificantResult } from "./state.ts";

export interface TellingQuestion {
  readonly monitor: Pick<Monitor, "notify_condition" | "remind_after_ms" | "recipients" | "cron_schedule" | "timezone">;
  /** What this channel was last told; undefined: nothing yet. */
  readonly told: DeliveryRecord | undefined;
  readonly significant: SignificantResult;
  readonly hash: string;
  /** Against `told`, by compare(). */
  readonly change: Change;
  /** After this check. */
  readonly alerts: readonly Alert[];
  /** The occurrence of the cron that this check is for: for a check by hand the latest one; undefined if there is none. */
  readonly occurrence: Date | undefined;
  readonly force: boolean;
  /** Moved by --now. */
  readonly now: Date;
}

export type TellingDecision =
  | {
      readonly tell: false;
      /** told: nothing that counts has changed. occurrence: `always` was told for this occurrence already. */
      readonly reason: "told" | "occurrence";
    }
  | {
      readonly tell: false;
      /** elsewhere: another run may be sending. waiting: until the same is sent again. gave_up: that was often enough. */
      readonly reason: "elsewhere" | "waiting" | "gave_up";
      readonly sending: Sending;
    }
  | {
      readonly tell: true;
      readonly reason: "first" | "changed" | "always" | "forced" | "reminder" | "correction";
      readonly change: Change;
      readonly hash: string;
      readonly seq: number;
    }
  | {
      /** The very message of last time, for those who refused it then: with the report as told (reports/<id>.json). */
      readonly tell: true;
      readonly reason: "pending";
      readonly change: Change;
      readonly hash: string;
      readonly seq: number;
      readonly recipients: readonly string[];
      /** Instant of the check that it tells of. */
      readonly at: Date;
    }
  | {
      /** The very message whose fate is unknown, for all. */
      readonly tell: true;
      readonly reason: "again";
      readonly change: Change;
      readonly hash: string;
      readonly seq: number;
      readonly at: Date;
      readonly episode: Episode | null;
    };

/**
 * Whether a channel is told after a complete check. Ask only for channels that are switched on: another is owed nothing.
 * A check that failed tells nobody.
 */
export function decideTelling(question: TellingQuestion): TellingDecision {
  const { told, change, hash } = question;
  const seq = nextSeq(told, undefined);
  const tell = (reason: "first" | "changed" | "always" | "forced") =>
    ({ tell: true, reason, change: asTold(change), hash, seq }) as const;
  if (told === undefined) return tell("first");
  const always = question.monitor.notify_condition === "always";
  const newOccurrence = always && isNewOccurrence(told, question.occurrence);
  if (newOccurrence) return tell("always");
  if (!always && hash !== told.hash && change.kind === "changed") return tell("changed");
  if (question.force) return tell("forced");
  const recipients = stillPending(told, question.monitor.recipients);
  if (recipients.length > 0) return pendingAgain(told, recipients);
  if (reminds(question, told)) {
    return { tell: true, reason: "reminder", change: { ...change, kind: "reminder" }, hash, seq };
  }
  return { tell: false, reason: always ? "occurrence" : "told" };
}

/**
 * What to remember of a channel that has accepted. `told` is what stood there before; `refused` for good need no place in
 * state: they are not pending.
 */
export function recordTold(telling: {
  readonly told: DeliveryRecord | undefined;
  readonly decision: Extract<TellingDecision, { readonly tell: true }>;
  readonly significant: SignificantResult;
  readonly listDigest: string;
  readonly notifyCondition: Monitor["notify_condition"];
  readonly occurrence: Date | undefined;
  /** Instant of the check; moved by --now. */
  readonly at: Date;
  readonly receipt: { readonly ref: string; readonly pending: readonly string[] };
}): DeliveryRecord {
  const { told, decision, receipt } = telling;
  const pending = receipt.pending.length === 0 ? {} : { pending: receipt.pending, change: toldChange(decision.change) };
  if (decision.reason === "pending" && told !== undefined) {
    const { pending: _pending, change: _change, ...rest } = told;
    return { ...rest, ...pending };
  }
  const occurrence =
    telling.notifyCondition === "always" && telling.occurrence !== undefined
      ? { occurrence: telling.occurrence.toISOString() }
      : {};
  return {
    hash: decision.hash,
    significant: telling.significant,
    seq: decision.seq,
    at: telling.at.toISOString(),
    ref: receipt.ref,
    list_digest: telling.listDigest,
    ...occurrence,
    ...pending,
  };
}

/** `last_hash`: that of email if the monitor has recipients, else of its first channel; null if nothing was told there. */
export function lastHash(monitor: {
  readonly delivered: Readonly<Record<string, DeliveryRecord>>;
  readonly recipients: readonly string[];
  /** Names of the monitor's channels in order. */
  readonly channels: readonly string[];
}): string | null {
  const channel = monitor.recipients.length > 0 ? "email" : monitor.channels[0];
  return channel === undefined ? null : (own(monitor.delivered, channel)?.hash ?? null);
}

/**
 * The episode that a telling belongs to (`told`: null for a calm report outside of one) and what to remember once it is
 * accepted (`stored`). An episode opens with the first told result with something short and ends with the first without.
 */
export function nextEpisode(telling: {
  readonly episode: Episode | null;
  readonly significant: SignificantResult;
  /** Instant of the check. */
  readonly at: Date;
}): { readonly told: Episode | null; readonly stored: Episode | null } {
  const { episode, significant } = telling;
  const at = telling.at.toISOString();
  const open = episode?.open === true;
  if (somethingShort(significant)) {
    const present = open ? episode : { number: (episode?.number ?? 0) + 1, open: true, since: at };
    return { told: present, stored: present };
  }
  if (!open) return { told: null, stored: episode };
  const ended = { ...episode, open: false, until: at };
  return { told: ended, stored: ended };
}

/** The episode with the message that starts its thread: the first that a channel accepted. */
export function rootedAt(episode: Episode, ref: string): Episode {
  return { ...episode, root: episode.root ?? ref };
}

/** The episode of a message that is told again to pending recipients: the one it was told in. */
export function episodeOf(told: Pick<DeliveryRecord, "significant" | "at">, episode: Episode | null): Episode | null {
  if (episode === null) return null;
  return somethingShort(told.significant) || episode.until === told.at ? episode : null;
}

/** Whether a monitor is due because a channel that is switched on still owes a delivery. */
export function owes(monitor: {
  readonly delivered: Readonly<Record<string, DeliveryRecord>>;
  readonly sending?: Readonly<Record<string, Sending>> | undefined;
  readonly lastRun: LastRun | undefined;
  /** Names of the monitor's channels that are switched on. */
  readonly channels: readonly string[];
  readonly recipients: readonly string[];
}): boolean {
  const { delivered, lastRun, channels } = monitor;
  if (channels.length === 0) return false;
  if (lastRun?.outcome === "partly_notified") return true;
  if (lastRun?.outcome === "failed" && isOfChannel(lastRun.error)) return true;
  return channels.some((channel) => {
    const last = own(delivered, channel);
    if (own(monitor.sending, channel) !== undefined) return true;
    return last !== undefined && stillPending(last, monitor.recipients).length > 0;
  });
}

/** How a complete check ended, by what became of the channels that were to be told. */
export function outcomeOf(
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

/** `always` and `forced` tell whatever there is: what is too small to count is still a change for the readers. */
function asTold(change: Change): Change {
  if (change.kind !== "unchanged") return change;
  const any = change.rows.length > 0 || (change.nowSilenced ?? []).length > 0;
  return any ? { ...change, kind: "changed" } : change;
}

/** Whether something else was told for another occurrence than this one. */
export function isNewOccurrence(told: Pick<DeliveryRecord, "occurrence">, occurrence: Date | undefined): boolean {
  if (occurrence === undefined) return false;
  return told.occurrence === undefined || Date.parse(told.occurrence) !== occurrence.getTime();
}

/** Who was pending and is still a recipient; an address that was taken off the list is owed nothing. */
function stillPending(told: DeliveryRecord, recipients: readonly string[]): readonly string[] {
  return (told.pending ?? []).filter((address) => recipients.includes(address));
}

function pendingAgain(told: DeliveryRecord, recipients: readonly string[]): TellingDecision {
  return {
    tell: true,
    reason: "pending",
    change: told.change === undefined ? { kind: "unchanged", rows: [], listEdited: false } : fromTold(told.change),
    hash: told.hash,
    seq: told.seq,
    recipients,
    at: new Date(told.at),
  };
}

/** Again although nothing changed: after so long, while a short part is not acknowledged (silenced ones are not there). */
function reminds(question: TellingQuestion, told: DeliveryRecord): boolean {
  const { monitor, significant, alerts } = question;
  if (monitor.remind_after_ms === null || monitor.notify_condition === "always") return false;
  if (timeSince(question, told) < monitor.remind_after_ms) return false;
  const acknowledged = new Set(alerts.filter((alert) => alert.state === "acknowledged").map(rowKey));
  return (["short", "unresolved", "low", "out"] as const).some((kind) =>
    significant[kind].some(([part]) => !acknowledged.has(rowKey({ kind, part }))),
  );
}

/** A check of the schedule may start so late and still be the one of its occurrence. */
const LATEST_MS = 6 * 3_600_000;

/**
 * How long ago a channel was told, in milliseconds: the time that has passed, or that from one occurrence to the other by the
 * zone's own clock. A schedule of once a week with a reminder after 7d must not miss it because the first check started
 * later than the second, or a week of 167 hours lay between them.
 */
function timeSince({ monitor, occurrence, now }: TellingQuestion, told: DeliveryRecord): number {
  const at = new Date(told.at);
  const passed = now.getTime() - at.getTime();
  const { cron_schedule: cron, timezone, remind_after_ms } = monitor;
  const first = occurrence === undefined ? null : latestBefore({ cron, timezone, notAfter: at });
  if (occurrence === undefined || first === null) return passed;
  if (at.getTime() - first.getTime() > Math.min(LATEST_MS, (remind_after_ms ?? 0) / 2)) return passed;
  const wall = (instant: Date) => instant.getTime() + offsetAt(timezone, instant.getTime());
  return Math.max(passed, wall(occurrence) - wall(first));
}

/** A change in the words of files. */
export function toldChange({ kind, rows, listEdited, nowSilenced, corrects }: Change): RecordedChange {
  return {
    kind,
    rows,
    list_edited: listEdited,
    ...(nowSilenced === undefined ? {} : { now_silenced: nowSilenced }),
    ...(corrects === undefined ? {} : { corrects }),
  };
}

/** A change as it stands in files. */
export function fromTold({ kind, rows, list_edited, now_silenced, corrects }: RecordedChange): Change {
  return {
    kind,
    rows,
    listEdited: list_edited,
    ...(now_silenced === undefined ? {} : { nowSilenced: now_silenced }),
    ...(corrects === undefined ? {} : { corrects }),
  };
}
