// What people decided (acknowledged, dismissed) on the channels that notified them.

import type { Alert } from "../../core/notification/state.ts";
import type { Log } from "../../core/ports.ts";
import type { Channel } from "../../notify/channel.ts";
import type { Selected } from "./select.ts";

/**
 * The alerts of a monitor as remembered, after what people have decided since on its channels; the very array that is
 * remembered if they decided nothing. A channel that cannot be read changes nothing: what was decided there is read by the
 * next run.
 */
export async function alertsWithDecisions(input: {
  readonly channels: readonly Channel[];
  readonly selected: Selected;
  readonly at: Date;
  readonly log: Log;
}): Promise<readonly Alert[]> {
  const { channels, selected, at, log } = input;
  const { monitor, state } = selected;
  let alerts = state?.alerts ?? [];
  if (state === undefined) return alerts;
  for (const channel of channels) {
    const decided = await channel.readDecisions?.(
      { monitor, alerts, delivered: state.delivered[channel.name], at },
      log,
    );
    alerts = decided ?? alerts;
  }
  return alerts;
}
