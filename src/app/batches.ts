// Checks the lists one after the other and sends what they have to say, in batches: each is claimed by a commit before its
// first message goes out, and the commit that claims the next one remembers it (docs/state.md).

import { type Failure, failureOf } from "../core/failure.ts";
import { own } from "../core/records.ts";
import { EMPTY_DELTA } from "../core/telling/merge.ts";
import type { MonitorDelta, StateDelta, StateFiles } from "../core/telling/state.ts";
import type { Committed } from "../state/store.ts";
import type { Deps } from "./deps.ts";
import { type RunEnd, unlessEnded } from "./ending.ts";
import type { Plan } from "./plan.ts";
import { type MonitorOutcome, monitorDelta } from "./remember.ts";
import type { Selected } from "./select.ts";
import { type Tellings, tellMonitor } from "./tell.ts";

/** Most lists in a batch. */
const MOST = 25;
/** Results wait no longer to be remembered, nor claims to be written. */
const LONGEST_MS = 60_000;
/** With fewer requests left at GitHub what was claimed can still be remembered. */
const LEAST_REQUESTS = 100;

export interface Batches {
  readonly outcomes: readonly MonitorOutcome[];
  /** What the last batch has done, for the next commit. */
  readonly unremembered: Readonly<Record<string, MonitorDelta>>;
  /** Ids whose lists are remembered. */
  readonly remembered: ReadonlySet<string>;
  readonly committed: Committed | null;
  /** Why nothing could be claimed: nobody was told. */
  readonly failure: Failure | null;
  /** Lists that the run did not come to. */
  readonly left: readonly Selected[];
}

export interface BatchOptions {
  readonly deps: Deps;
  readonly end: RunEnd;
  readonly selected: readonly Selected[];
  /** Checks a list: how that ended, or what is to be sent. */
  readonly prepare: (selected: Selected) => Promise<MonitorOutcome | Plan>;
  readonly channelsOf: (selected: Selected) => readonly string[];
  /** Channels that this run has found to be down. */
  readonly down: Map<string, Failure>;
}

export async function runBatches(options: BatchOptions): Promise<Batches> {
  const { deps, end, selected, channelsOf } = options;
  const outcomes = new Map<string, MonitorOutcome>();
  const remembered = new Set<string>();
  let unremembered = new Map<string, MonitorDelta>();
  let committed: Committed | null = null;
  let state: StateFiles | undefined;
  let waiting: readonly Plan[] = [];
  let failure: Failure | null = null;
  let next = 0;
  const settle = (plan: Plan, tellings: Tellings) => {
    const outcome = outcomeOfPlan(plan, tellings);
    const { id } = plan.selected.monitor;
    outcomes.set(id, outcome);
    const delta = monitorDelta(outcome, channelsOf(plan.selected));
    if (delta !== undefined) unremembered.set(id, delta);
  };
  while (failure === null) {
    const since = end.now().getTime();
    const fresh: Plan[] = [];
    const room = () => waiting.length + fresh.length < MOST && end.now().getTime() - since < LONGEST_MS;
    while (next < selected.length && end.reason() === null && room()) {
      const one = selected[next];
      next += 1;
      if (one === undefined) break;
      const result = await unlessEnded(options.prepare(one), end);
      if (result === undefined) break;
      if ("kind" in result) outcomes.set(one.monitor.id, result);
      else if (result.messages.length > 0) fresh.push(result);
      else settle(result, { deliveries: result.decided, settled: {}, episode: undefined, report: undefined });
    }
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
    const later: Plan[] = [];
    for (const [index, plan] of batch.entries()) {
      const { id } = plan.selected.monitor;
      const isLate = index > 0 && end.now().getTime() - begun > LONGEST_MS;
      if (isLate && failure === null && end.reason() === null) {
        later.push(plan);
        continue;
      }
      const log = deps.log.with({ monitor: id });
      settle(plan, await tellMonitor(plan, { state: own(state?.monitors, id), down: options.down, end, log }));
    }
    waiting = later;
  }
  const ordered = selected.flatMap(({ monitor }) => outcomes.get(monitor.id) ?? []);
  const left = selected.filter(({ monitor }) => !outcomes.has(monitor.id));
  return { outcomes: ordered, unremembered: Object.fromEntries(unremembered), remembered, committed, failure, left };
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

function claimsOf(plans: readonly Plan[], deps: Deps): Readonly<Record<string, MonitorDelta>> {
  return Object.fromEntries(
    plans.map(({ selected, messages }): [string, MonitorDelta] => {
      const { id, name } = selected.monitor;
      const claims = Object.fromEntries(messages.map(({ channel, claim }) => [channel.name, claim]));
      return [id, { name, born: deps.randomId().slice(0, 16), claims, delivered: {} }];
    }),
  );
}

function without(plan: Plan, kind: "not_claimed"): Tellings {
  const deliveries = plan.messages.map(({ channel, decision }) => ({
    channel: channel.name,
    reason: decision.reason,
    change: decision.change,
    outcome: { kind },
  }));
  return { deliveries: [...plan.decided, ...deliveries], settled: {}, episode: undefined, report: undefined };
}

function outcomeOfPlan(
  { selected, checked, startedAt, finishedAt }: Plan,
  tellings: Tellings,
): Extract<MonitorOutcome, { kind: "checked" }> {
  return { kind: "checked", selected, checked, tellings, startedAt, finishedAt: finishedAt() };
}

/** `Notify board, cables`: what `git log --oneline` of the state branch shows of a claim. */
function batchMessage(plans: readonly Plan[]): string {
  const ids = plans.map(({ selected }) => selected.monitor.id);
  if (ids.length === 0) return "Remember what was sent";
  return ids.length <= 3 ? `Notify ${ids.join(", ")}` : `Notify ${ids.length} lists\n\n${ids.join("\n")}`;
}
