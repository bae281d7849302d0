import { isStanding } from "../../core/notification/sending.ts";
import type { MonitorState } from "../../core/notification/state.ts";
import { defined } from "../../core/records.ts";
import type { Notification } from "../../notify/channel.ts";
import { type NotificationPlan, notificationOf, type PlannedMessage } from "./plan.ts";

/** Whether its claim is on the branch: only then may it be sent. */
export function isOurs({ channel, claim: { sending } }: PlannedMessage, state: MonitorState | undefined): boolean {
  const present = state?.sending?.[channel.name];
  return present?.run === sending.run && present.seq === sending.seq;
}

function recipientsOf({ channel, claim }: PlannedMessage): Pick<Notification, "recipients"> {
  return channel.name === "email" ? { recipients: claim.sending.to } : {};
}

/** The notification for the channel. `state` is as of the commit that wrote the claim. */
export function buildNotification(
  plan: NotificationPlan,
  { message, state }: { readonly message: PlannedMessage; readonly state: MonitorState | undefined },
): Notification {
  const { channel, decision, episode } = message;
  const again = isStanding(decision.reason);
  return {
    ...notificationOf(plan, channel),
    report: again ? (plan.previousReport ?? plan.checked.report) : plan.checked.report,
    change: decision.change,
    hash: decision.hash,
    seq: decision.seq,
    episode,
    at: "at" in decision ? decision.at : plan.now,
    sentAt: plan.now,
    ...defined({ born: state?.born }),
    ...("recipients" in decision || decision.reason === "again" ? recipientsOf(message) : {}),
  };
}
