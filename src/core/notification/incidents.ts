// Incidents: the admins are notified once when one is opened and once when it is resolved (docs/state.md). Pure.

import type { Failure } from "../failure.ts";
import { defined, own } from "../records.ts";
import { type ClaimClock, channelMark, claimStatus, repeatedAt } from "./claims.ts";
import type { NoticeStep } from "./sending.ts";
import type { Incident } from "./state.ts";

/** What a run found out about one possible incident. */
export interface Finding {
  /**
   * `<instance>/unreachable` · `/refused` · `/incomplete`, `mail`, `issue`, `webhook:<variable>`, `file:<path>`,
   * `check:<id>`, `address:<address>`, `state`, `overdue`.
   */
  readonly key: string;
  /** In words; null: there is no problem. */
  readonly cause: string | null;
  /** Names of the affected monitors. */
  readonly monitors: readonly string[];
}

/** An incident to notify the admins of, on one of their channels. */
export interface IncidentNews {
  readonly channel: string;
  readonly kind: "opened" | "resolved";
  readonly key: string;
  readonly cause: string;
  readonly since: string;
  readonly monitors: readonly string[];
}

export interface IncidentStep {
  /** To be sent now; in the order of the findings, then of the channels. */
  readonly news: readonly IncidentNews[];
  /** What to record before notifying: null for a resolved incident. */
  readonly system: Readonly<Record<string, Incident | null>>;
}

/** The kinds of incident that reading a server can have; at any time an instance has at most one of them. */
const SERVER_INCIDENTS = ["unreachable", "refused", "incomplete"] as const;

/**
 * What is known of an instance after reading it: the one incident that it has, and that it has none of the others. A
 * failure that names no incident counts as unreachable.
 */
export function instanceFindings(
  instance: string,
  failure: Failure | null,
  monitors: readonly string[],
): readonly Finding[] {
  const present =
    failure === null ? undefined : (SERVER_INCIDENTS.find((name) => name === failure.incident) ?? "unreachable");
  return SERVER_INCIDENTS.map((name) => ({
    key: `${instance}/${name}`,
    cause: failure !== null && name === present ? failure.message : null,
    monitors,
  }));
}

/**
 * What the findings change. An ongoing incident is sent only if nobody was notified yet, or, for a file or list, if it has
 * another problem now ("once per content"). When one kind of incident of an instance turns into another, the first ends
 * silently: nothing is resolved yet.
 */
export function nextIncidents(input: {
  readonly system: Readonly<Record<string, Incident>>;
  readonly findings: readonly Finding[];
  /** Names of the channels that the admins have. */
  readonly channels: readonly string[];
  /** RFC 3339. */
  readonly at: string;
}): IncidentStep {
  const news: IncidentNews[] = [];
  const system = new Map<string, Incident | null>();
  for (const finding of input.findings) {
    const known = own(input.system, finding.key);
    const { key, cause, monitors } = finding;
    if (cause === null) {
      if (known === undefined) continue;
      system.set(key, null);
      if (turnedInto(input.findings, key)) continue;
      const { since } = known;
      // That an address works again is not worth a message of its own, but an issue that says otherwise is closed.
      const channels = key.startsWith("address:") ? input.channels.filter((name) => name === "issue") : input.channels;
      for (const channel of channels)
        if (waitsForEnd(known, { key, channel }))
          news.push({ kind: "resolved", channel, key, cause: known.cause, since, monitors });
      continue;
    }
    const same = known !== undefined && (known.cause === cause || !isByContent(key));
    const incident = same ? thereAgain(known) : renewed({ known, cause, at: input.at });
    if (incident !== known) system.set(key, incident);
    for (const channel of input.channels)
      if (!wasNotified(incident, channel))
        news.push({ kind: "opened", channel, key, cause, since: incident.since, monitors });
  }
  return { news, system: Object.fromEntries(system) };
}

/**
 * Incidents that this run has not seen, and of which the admins have yet to be notified: that they are resolved, or that they
 * exist. What shows only when something is sent may not show again for a long time.
 */
