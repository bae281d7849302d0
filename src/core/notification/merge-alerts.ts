import { defined } from "../records.ts";
import { byPlace, decidedAt } from "./alerts.ts";
import { rowKey } from "./significant.ts";
import type { Alert, MovedAlerts } from "./state.ts";

/**
 * Alerts of a monitor after a run (or a person's decision) that read `before` and left `after`, where `current` stands by
 * now. Each side keeps what it alone has changed, facts and decisions apart: no acknowledgement, dismissal, or taking back of
 * one is lost because a run was under way, and an alert that two runs found at once is one alert.
 */
export function mergeAlerts(current: readonly Alert[], { before, after }: MovedAlerts): readonly Alert[] {
  const base = new Map(before.map((alert) => [identity(alert), alert]));
  const there = new Map(current.map((alert) => [identity(alert), alert]));
  const ended = new Set(after.filter((alert) => !isOpen(alert)).map(identity));
  const open = new Map(
    current.filter((alert) => isOpen(alert) && !ended.has(identity(alert))).map((alert) => [rowKey(alert), alert]),
  );
  const merged = after.map((mine) => {
    if (!isOpen(mine)) return mine;
    const was = base.get(identity(mine));
    const same = there.get(identity(mine));
    // What a run has resolved meanwhile does not come back because somebody had an opinion of it.
    if (was !== undefined && same !== undefined && !isOpen(same)) return same;
    return mergeAlert({ was, theirs: open.get(rowKey(mine)) ?? mine, mine });
  });
  const known = new Set([...merged, ...before].map(identity));
  const taken = new Set(merged.filter(isOpen).map(rowKey));
  const others = current.filter((alert) => !known.has(identity(alert)) && !(isOpen(alert) && taken.has(rowKey(alert))));
  return [...merged, ...others].sort(byPlace);
}

interface Words {
  readonly was: Alert | undefined;
  readonly theirs: Alert;
  readonly mine: Alert;
}

/** Two words on one shortage, found by two runs at once perhaps: it began with the first. */
function mergeAlert(words: Words): Alert {
  const { was, theirs, mine } = words;
  const isOld = was !== undefined && factsOf(mine) === factsOf(was);
  const { acknowledged: _acknowledged, dismissed: _dismissed, ...facts } = isOld ? theirs : mine;
  // A dismissal by somebody who did not know how much is lacking by now is none.
  const decision = decisionsOf(words).find(
    ({ state, dismissed }) => state !== "dismissed" || dismissed === undefined || facts.quantity <= dismissed.quantity,
  );
  const { state, acknowledged, dismissed } = decision ?? UNDECIDED;
  return {
    ...facts,
    state,
    since: earlier(theirs.since, mine.since),
    seen_at: later(theirs.seen_at, mine.seen_at),
    ...defined({ acknowledged, dismissed }),
  };
}

type Decision = Pick<Alert, "state" | "acknowledged" | "dismissed">;

const UNDECIDED: Decision = { state: "active" };

/** First that of whoever has changed it; where both have, the later one. */
function decisionsOf({ was, theirs, mine }: Words): readonly Decision[] {
  const before = wordsOf(was ?? UNDECIDED);
  if (wordsOf(theirs) === before) return [mine, theirs];
  if (wordsOf(mine) === before) return [theirs, mine];
  return Date.parse(decidedAt(theirs)) > Date.parse(decidedAt(mine)) ? [theirs, mine] : [mine, theirs];
}

function wordsOf({ state, acknowledged, dismissed }: Decision): string {
  return JSON.stringify([state, acknowledged ?? null, dismissed ?? null]);
}

function factsOf({ name, quantity, threshold, message }: Alert): string {
  return JSON.stringify([name, quantity, threshold ?? null, message]);
}

function identity(alert: Alert): string {
  return JSON.stringify([alert.part, alert.kind, alert.since]);
}

function isOpen(alert: Alert): boolean {
  return alert.state !== "resolved";
}

function earlier(a: string, b: string): string {
  return Date.parse(b) < Date.parse(a) ? b : a;
}

function later(a: string, b: string): string {
  return Date.parse(b) > Date.parse(a) ? b : a;
}
