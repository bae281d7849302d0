import type { Monitor } from "../core/monitor.ts";
import type { DeliveryRecord, MonitorState } from "../core/notification/state.ts";
import { defined } from "../core/records.ts";
import type { Links } from "../notify/channel.ts";
import type { Deps } from "./deps.ts";

/** Where messages about a monitor lead, beside InvenTree: its file, the forge's editor of it, the issue of its episode. */
export function monitorLinks(
  monitor: Pick<Monitor, "file" | "channels">,
  { deps, known }: { readonly deps: Deps; readonly known: Pick<MonitorState, "episode" | "delivered"> | undefined },
): Omit<Links, "inventree"> {
  const isOn = monitor.channels.issue.active && deps.channels.some(({ name }) => name === "issue");
  const issue = isOn ? issueOf(known) : undefined;
  return {
    ...deps.links,
    ...defined({
      monitorFile: deps.fileUrl(monitor.file),
      editFile: deps.editUrl(monitor.file),
      issue: issue === undefined ? undefined : deps.issueUrl(issue),
    }),
  };
}

/** The number of the episode's issue; undefined: none yet. */
function issueOf(known: Pick<MonitorState, "episode" | "delivered"> | undefined): string | undefined {
  const delivered: DeliveryRecord | undefined = known?.delivered.issue;
  const episode = known?.episode;
  if (delivered === undefined || episode === undefined || episode === null || !episode.open) return undefined;
  const isOfIt = Date.parse(delivered.at) >= Date.parse(episode.since);
  return isOfIt && /^[1-9]\d*$/.test(delivered.ref) ? delivered.ref : undefined;
}
