import { byPlace } from "./alerts.ts";
import { rowKey } from "./significant.ts";
import type { Alert } from "./state.ts";

/**
 * Alerts of a monitor after a run (or a person's edit) whose base may be older than what stands there. The newcomer's word
 * counts, but what people decided while a run was under way (an acknowledgement, a dismissal at or after `startedAt`) is not
 * lost, and an alert that two runs found at once is one alert.
 */
export function mergeAlerts(meeting: {
  readonly current: readonly Alert[];
  readonly moved: readonly Alert[];
  /** When the run began whose word `moved` is; undefined: a person's edit, which knows nothing of alerts that are not in it. */
  readonly startedAt: string | undefined;
}): readonly Alert[] {
  const { current, moved, startedAt } = meeting;
  const since = startedAt === undefined ? undefined : Date.parse(startedAt);
  const ended = new Set(moved.filter((alert) => alert.state === "resolved").map(identity));
  const theirs = new Map(current.filter((alert) => isOpen(alert) && !ended.has(identity(alert))).map(keyed));
  const resolved = new Map(current.filter((alert) => !isOpen(alert)).map((alert) => [identity(alert), alert]));
  const merged = moved.map((mine) => {
    if (!isOpen(mine)) return mine;
    // What a run has resolved meanwhile does not come back because somebody had an opinion of it.
    const over = since === undefined ? resolved.get(identity(mine)) : undefined;
    return over ?? mergeAlert(theirs.get(rowKey(mine)), mine, since);
  });
  const known = new Set(merged.map(identity));
  const open = new Set(merged.filter(isOpen).map(rowKey));
  const unknown = current.filter((alert) => {
    if (known.has(identity(alert)) || (isOpen(alert) && open.has(rowKey(alert)))) return false;
    return since === undefined || Date.parse(alert.resolved_at ?? alert.seen_at) >= since;
  });
  return [...merged, ...unknown].sort(byPlace);
}

/** Two words on one shortage, found by two runs at once perhaps: it began with the first. */
function mergeAlert(theirs: Alert | undefined, mine: Alert, since: number | undefined): Alert {
  if (theirs === undefined) return mine;
  const first = Date.parse(theirs.since) < Date.parse(mine.since) ? { ...mine, since: theirs.since } : mine;
  return since === undefined ? decided(theirs, first) : withDecision(theirs, first, since);
}

/** A person decides, and knows nothing of the facts: those of a run that came in between stay. */
function decided(theirs: Alert, mine: Alert): Alert {
  const { acknowledged: _acknowledged, dismissed: _dismissed, ...facts } = theirs;
  return {
    ...facts,
    since: mine.since,
    state: mine.state,
    seen_at: Date.parse(mine.seen_at) > Date.parse(theirs.seen_at) ? mine.seen_at : theirs.seen_at,
    ...(mine.acknowledged === undefined ? {} : { acknowledged: mine.acknowledged }),
    ...(mine.dismissed === undefined ? {} : { dismissed: mine.dismissed }),
  };
}

function withDecision(theirs: Alert, mine: Alert, since: number): Alert {
  if (theirs.state === "dismissed" && theirs.dismissed !== undefined && mine.state !== "dismissed") {
    const decided = Date.parse(theirs.dismissed.at) >= since && mine.quantity <= theirs.dismissed.quantity;
    return decided ? { ...mine, state: "dismissed", dismissed: theirs.dismissed } : mine;
  }
  if (theirs.state === "acknowledged" && theirs.acknowledged !== undefined && mine.state === "active") {
    const decided = Date.parse(theirs.acknowledged.at) >= since;
    return decided ? { ...mine, state: "acknowledged", acknowledged: theirs.acknowledged } : mine;
  }
  return mine;
}

function identity(alert: Alert): string {
  return JSON.stringify([alert.part, alert.kind, alert.since]);
}

function keyed(alert: Alert): readonly [string, Alert] {
  return [rowKey(alert), alert];
}

function isOpen(alert: Alert): boolean {
  return alert.state !== "resolved";
}
