// Messages of several lists that go out as one: which lists, and the one receipt that they share.
import { deliveredChange } from "../../core/notification/change.ts";
import { saidAnew } from "../../core/notification/claims.ts";
import { audience, combine } from "../../core/notification/combine.ts";
import { isStanding } from "../../core/notification/sending.ts";
import type { StateFiles } from "../../core/notification/state.ts";
import type { Log } from "../../core/ports.ts";
import { own } from "../../core/records.ts";
import type { Channel, Notification, Receipt } from "../../notify/channel.ts";
import type { RunEnd } from "./ending.ts";
import { buildNotification, isOurs } from "./message.ts";
import type { NotificationPlan, PlannedMessage } from "./plan.ts";
import type { Selected } from "./select.ts";

/** What became of a message that several lists share, and when. */
export interface SharedReceipt {
  readonly receipt: Receipt;
  readonly at: Date;
}

/** The plans, with the other lists of a message written into its claim. */
export function inCompany(plans: readonly NotificationPlan[]): readonly NotificationPlan[] {
  const messages = plans.flatMap(({ selected, checked, messages }) =>
    messages.flatMap((message) =>
      message.channel.together?.takes(selected.monitor) === true ? [{ selected, checked, message }] : [],
    ),
  );
  if (messages.length === 0) return plans;
  const { mails, anew } = combine(
    messages.map(({ selected: { monitor }, checked, message: { claim, before } }) => ({
      id: monitor.id,
      rows: checked.report.lines.length,
      to: claim.sending.to,
      language: monitor.language,
      repeats: before !== undefined && isRepeat(claim.sending.why) ? before : undefined,
    })),
  );
  const companions = new Map(mails.flatMap((ids) => ids.map((id) => [id, ids.filter((other) => other !== id)])));
  return plans.map((plan) => {
    const { id } = plan.selected.monitor;
    const others = companions.get(id);
    if (others === undefined) return plan;
    const messages = plan.messages.map((message) =>
      message.channel.together === undefined ? message : withOthers(message, { others, isAnew: anew.has(id) }),
    );
    return { ...plan, messages };
  });
}

function isRepeat(why: string): boolean {
  return why === "again" || isStanding(why);
}

function withOthers(
  message: PlannedMessage,
  { others, isAnew }: { readonly others: readonly string[]; readonly isAnew: boolean },
): PlannedMessage {
  const { claim, before, decision } = message;
  // It is unknown whether people have got the mail that it was in.
  const change = isAnew && before !== undefined ? saidAnew(decision.change, before.at) : decision.change;
  const sending = {
    ...claim.sending,
    change: deliveredChange(change),
    ...(others.length === 0 ? {} : { with: others }),
  };
  return { ...message, decision: { ...decision, change }, claim: { ...claim, sending } };
}

/** Lists that may share a message one after the other, so that they come into the same batch; the others first. */
export function byCompany(selected: readonly Selected[], channels: readonly Channel[]): readonly Selected[] {
  const groups = Map.groupBy(selected, (one) => companyKey(one, channels));
  return [...(groups.get("") ?? []), ...[...groups].flatMap(([key, all]) => (key === "" ? [] : all))];
}

/** Equal for lists that may share a message; empty for lists that never do. */
export function companyKey({ monitor }: Selected, channels: readonly Channel[]): string {
  const isShared = channels.some(({ together }) => together?.takes(monitor) === true);
  return isShared ? audience({ to: monitor.recipients, language: monitor.language }) : "";
}

/** Sends messages that lists share: each once, by whichever list comes first. */
export interface SharedMail {
  /** What became of it, also while it is under way; undefined as long as it was not sent, or where the list is alone in it. */
  readonly receiptOf: (plan: NotificationPlan, message: PlannedMessage) => Promise<SharedReceipt> | undefined;
  readonly send: (plan: NotificationPlan, message: PlannedMessage) => Promise<SharedReceipt | undefined>;
  /** Whether a message of it has been sent already. */
  readonly hasBegun: (plan: NotificationPlan) => boolean;
}

/** For one batch. `state` is as of the commit that wrote the claims. */
export function sharedMail(
  plans: readonly NotificationPlan[],
  { state, end, log }: { readonly state: StateFiles | undefined; readonly end: RunEnd; readonly log: Log },
): SharedMail {
  const byList = new Map(plans.map((plan) => [plan.selected.monitor.id, plan]));
  const receipts = new Map<string, Promise<SharedReceipt>>();
  const keyOf = ({ selected }: NotificationPlan, { claim: { sending } }: PlannedMessage) =>
    JSON.stringify([selected.monitor.id, ...(sending.with ?? [])].sort());
  const receiptOf: SharedMail["receiptOf"] = (plan, message) => receipts.get(keyOf(plan, message));
  return {
    receiptOf,
    hasBegun: (plan) => plan.messages.some((message) => receiptOf(plan, message) !== undefined),
    send: async (plan, message) => {
      // Another list of it may have begun in this very moment.
      const begun = receiptOf(plan, message);
      if (begun !== undefined) return begun;
      const { channel } = message;
      const notifications = membersOf(plan, { message, byList }).flatMap((member): Notification[] => {
        const known = own(state?.monitors, member.plan.selected.monitor.id);
        if (!isOurs(member.message, known)) return [];
        return [buildNotification(member.plan, { message: member.message, state: known })];
      });
      const [only, ...others] = notifications;
      const { together } = channel;
      if (only === undefined || others.length === 0 || together === undefined) return undefined;
      const names = notifications.map(({ monitor }) => monitor.id).join(", ");
      const sent = end
        .within((ending) =>
          together.notify(
            notifications.map((notification) => ({ ...notification, ending })),
            log.with({ monitor: names }),
          ),
        )
        .then((receipt) => ({ receipt, at: end.now() }));
      receipts.set(keyOf(plan, message), sent);
      return sent;
    },
  };
}

/** The message's own list, and those that its claim names, in the order of the batch. */
function membersOf(
  plan: NotificationPlan,
  { message, byList }: { readonly message: PlannedMessage; readonly byList: ReadonlyMap<string, NotificationPlan> },
): readonly { readonly plan: NotificationPlan; readonly message: PlannedMessage }[] {
  const ids = new Set([plan.selected.monitor.id, ...(message.claim.sending.with ?? [])]);
  return [...byList].flatMap(([id, member]) => {
    const own = member.messages.find(({ channel }) => channel === message.channel);
    return ids.has(id) && own !== undefined ? [{ plan: member, message: own }] : [];
  });
}
