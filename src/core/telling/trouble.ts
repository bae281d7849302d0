// Episodes of trouble: the admins are told once when one begins and once when it is over (docs/state.md). Pure.

import type { Failure } from "../failure.ts";
import { own } from "../records.ts";
import { type ClaimClock, channelMark, claimStanding, repeatedAt } from "./claims.ts";
import type { NoticeStep } from "./sending.ts";
import type { Incident } from "./state.ts";

/** What a run found out about one possible trouble. */
export interface Finding {
  /**
   * `<instance>/unreachable` · `/refused` · `/incomplete`, `mail`, `issue`, `webhook:<variable>`, `file:<path>`,
   * `check:<id>`, `address:<address>`, `state`, `overdue`.
   */
  readonly key: string;
  /** In words; null: all is well there. */
  readonly cause: string | null;
  /** Names of the monitors that it touches. */
  readonly monitors: readonly string[];
}

/** A trouble to tell the admins of, on one of the channels that they have. */
export interface TroubleNews {
  readonly channel: string;
  readonly kind: "begins" | "over";
  readonly key: string;
  readonly cause: string;
  readonly since: string;
  readonly monitors: readonly string[];
}

export interface TroubleStep {
  /** To be told now; in the order of the findings, then of the channels. */
  readonly news: readonly TroubleNews[];
  /** What is to be remembered, before telling: null where a trouble is over. */
  readonly system: Readonly<Record<string, Incident | null>>;
}

/** The kinds of trouble that reading a server can have; at any time an instance has at most one of them. */
const SERVER_TROUBLES = ["unreachable", "refused", "incomplete"] as const;

/**
 * What is known of an instance after reading it: the one trouble that it has, and that it has none of the others. A
 * failure that names no trouble counts as unreachable.
 */
export function instanceFindings(
  instance: string,
  failure: Failure | null,
  monitors: readonly string[],
): readonly Finding[] {
  const present =
    failure === null ? undefined : (SERVER_TROUBLES.find((name) => name === failure.incident) ?? "unreachable");
  return SERVER_TROUBLES.map((name) => ({
    key: `${instance}/${name}`,
    cause: failure !== null && name === present ? failure.message : null,
    monitors,
  }));
}

/**
 * What the findings change. A trouble that goes on is told only if nobody was told yet, or, for a file or list, if it has
 * another problem now ("once per content"). When one kind of trouble of an instance turns into another, the first ends without a
 * word: nothing is well yet.
 */
export function nextTroubles(question: {
  readonly system: Readonly<Record<string, Incident>>;
  readonly findings: readonly Finding[];
  /** Names of the channels that the admins have. */
  readonly channels: readonly string[];
  /** RFC 3339. */
  readonly at: string;
}): TroubleStep {
  const news: TroubleNews[] = [];
  const system = new Map<string, Incident | null>();
  for (const finding of question.findings) {
    const known = own(question.system, finding.key);
    const { key, cause, monitors } = finding;
    if (cause === null) {
      if (known === undefined) continue;
      system.set(key, null);
      if (key.startsWith("address:") || turnedInto(question.findings, key)) continue;
      const { since } = known;
      for (const channel of question.channels)
        if (waitsForEnd(known, { key, channel }))
          news.push({ kind: "over", channel, key, cause: known.cause, since, monitors });
      continue;
    }
    const same = known !== undefined && (known.cause === cause || !isByContent(key));
    const trouble = same ? known : renewed({ known, cause, at: question.at });
    if (!same) system.set(key, trouble);
    for (const channel of question.channels)
      if (!hasHeard(trouble, channel))
        news.push({ kind: "begins", channel, key, cause, since: trouble.since, monitors });
  }
  return { news, system: Object.fromEntries(system) };
}

/** Whether another cause of the same trouble is news: a file or list has then another problem. */
export function isByContent(key: string): boolean {
  return key.startsWith("file:") || key.startsWith("check:");
}

function renewed(of: { readonly known: Incident | undefined; readonly cause: string; readonly at: string }): Incident {
  const { known, cause, at } = of;
  const { refs, seq, sending } = known ?? {};
  return {
    since: known?.since ?? at,
    cause,
    opened: {},
    ...(refs === undefined ? {} : { refs }),
    ...(seq === undefined ? {} : { seq }),
    ...(sending === undefined ? {} : { sending }),
  };
}

/** Knows that it is there, and was not told meanwhile that it is over; what may have been heard is not known. */
function hasHeard({ opened, resolved, sending }: Incident, channel: string): boolean {
  if (own(sending, channel) !== undefined) return false;
  const [begun, ended] = [own(opened, channel), own(resolved, channel)];
  return begun !== undefined && (ended === undefined || Date.parse(ended) < Date.parse(begun));
}

/** That mail was broken could not be told by mail: it is told when it works again. */
function waitsForEnd(trouble: Incident, { key, channel }: { readonly key: string; readonly channel: string }): boolean {
  if (key === "mail" && channel === "email" && trouble.opened[channel] === undefined)
    return trouble.resolved?.[channel] === undefined;
  // Who may have heard that it began, or that it is over, hears that it is over.
  return own(trouble.sending, channel) !== undefined || hasHeard(trouble, channel);
}

function turnedInto(findings: readonly Finding[], key: string): boolean {
  const [instance] = /^[^:/]+\//.exec(key) ?? [];
  return (
    instance !== undefined && findings.some((finding) => finding.cause !== null && finding.key.startsWith(instance))
  );
}

/** A notice that is to be claimed, then sent; null: it is under way elsewhere, or waits to be sent again. */
export function noticeClaim(
  news: Pick<TroubleNews, "kind" | "channel" | "cause">,
  {
    incident,
    run,
    at,
    until,
    clock,
  }: {
    readonly incident: Incident | undefined;
    readonly run: string;
    readonly at: string;
    readonly until: Date;
    readonly clock: ClaimClock;
  },
): Extract<NoticeStep, { readonly kind: "claim" }> | null {
  const present = own(incident?.sending, news.channel);
  const standing = claimStanding(present, clock);
  if (standing.kind === "live") return null;
  const kind = news.kind === "begins" ? "opened" : "resolved";
  const claim = { run, kind, cause: news.cause, until: until.toISOString() } as const;
  const after = channelMark(undefined, present);
  if (standing.kind === "unknown" && standing.sending.kind === kind && standing.sending.cause === news.cause) {
    const { seq, at: first, tries } = standing.sending;
    const again = repeatedAt(standing.sending);
    if (again !== null && again > clock.now && !clock.takeOver) return null;
    // Once a day for ever does no harm: it ends with the incident.
    return { kind: "claim", sending: { ...claim, seq, at: first, tries: Math.min(tries + 1, 5) }, after };
  }
  const seq = 1 + Math.max(incident?.seq ?? 0, present?.seq ?? 0);
  return { kind: "claim", sending: { ...claim, seq, at, tries: 1 }, after };
}
