import type { Notification } from "../../src/notify/channel.ts";
import type { RenderedMail } from "../../src/notify/email/message.ts";
import { renderSharedMail } from "../../src/notify/email/shared-mail.ts";
import { calmReport } from "./fixture-report.ts";
import { monitor, notification } from "./fixtures.ts";

/** A calm one between two that are short. */
export const THREE: readonly [Notification, ...Notification[]] = [
  notification(),
  notification({ monitor: monitor({ id: "gateway", name: "Gateway" }), report: calmReport(), episode: null }),
  notification({ monitor: monitor({ id: "cable-kit", name: "Cable kits" }) }),
];

export function renderShared(notifications: readonly Notification[], rows = 50): RenderedMail {
  const [first = notification(), ...others] = notifications;
  return renderSharedMail([first, ...others], { rows });
}
