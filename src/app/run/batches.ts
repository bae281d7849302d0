// Checks the lists one after the other and sends their notifications in batches: a commit claims each batch before its first
// message goes out, and the commit that claims the next batch records its outcome (docs/state.md).

import { type Failure, failureOf } from "../../core/failure.ts";
import { EMPTY_DELTA } from "../../core/notification/merge.ts";
import type { MonitorDelta, StateDelta, StateFiles } from "../../core/notification/state.ts";
import { own } from "../../core/records.ts";
import type { Channel } from "../../notify/channel.ts";
import type { Committed } from "../../state/store.ts";
import type { Deps } from "../deps.ts";
import { type RunEnd, unlessEnded } from "./ending.ts";
import { baseOf, type Notifications, type NotifyOptions, notifyMonitor } from "./notify.ts";
import type { NotificationPlan } from "./plan.ts";
import type { Selected } from "./select.ts";
import { type MonitorOutcome, monitorDelta } from "./state-delta.ts";
import { byCompany, companyKey, inCompany, sharedMail } from "./together.ts";

/** Most lists in a batch. */
const MOST = 25;
/** From so many lists on, mails are sent side by side. */
const MANY = 10;
/** Results are recorded, and claims written, after this long at the latest. */
const LONGEST_MS = 60_000;
/** With fewer requests left at GitHub, what was claimed can still be recorded. */
const LEAST_REQUESTS = 100;

export interface Batches {
  readonly outcomes: readonly MonitorOutcome[];
  /** What the last batch has done, for the next commit. */
  readonly unremembered: Readonly<Record<string, MonitorDelta>>;
  /** Ids of the lists that have been recorded. */
  readonly remembered: ReadonlySet<string>;
  readonly committed: Committed | null;
  /** Why nothing could be claimed: nobody was notified. */
  readonly failure: Failure | null;
  /** Lists that the run did not get to. */
  readonly left: readonly Selected[];
}

export interface BatchOptions {
  readonly deps: Deps;
  readonly end: RunEnd;
  /** Nothing is claimed, and nobody is notified. */
  readonly dryRun: boolean;
  readonly selected: readonly Selected[];
  /** Checks a list: returns its outcome, or what is to be sent. */
  readonly prepare: (selected: Selected) => Promise<MonitorOutcome | NotificationPlan>;
  readonly channelsOf: (selected: Selected) => readonly string[];
  /** Channels that this run has found to be down. */
  readonly down: Map<string, Failure>;
  /** What the lists so far have shown of incidents: recorded together with what was sent. */
  readonly incidentsOf: (outcomes: readonly MonitorOutcome[]) => StateDelta["system"];
}

export async function runBatches(options: BatchOptions): Promise<Batches> {
  const { deps, end, channelsOf } = options;
  const selected = byCompany(options.selected, deps.channels);
  const outcomes = new Map<string, MonitorOutcome>();
  const remembered = new Set<string>();
  let unremembered = new Map<string, MonitorDelta>();
  let committed: Committed | null = null;
  let state: StateFiles | undefined;
  let waiting: readonly NotificationPlan[] = [];
  let failure: Failure | null = null;
  let next = 0;
  const pretended: NotificationPlan[] = [];
  const isOneCompany = (one: Selected | undefined, other: Selected | undefined) => {
    if (one === undefined || other === undefined) return false;
    const key = companyKey(one, deps.channels);
    return key !== "" && key === companyKey(other, deps.channels);
  };
  const inOrder = () => options.selected.flatMap(({ monitor }) => outcomes.get(monitor.id) ?? []);
  const settle = (plan: NotificationPlan, notifications: Notifications) => {
    const outcome = outcomeOfPlan(plan, notifications);
    const { id } = plan.selected.monitor;
    outcomes.set(id, outcome);
    const delta = monitorDelta(outcome, channelsOf(plan.selected));
    if (delta !== undefined) unremembered.set(id, delta);
  };
  while (failure === null) {
    const since = end.now().getTime();
    const checked: NotificationPlan[] = [];
    const room = () => {
      const count = waiting.length + checked.length;
      // Lists that may share a mail stay together.
      const most = isOneCompany(selected[next - 1], selected[next]) ? 2 * MOST : MOST;
      return count < most && end.now().getTime() - since < LONGEST_MS;
    };
    while (next < selected.length && end.reason() === null && room()) {
      const one = selected[next];
      next += 1;
      if (one === undefined) break;
      const result = await unlessEnded(options.prepare(one), end);
      if (result === undefined) break;
      if ("kind" in result) outcomes.set(one.monitor.id, result);
      else if (options.dryRun) pretended.push(result);
      else if (result.messages.length > 0) checked.push(result);
      else settle(result, { deliveries: result.decided, settled: {}, episode: undefined, report: undefined });
    }
    const fresh = inCompany(checked);
    if (fresh.length + waiting.length === 0) {
      if (next < selected.length && end.reason() === null) continue;
      break;
    }
    if (fresh.length > 0 && isShortOfRequests(deps)) {
      failure = SHORT_OF_REQUESTS;
    } else if (fresh.length > 0 || unremembered.size > 0) {
      const delta: StateDelta = {
        ...EMPTY_DELTA,
        interim: true,
        monitors: { ...Object.fromEntries(unremembered), ...claimsOf(fresh, deps) },
        system: unremembered.size === 0 ? {} : options.incidentsOf(inOrder()),
      };
      try {
        committed = await deps.store.commit(delta, batchMessage(fresh));
        state = committed.files;
        for (const id of unremembered.keys()) remembered.add(id);
        unremembered = new Map();
      } catch (error) {
        failure = failureOf(error);
      }
    }
    const batch = failure === null ? [...waiting, ...fresh] : waiting;
    if (failure !== null) for (const plan of fresh) settle(plan, without(plan, "not_claimed"));
    waiting = [];
    const begun = end.now().getTime();
    const shared = sharedMail(batch, { state, end, log: deps.log });
    const later: NotificationPlan[] = [];
    const inTurn = turns();
    await sideBySide(batch, atOnce(batch), async (plan, index) => {
      const { id } = plan.selected.monitor;
      const isLate = index > 0 && end.now().getTime() - begun > LONGEST_MS;
      if (isLate && failure === null && end.reason() === null && !shared.hasBegun(plan)) {
        later.push(plan);
        return;
      }
      const log = deps.log.with({ monitor: id });
      const known = own(state?.monitors, id);
      settle(plan, await notifyMonitor(plan, { state: known, down: options.down, end, log, inTurn, shared }));
    });
    waiting = later;
  }
  for (const plan of inCompany(pretended)) settle(plan, without(plan, "would_notify"));
  const left = selected.filter(({ monitor }) => !outcomes.has(monitor.id));
  return { outcomes: inOrder(), unremembered: Object.fromEntries(unremembered), remembered, committed, failure, left };
}

