// Episodes of trouble: the admins are told once when one begins and once when it is over (docs/state.md). Pure.
import type { Failure } from "../failure.ts";
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
  const system: Record<string, Incident | null> = {};
  for (const finding of question.findings) {
    const known = question.system[finding.key];
    const { key, cause, monitors } = finding;
    if (cause === null) {
      if (known === undefined) continue;
      system[key] = null;
      if (key.startsWith("address:") || turnedInto(question.findings, key)) continue;
      const { since } = known;
      for (const channel of question.channels)
        if (waitsForEnd(known, { key, channel }))
          news.push({ kind: "over", channel, key, cause: known.cause, since, monitors });
      continue;
    }
    const same = known !== undefined && (known.cause === cause || !isByContent(key));
    const trouble = same ? known : renewed({ known, cause, at: question.at });
    if (!same) system[key] = trouble;
    for (const channel of question.channels)
      if (!hasHeard(trouble, channel))
        news.push({ kind: "begins", channel, key, cause, since: trouble.since, monitors });
  }
  return { news, system };
}

/** The trouble once the admins have been told of it on a channel; `ref` is the channel's own name for that. */
export function toldTrouble(
  trouble: Incident,
  telling: { readonly channel: string; readonly at: string; readonly ref?: string },
): Incident {
  const { channel, at, ref } = telling;
  return {
    ...trouble,
    opened: { ...trouble.opened, [channel]: at },
    ...(ref === undefined ? {} : { refs: { ...trouble.refs, [channel]: ref } }),
  };
}

/** The trouble once a channel knows that it is over, while another one has still to be told. */
export function endedTrouble(trouble: Incident, telling: { readonly channel: string; readonly at: string }): Incident {
  return { ...trouble, resolved: { ...trouble.resolved, [telling.channel]: telling.at } };
}

/** Whether another cause of the same trouble is news: a file or list has then another problem. */
export function isByContent(key: string): boolean {
  return key.startsWith("file:") || key.startsWith("check:");
}

function renewed(of: { readonly known: Incident | undefined; readonly cause: string; readonly at: string }): Incident {
  const { known, cause, at } = of;
  const refs = known?.refs === undefined ? {} : { refs: known.refs };
  return { since: known?.since ?? at, cause, opened: {}, ...refs };
}

/** Knows that it is there, and was not told meanwhile that it is over. */
function hasHeard({ opened, resolved }: Incident, channel: string): boolean {
  const [begun, ended] = [opened[channel], resolved?.[channel]];
  return begun !== undefined && (ended === undefined || Date.parse(ended) < Date.parse(begun));
}

/** That mail was broken could not be told by mail: it is told when it works again. */
function waitsForEnd(trouble: Incident, { key, channel }: { readonly key: string; readonly channel: string }): boolean {
  if (key === "mail" && channel === "email" && trouble.opened[channel] === undefined)
    return trouble.resolved?.[channel] === undefined;
  return hasHeard(trouble, channel);
}

function turnedInto(findings: readonly Finding[], key: string): boolean {
  const [instance] = /^[^:/]+\//.exec(key) ?? [];
  return (
    instance !== undefined && findings.some((finding) => finding.cause !== null && finding.key.startsWith(instance))
  );
}