export function owedFindings(input: {
  readonly system: Readonly<Record<string, Incident>>;
  readonly findings: readonly Finding[];
  /** Names of the channels that the admins have. */
  readonly channels: readonly string[];
}): readonly Finding[] {
  const seen = new Set(input.findings.map(({ key }) => key));
  return Object.entries(input.system).flatMap(([key, incident]): Finding[] => {
    if (seen.has(key)) return [];
    if (incident.over !== undefined) return [{ key, cause: null, monitors: [] }];
    const owed = input.channels.some((channel) => !isItself(key, channel) && !wasNotified(incident, channel));
    return SEEN_IN_SENDING.test(key) && owed ? [{ key, cause: incident.cause, monitors: [] }] : [];
  });
}

const SEEN_IN_SENDING = /^(?:mail|issue|webhook:.*|address:.*|unconfirmed:.*)$/s;

/** The incident as recorded while somebody has yet to be notified that it is resolved. */
export function overSince(incident: Incident, at: string): Incident {
  return { ...incident, over: incident.over ?? at };
}

function thereAgain(incident: Incident): Incident {
  if (incident.over === undefined) return incident;
  const { over: _over, ...rest } = incident;
  return rest;
}

/** Whether another cause of the same incident is news: a file or list then has another problem. */
export function isByContent(key: string): boolean {
  return key.startsWith("file:") || key.startsWith("check:");
}

function renewed(options: {
  readonly known: Incident | undefined;
  readonly cause: string;
  readonly at: string;
}): Incident {
  const { known, cause, at } = options;
  const { refs, seq, sending } = known ?? {};
  return {
    since: known?.since ?? at,
    cause,
    opened: {},
    ...defined({ refs, seq, sending }),
  };
}

/** Has been notified that it exists, and not since then that it is resolved; of unconfirmed notices, nothing is known. */
function wasNotified({ opened, resolved, sending }: Incident, channel: string): boolean {
  if (own(sending, channel) !== undefined) return false;
  const [begun, ended] = [own(opened, channel), own(resolved, channel)];
  return begun !== undefined && (ended === undefined || Date.parse(ended) < Date.parse(begun));
}

/** A failure of mail cannot be sent by mail: it is sent when mail works again. */
function waitsForEnd(
  incident: Incident,
  { key, channel }: { readonly key: string; readonly channel: string },
): boolean {
  if (isItself(key, channel) && own(incident.opened, channel) === undefined)
    return own(incident.resolved, channel) === undefined;
  // Whoever may have been notified that it was opened, or resolved, is notified that it is resolved.
  return own(incident.sending, channel) !== undefined || wasNotified(incident, channel);
}

/** Mail cannot report that mail is broken. */
function isItself(key: string, channel: string): boolean {
  return key === "mail" && channel === "email";
}

function turnedInto(findings: readonly Finding[], key: string): boolean {
  const [instance] = /^[^:/]+\//.exec(key) ?? [];
  return (
    instance !== undefined && findings.some((finding) => finding.cause !== null && finding.key.startsWith(instance))
  );
}

/** A notice to be claimed, then sent; null: it is under way elsewhere, or waits to be sent again. */
export function noticeClaim(
  news: Pick<IncidentNews, "kind" | "channel" | "cause">,
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
  const status = claimStatus(present, clock);
  if (status.kind === "live") return null;
  const { kind } = news;
  const times = { until: until.toISOString(), run_time: Math.ceil(clock.runTimeMs / 1_000) };
  const claim = { run, kind, cause: news.cause, ...times } as const;
  const after = channelMark(undefined, present);
  if (status.kind === "unknown" && status.sending.kind === kind && status.sending.cause === news.cause) {
    const { seq, at: first, tries } = status.sending;
    const again = repeatedAt(status.sending, clock.now);
    if (again !== null && again > clock.now && !clock.takeOver) return null;
    // Once a day without an end does no harm: it ends with the incident.
    return { kind: "claim", sending: { ...claim, seq, at: first, tries: Math.min(tries + 1, 5) }, after };
  }
  const seq = 1 + Math.max(incident?.seq ?? 0, present?.seq ?? 0);
  return { kind: "claim", sending: { ...claim, seq, at, tries: 1 }, after };
}
