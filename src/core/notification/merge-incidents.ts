// Merges what a run found out about incidents, and the outcomes of its notices to the admins, into the state. Pure.
import { defined, own } from "../records.ts";
import { byKey } from "../text/code-units.ts";
import { channelMark } from "./claims.ts";
import { isByContent } from "./incidents.ts";
import type { NoticeSending, NoticeStep } from "./sending.ts";
import type { Incident, StateDelta } from "./state.ts";

/** Adds them to `system`. An incident whose notice another run is sending stays until that is recorded. */
export function mergeIncidents(system: Map<string, Incident>, delta: Pick<StateDelta, "system" | "notices">): void {
  for (const [key, incident] of Object.entries(delta.system))
    if (incident !== null) system.set(key, mergeIncident(key, { theirs: system.get(key), mine: incident }));
  for (const [key, steps] of Object.entries(delta.notices ?? {})) {
    for (const [channel, step] of Object.entries(steps)) {
      const incident = system.get(key);
      if (incident !== undefined) system.set(key, afterNotice(incident, { channel, step }));
    }
  }
  for (const [key, incident] of Object.entries(delta.system))
    if (incident === null && system.get(key)?.sending === undefined) system.delete(key);
}

/** Two runs may find the same incident: it began with the first, and was notified wherever either run did. */
function mergeIncident(
  key: string,
  { theirs: read, mine: given }: { readonly theirs: Incident | undefined; readonly mine: Incident },
): Incident {
  // Notices are judged by their own steps: what was read may be outdated.
  const { sending: _sending, ...mine } = given;
  if (read === undefined) return mine;
  // Whether it is resolved depends on the run that saw it last.
  const { over: _over, ...theirs } = read;
  const since = Date.parse(mine.since) <= Date.parse(theirs.since) ? mine.since : theirs.since;
  const seq = Math.max(theirs.seq ?? 0, mine.seq ?? 0);
  const kept = {
    ...defined({ sending: theirs.sending }),
    ...(seq === 0 ? {} : { seq }),
  };
  // Whoever was notified of another problem of that file has not been notified of this one.
  if (isByContent(key) && theirs.cause !== mine.cause) return { ...mine, ...kept, since };
  const resolved = { ...theirs.resolved, ...mine.resolved };
  return {
    ...theirs,
    ...mine,
    ...kept,
    since,
    opened: { ...theirs.opened, ...mine.opened },
    ...(Object.keys(resolved).length === 0 ? {} : { resolved }),
  };
}

function afterNotice(
  incident: Incident,
  { channel, step }: { readonly channel: string; readonly step: NoticeStep },
): Incident {
  const present = own(incident.sending, channel);
  const isOurs = present !== undefined && present.run === step.sending.run && present.seq === step.sending.seq;
  switch (step.kind) {
    case "claim": {
      const seq = Math.max(incident.seq ?? 0, step.sending.seq);
      const mayClaim = isOurs || channelMark(undefined, present) === step.after;
      return mayClaim ? { ...withNotice(incident, channel, step.sending), seq } : incident;
    }
    case "delivered": {
      const kept = isOurs ? withNotice(incident, channel, undefined) : incident;
      const { opened, resolved = {}, refs } = kept;
      const at = { [channel]: step.at };
      return {
        ...kept,
        ...(step.sending.kind === "opened" ? { opened: { ...opened, ...at } } : { resolved: { ...resolved, ...at } }),
        ...(step.ref === undefined ? {} : { refs: { ...refs, [channel]: step.ref } }),
      };
    }
    case "not_sent":
      return isOurs ? withNotice(incident, channel, undefined) : incident;
    case "unknown":
      return isOurs ? withNotice(incident, channel, { ...step.sending, fate: "unknown" }) : incident;
    default:
      return step satisfies never;
  }
}

function withNotice(incident: Incident, channel: string, sending: NoticeSending | undefined): Incident {
  const { sending: before = {}, ...rest } = incident;
  const others = Object.entries(before).filter(([name]) => name !== channel);
  const after: [string, NoticeSending][] = sending === undefined ? others : [...others, [channel, sending]];
  if (after.length === 0) return rest;
  return { ...rest, sending: Object.fromEntries(after.sort(byKey)) };
}
