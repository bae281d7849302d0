// Claims, which are written before a message is sent (docs/state.md): whose they are, what people may have received, when to send again. Pure.
import { own } from "../records.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { byImportance, type Change, type Comparison, compareResults } from "./change.ts";
import type { NoticeSending, PossibleMessage, Sending } from "./sending.ts";
import { rowKey } from "./significant.ts";
import type { DeliveryRecord, MonitorState } from "./state.ts";

/** How long a run's claims last beyond the end of its time limit: its last commits fit in between. */
export const CLAIM_AFTER_RUN_MS = 4 * 60_000;
/** Clocks of two machines may differ by so much. */
const CLOCK_SLACK_MS = 2 * 60_000;
/** The same message is sent again so long after its outcome was found to be unknown; then daily. */
const WAITS_MS = [15 * 60_000, 60 * 60_000, 6 * 3_600_000];
const DAY_MS = 24 * 3_600_000;
export const MOST_TRIES = 6;

export interface ClaimClock {
  /** The real present, whatever --now says. */
  readonly now: Date;
  readonly runTimeMs: number;
  /** Somebody has confirmed that the run which holds a claim is dead. */
  readonly takeOver: boolean;
}

/** live: its run may be sending at this very moment. unknown: it will never be known whether people have received it. */
export type ClaimStatus<S> = { readonly kind: "none" } | { readonly kind: "live" | "unknown"; readonly sending: S };

/** What a claim means now. One that lasts longer than its run could was written by a wrong clock, and counts as over. */
export function claimStatus<S extends Pick<Sending, "until" | "run_time" | "fate">>(
  sending: S | undefined,
  { now, runTimeMs, takeOver }: ClaimClock,
): ClaimStatus<S> {
  if (sending === undefined) return { kind: "none" };
  const left = Date.parse(sending.until) - now.getTime();
  // By the time limit of the run that wrote it: this one's may differ, after limits.run_time was changed.
  const longest = sending.run_time === undefined ? runTimeMs : sending.run_time * 1_000;
  const isOver = left < -CLOCK_SLACK_MS || left > longest + CLAIM_AFTER_RUN_MS + CLOCK_SLACK_MS;
  return { kind: takeOver || isOver || sending.fate !== undefined ? "unknown" : "live", sending };
}

/** When another run may take over a live claim by itself. */
export function takenOverAt({ until }: Pick<Sending, "until">): Date {
  return new Date(Date.parse(until) + CLOCK_SLACK_MS);
}

/** Whether a message with unknown outcome was sent often enough to count as delivered. */
export function isOften(tries: number): boolean {
  return tries >= MOST_TRIES;
}

/**
 * When to send the same message with unknown outcome again; null: it was sent often enough, and counts as delivered. That of a
 * run which has died has waited already; one that a wrong clock has dated far ahead does not wait.
 */
export function repeatedAt({ until, tries, fate }: Pick<Sending, "until" | "tries" | "fate">, now?: Date): Date | null {
  if (isOften(tries)) return null;
  if (now !== undefined && Date.parse(until) - now.getTime() > CLOCK_SLACK_MS) return now;
  const wait = fate === undefined ? tries - 2 : tries - 1;
  return new Date(Date.parse(until) + (wait < 0 ? 0 : (WAITS_MS[wait] ?? DAY_MS)));
}

/** A number that no message of this channel has ever had. */
export function nextSeq(delivered: DeliveryRecord | undefined, sending: Sending | undefined): number {
  const known = [delivered?.seq, sending?.seq, ...(sending?.also ?? []).map(({ seq }) => seq)];
  return 1 + Math.max(0, ...known.filter((seq) => seq !== undefined));
}

/** What people may have received beside what was delivered: the claim with unknown outcome, and its result. */
export function maybeDelivered(sending: Sending): readonly PossibleMessage[] {
  const { seq, hash, at, significant, list_digest } = sending;
  return [{ seq, hash, at, significant, list_digest }, ...(sending.also ?? [])];
}

/** A fingerprint of a channel's state: a claim is written only if it has not changed. */
export function channelMark(
  delivered: DeliveryRecord | undefined,
  sending: Sending | NoticeSending | undefined,
): string {
  const also = sending !== undefined && "also" in sending ? (sending.also?.length ?? 0) : 0;
  return JSON.stringify([
    delivered === undefined
      ? null
      : [delivered.seq, delivered.hash, delivered.at, delivered.occurrence ?? null, ...people(delivered)],
    sending === undefined ? null : [sending.run, sending.seq, sending.until, sending.fate ?? null, also],
  ]);
}

/** The same for a monitor: of each channel with any state. */
export function monitorMark(state: Pick<MonitorState, "delivered" | "sending"> | undefined): string {
  const { delivered = {}, sending = {} } = state ?? {};
  const channels = [...new Set([...Object.keys(delivered), ...Object.keys(sending)])].sort(byCodeUnits);
  return JSON.stringify(channels.map((name) => [name, channelMark(own(delivered, name), own(sending, name))]));
}

function people({ pending = [], to = [], refused = [], doubtful }: DeliveryRecord): readonly (readonly string[])[] {
  const doubts = Object.entries(doubtful ?? {}).map(([address, { tries }]) => `${address} ${tries}`);
  return [pending, to, refused, ...(doubtful === undefined ? [] : [doubts])];
}

/** A change that people may have received already, in another message of the check at that instant: the present state, not news. */
export function saidAnew(change: Change, saidAt: string): Change {
  return { ...change, rows: change.rows.map((row) => ({ ...row, sort: "corrected", before: null })), saidAt };
}

/**
 * The change against everything that people may have received. It says new, worse, better or resolved only if that is true
 * whichever messages arrived; other differences are given as the present state.
 */
export function correction(
  comparison: Omit<Comparison, "previous"> & { readonly hash: string },
  {
    delivered,
    unknown,
  }: { readonly delivered: DeliveryRecord | undefined; readonly unknown: readonly PossibleMessage[] },
): Change {
  const sent = [...(delivered === undefined ? [] : [delivered]), ...unknown];
  // Whoever has no confirmed delivery may have received nothing at all.
  const possible = sent.length + (delivered === undefined ? 1 : 0);
  const changes = sent.map((previous) => compareResults({ ...comparison, previous }));
  const byKey = Map.groupBy(
    changes.flatMap(({ rows }) => rows),
    rowKey,
  );
  const rows = [...byKey.values()].flatMap((all): Change["rows"] => {
    const [first] = all;
    if (first === undefined) return [];
    const agree =
      all.length === possible && all.every(({ sort, before }) => sort === first.sort && before === first.before);
    return [agree ? first : { ...first, sort: "corrected", before: null }];
  });
  const silenced = new Map(changes.flatMap(({ nowSilenced = [] }) => nowSilenced.map((row) => [rowKey(row), row])));
  const corrects = unknown.filter(({ hash }) => hash !== comparison.hash).map(({ at }) => at);
  return {
    kind: delivered === undefined ? "first" : "changed",
    rows: rows.sort(byImportance),
    listEdited: changes.some(({ listEdited }) => listEdited),
    ...(silenced.size === 0 ? {} : { nowSilenced: [...silenced.values()] }),
    ...(corrects.length === 0 ? {} : { corrects: [...new Set(corrects)].sort() }),
  };
}
