// Episodes of trouble: the admins are told once when one begins and once when it is over (docs/state.md). Pure.
import type { Failure } from "../failure.ts";
import type { Trouble } from "./state.ts";

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
  readonly system: Readonly<Record<string, Trouble | null>>;
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
    failure === null ? undefined : (SERVER_TROUBLES.find((name) => name === failure.trouble) ?? "unreachable");
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
  readonly system: Readonly<Record<string, Trouble>>;
  readonly findings: readonly Finding[];
  /** Names of the channels that the admins have. */
  readonly channels: readonly string[];
  /** RFC 3339. */
  readonly at: string;
}): TroubleStep {
  const news: TroubleNews[] = [];
  const system: Record<string, Trouble | null> = {};
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
  trouble: Trouble,
  telling: { readonly channel: string; readonly at: string; readonly ref?: string },
): Trouble {
  const { channel, at, ref } = telling;
  return {
    ...trouble,
    told: { ...trouble.told, [channel]: at },
    ...(ref === undefined ? {} : { refs: { ...trouble.refs, [channel]: ref } }),
  };
}

/** The trouble once a channel knows that it is over, while another one has still to be told. */
export function endedTrouble(trouble: Trouble, telling: { readonly channel: string; readonly at: string }): Trouble {
  return { ...trouble, over: { ...trouble.over, [telling.channel]: telling.at } };
}

/** Whether another cause of the same trouble is news: a file or list has then another problem. */
export function isByContent(key: string): boolean {
  return key.startsWith("file:") || key.startsWith("check:");
}

function renewed(of: { readonly known: Trouble | undefined; readonly cause: string; readonly at: string }): Trouble {
  const { known, cause, at } = of;
  const refs = known?.refs === undefined ? {} : { refs: known.refs };
  return { since: known?.since ?? at, cause, told: {}, ...refs };
}

/** Knows that it is there, and was not told meanwhile that it is over. */
function hasHeard({ told, over }: Trouble, channel: string): boolean {
  const [begun, ended] = [told[channel], over?.[channel]];
  return begun !== undefined && (ended === undefined || Date.parse(ended) < Date.parse(begun));
}

/** That mail was broken could not be told by mail: it is told when it works again. */
function waitsForEnd(trouble: Trouble, { key, channel }: { readonly key: string; readonly channel: string }): boolean {
  if (key === "mail" && channel === "email" && trouble.told[channel] === undefined)
    return trouble.over?.[channel] === undefined;
  return hasHeard(trouble, channel);
}

function turnedInto(findings: readonly Finding[], key: string): boolean {
  const [instance] = /^[^:/]+\//.exec(key) ?? [];
  return (
    instance !== undefined && findings.some((finding) => finding.cause !== null && finding.key.startsWith(instance))
  );
}
