// Episodes of trouble: the admins are told once when one begins and once when it is over (docs/state.md). Pure.
import type { Failure } from "./failure.ts";
import type { Trouble } from "./state.ts";

/** What a run found out about one possible trouble. */
export interface Finding {
  /** `<instance>/unreachable` · `/refused` · `/incomplete`, `mail`, `file:<path>`, `check:<id>`, `address:<address>`. */
  readonly key: string;
  /** In words; null: all is well there. */
  readonly cause: string | null;
  /** Names of the monitors that it touches. */
  readonly monitors: readonly string[];
}

/** A trouble to tell the admins of. */
export interface TroubleNews {
  readonly kind: "begins" | "over";
  readonly key: string;
  readonly cause: string;
  readonly since: string;
  readonly monitors: readonly string[];
}

export interface TroubleStep {
  /** To be told now; in the order of the findings. */
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
      const quiet = key.startsWith("address:") || turnedInto(question.findings, key);
      // That mail was broken could not be told by mail: it is told when it works again.
      const heard = Object.keys(known.told).length > 0 || key === "mail";
      if (heard && !quiet) news.push({ kind: "over", key, cause: known.cause, since: known.since, monitors });
      continue;
    }
    const byContent = key.startsWith("file:") || key.startsWith("check:");
    const same = known !== undefined && (known.cause === cause || !byContent);
    const trouble = same ? known : { since: known?.since ?? question.at, cause, told: {} };
    if (!same) system[key] = trouble;
    if (Object.keys(trouble.told).length === 0)
      news.push({ kind: "begins", key, cause, since: trouble.since, monitors });
  }
  return { news, system };
}

/** The trouble once the admins have been told of it. */
export function toldTrouble(news: TroubleNews, channel: string, at: string): Trouble {
  return { since: news.since, cause: news.cause, told: { [channel]: at } };
}

function turnedInto(findings: readonly Finding[], key: string): boolean {
  const [instance] = /^[^:/]+\//.exec(key) ?? [];
  return (
    instance !== undefined && findings.some((finding) => finding.cause !== null && finding.key.startsWith(instance))
  );
}
