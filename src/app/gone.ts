import { own } from "../core/records.ts";
import type { StateFiles } from "../core/telling/state.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import type { Deps } from "./deps.ts";

interface Gone {
  readonly deps: Deps;
  readonly read: MonitorsRead;
  readonly state: StateFiles;
}

/** Ids of the monitors that are gone, after the channels have ended what stands there; of the others the state stays. */
export async function endedMonitors(question: Gone): Promise<readonly string[]> {
  const { deps, state } = question;
  const ended: string[] = [];
  for (const id of removedMonitors(question)) {
    let isEnded = true;
    for (const channel of deps.channels) {
      const told = own(state.monitors, id)?.delivered[channel.name];
      if (told === undefined || channel.end === undefined) continue;
      isEnded = (await channel.end({ id, told }, deps.log.with({ monitor: id }))) && isEnded;
    }
    if (isEnded) ended.push(id);
  }
  return ended;
}

/** State is removed only where it is certain that the file is gone: on the default branch, in the same folder, with every file readable. */
function removedMonitors({ deps, read, state }: Gone): string[] {
  if (
    !deps.onDefaultBranch ||
    // What another folder's lists have left is not ours to forget.
    deps.place !== state.root ||
    // No list at all is a wrong folder, more likely than a repository that has given up.
    read.monitors.length === 0 ||
    read.broken.length > 0 ||
    read.problems.some((problem) => problem.severity !== "warning")
  )
    return [];
  const present = new Set(read.monitors.map((monitor) => monitor.id));
  const known = new Set([...Object.keys(state.monitors), ...Object.keys(state.runs), ...Object.keys(state.reports)]);
  return [...known].filter((id) => !present.has(id)).sort();
}