/** How many lists are sent at once: of few, further connections would cost more than they save. */
function atOnce(batch: readonly NotificationPlan[]): number {
  const channels = new Set(batch.flatMap(({ messages }) => messages.map(({ channel }) => channel)));
  return batch.length < MANY ? 1 : Math.max(1, ...[...channels].map((channel) => channel.atOnce ?? 1));
}

/** Runs the work for each, so many at a time, begun in their order. */
async function sideBySide<T>(
  all: readonly T[],
  count: number,
  work: (one: T, index: number) => Promise<void>,
): Promise<void> {
  const entries = all.entries();
  const worker = async () => {
    for (const [index, one] of entries) await work(one, index);
  };
  await Promise.all(Array.from({ length: count }, worker));
}

/** A channel that takes one message at a time gets them one after the other. */
function turns(): NotifyOptions["inTurn"] {
  const last = new Map<Channel, Promise<unknown>>();
  return (channel, send) => {
    if (channel.atOnce !== undefined) return send();
    const sent = (last.get(channel) ?? Promise.resolve()).then(send, send);
    last.set(channel, sent);
    return sent;
  };
}

const SHORT_OF_REQUESTS: Failure = {
  kind: "state",
  retryable: true,
  message: `fewer than ${LEAST_REQUESTS} API requests are left for this token, so nothing more is sent in this run; the next one goes on`,
};

function isShortOfRequests({ store }: Deps): boolean {
  const left = store.requestsLeft?.();
  return left !== undefined && left < LEAST_REQUESTS;
}

function claimsOf(plans: readonly NotificationPlan[], deps: Deps): Readonly<Record<string, MonitorDelta>> {
  return Object.fromEntries(
    plans.map(({ selected, messages }): [string, MonitorDelta] => {
      const { id, name } = selected.monitor;
      const claims = Object.fromEntries(messages.map(({ channel, claim }) => [channel.name, claim]));
      return [id, { name, born: deps.randomId().slice(0, 16), claims, delivered: {} }];
    }),
  );
}

function without(plan: NotificationPlan, kind: "not_claimed" | "would_notify"): Notifications {
  const deliveries = plan.messages.map((message) => ({ ...baseOf(message), outcome: { kind } }));
  return { deliveries: [...plan.decided, ...deliveries], settled: {}, episode: undefined, report: undefined };
}

function outcomeOfPlan(
  { selected, checked, startedAt, finishedAt }: NotificationPlan,
  notifications: Notifications,
): Extract<MonitorOutcome, { kind: "checked" }> {
  return { kind: "checked", selected, checked, notifications, startedAt, finishedAt: finishedAt() };
}

/** `Notify board, cables`: what `git log --oneline` of the state branch shows of a claim. */
function batchMessage(plans: readonly NotificationPlan[]): string {
  const ids = plans.map(({ selected }) => selected.monitor.id);
  if (ids.length === 0) return "Record what was sent";
  return ids.length <= 3 ? `Notify ${ids.join(", ")}` : `Notify ${ids.length} lists\n\n${ids.join("\n")}`;
}
