import type { Monitor } from "../core/monitor.ts";
import type { WouldTell } from "../core/preview/of-change.ts";
import type { StateFiles } from "../core/telling/state.ts";
import type { Channel } from "../notify/channel.ts";
import type { Checked } from "./check.ts";
import { presentDecision, switchedOn } from "./decision.ts";

/** What each channel that is switched on for a monitor would be told by a run of this very moment. */
export function wouldTell(question: {
  readonly monitor: Monitor;
  readonly checked: Checked;
  readonly state: StateFiles;
  readonly channels: readonly Channel[];
  readonly now: Date;
}): readonly WouldTell[] {
  const { channels, ...check } = question;
  return switchedOn(channels, question.monitor).map(({ name }) => {
    const { decision } = presentDecision({ ...check, channel: name });
    return { channel: name, reason: decision.tell ? decision.reason : null };
  });
}
