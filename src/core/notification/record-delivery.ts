import { defined, own } from "../records.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { deliveredChange } from "./change.ts";
import { isOften } from "./claims.ts";
import type { NotificationDecision } from "./decide.ts";
import { isStanding } from "./sending.ts";
import type { SignificantResult } from "./significant.ts";
import type { DeliveryRecord } from "./state.ts";

/**
 * What to record of a channel that has accepted. `delivered` is the record so far; who refused permanently is not pending.
 */
export function recordDelivery(notification: {
  readonly delivered: DeliveryRecord | undefined;
  readonly decision: Extract<NotificationDecision, { readonly notify: true }>;
  readonly significant: SignificantResult;
  readonly listDigest: string;
  /** The one that it is for, by toldFor(). */
  readonly occurrence: Date | undefined;
  /** Instant of the check; moved by --now. */
  readonly at: Date;
  readonly receipt: Pick<DeliveryRecord, "ref" | "to" | "refused"> & {
    readonly pending: readonly string[];
    /** Who may have received it, with how often it was sent to them, this time included. */
    readonly doubtful?: DeliveryRecord["doubtful"];
  };
}): DeliveryRecord {
  const { delivered, decision, receipt } = notification;
  const before = isStanding(decision.reason) ? delivered : undefined;
  const { presumed, left } = doubtsAfter(before, receipt);
  const now = receipt.to === undefined ? receipt : { ...receipt, to: [...receipt.to, ...presumed] };
  const isOwed = receipt.pending.length > 0 || Object.keys(left).length > 0;
  const pending = {
    ...(receipt.pending.length === 0 ? {} : { pending: receipt.pending }),
    ...(Object.keys(left).length === 0 ? {} : { doubtful: left }),
    ...(isOwed ? { change: deliveredChange(decision.change) } : {}),
  };
  if (before !== undefined) {
    const { pending: _pending, change: _change, doubtful: _doubtful, ...rest } = before;
    return { ...rest, ...mergePeople(before, now), ...pending };
  }
  return {
    hash: decision.hash,
    significant: notification.significant,
    seq: decision.seq,
    at: notification.at.toISOString(),
    ref: receipt.ref,
    list_digest: notification.listDigest,
    ...defined({ occurrence: notification.occurrence?.toISOString() }),
    ...mergePeople(undefined, now),
    ...pending,
  };
}

/** Who may still have received it, except those who have it or refused it by now; whoever was sent it often enough counts as having it. */
function doubtsAfter(
  before: DeliveryRecord | undefined,
  receipt: Parameters<typeof recordDelivery>[0]["receipt"],
): { readonly presumed: readonly string[]; readonly left: NonNullable<DeliveryRecord["doubtful"]> } {
  const settled = new Set([...(receipt.to ?? []), ...(receipt.refused ?? []), ...receipt.pending]);
  const all = Object.entries({ ...before?.doubtful, ...receipt.doubtful })
    .filter(([address]) => !settled.has(address))
    .sort(([a], [b]) => byCodeUnits(a, b));
  return {
    presumed: all.filter(([, { tries }]) => isOften(tries)).map(([address]) => address),
    left: Object.fromEntries(all.filter(([, { tries }]) => !isOften(tries))),
  };
}

type People = Pick<DeliveryRecord, "to" | "refused">;

/** Who has an answer by now, and who refused it permanently and did not take it later; unknown if it was not recorded before. */
export function mergePeople(before: People | undefined, now: People): People {
  if (now.to === undefined || (before !== undefined && before.to === undefined)) return {};
  const to = [...new Set([...(before?.to ?? []), ...now.to])].sort(byCodeUnits);
  const refused = [...new Set([...(before?.refused ?? []), ...(now.refused ?? [])])].filter((one) => !to.includes(one));
  return { to, ...(refused.length === 0 ? {} : { refused: refused.sort(byCodeUnits) }) };
}

/** `last_hash`: that of email if the monitor has recipients, else of its first channel; null if nothing was delivered there. */
export function lastHash(monitor: {
  readonly delivered: Readonly<Record<string, DeliveryRecord>>;
  readonly recipients: readonly string[];
  /** Names of the monitor's channels in order. */
  readonly channels: readonly string[];
}): string | null {
  const channel = monitor.recipients.length > 0 ? "email" : monitor.channels[0];
  return channel === undefined ? null : (own(monitor.delivered, channel)?.hash ?? null);
}
