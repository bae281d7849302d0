import { type ClaimClock, channelMark, claimStatus } from "../../core/notification/claims.ts";
import type { MonitorDelta, StateFiles } from "../../core/notification/state.ts";
import { isError } from "../../core/problem.ts";
import { own } from "../../core/records.ts";
import { CONFIG_FILE } from "../../monitors/config.ts";
import type { MonitorsRead } from "../../monitors/read.ts";
import type { Channel, Ending } from "../../notify/channel.ts";
import type { Deps } from "../deps.ts";
import { type RunEnd, unlessEnded } from "./ending.ts";

interface Gone {
  readonly deps: Deps;
  readonly read: MonitorsRead;
  readonly state: StateFiles;
  readonly clock: ClaimClock;
  readonly end: RunEnd;
}

/** Ids of the monitors that are gone, after the channels have closed what they show of them; the state of all others stays. */
export async function endedMonitors(input: Gone): Promise<readonly string[]> {
  const ended: string[] = [];
  for (const id of removedMonitors(input)) {
    // On any channel: also on one that this run does not have, or that closes nothing.
    const claims = Object.values(own(input.state.monitors, id)?.sending ?? {});
    let isEnded = !claims.some((sending) => claimStatus(sending, input.clock).kind === "live");
    if (!isEnded) continue;
    for (const channel of input.deps.channels) {
      const mark = await endOn(channel, { ...input, id, why: "gone" });
      isEnded = mark !== "later" && isEnded;
    }
    if (isEnded) ended.push(id);
  }
  return ended;
}

/**
 * What channels have delivered of lists that no longer use them, after closing it: the list is switched off, or notifies in
 * other ways now. By id, then channel.
 */
export async function endedChannels(
  input: Gone,
): Promise<Readonly<Record<string, Pick<MonitorDelta, "name" | "ended">>>> {
  const { deps, read, state } = input;
  const isKnown =
    deps.onDefaultBranch && deps.place === state.root && !read.broken.some(({ file }) => file === CONFIG_FILE);
  const all: [string, Pick<MonitorDelta, "name" | "ended">][] = [];
  for (const { id, name, active, channels } of isKnown ? read.monitors : []) {
    const ended: [string, string][] = [];
    for (const channel of deps.channels) {
      if (active && channels[channel.name].active) continue;
      const mark = await endOn(channel, { ...input, id, why: active ? "channel_off" : "inactive" });
      if (mark !== "nothing" && mark !== "later") ended.push([channel.name, mark]);
    }
    if (ended.length > 0) all.push([id, { name, ended: Object.fromEntries(ended) }]);
  }
  return Object.fromEntries(all);
}

/** Closes what a channel shows of a list, and returns its record; waits for another run that may be sending there. */
async function endOn(
  channel: Channel,
  { deps, state, clock, end, id, why }: Gone & Pick<Ending, "id" | "why">,
): Promise<string> {
  const delivered = own(own(state.monitors, id)?.delivered, channel.name);
  const sending = own(own(state.monitors, id)?.sending, channel.name);
  if (channel.end === undefined || (delivered === undefined && sending === undefined)) return "nothing";
  if (claimStatus(sending, clock).kind === "live") return "later";
  const ending = channel.end({ id, why, delivered, sending }, deps.log.with({ monitor: id }));
  const isEnded = await unlessEnded(ending, end);
  return isEnded ? channelMark(delivered, sending) : "later";
}

/** State is removed only where it is certain that the file is gone: on the default branch, in the same folder, with every file readable. */
function removedMonitors({ deps, read, state }: Gone): string[] {
  if (
    !deps.onDefaultBranch ||
    // What lists of another folder have left is not ours to remove.
    deps.place !== state.root ||
    // No list at all is more likely a wrong folder than a repository without lists.
    read.monitors.length === 0 ||
    read.broken.length > 0 ||
    read.problems.some(isError)
  )
    return [];
  const present = new Set(read.monitors.map((monitor) => monitor.id));
  const known = new Set([...Object.keys(state.monitors), ...Object.keys(state.runs), ...Object.keys(state.reports)]);
  return [...known].filter((id) => !present.has(id)).sort();
}
