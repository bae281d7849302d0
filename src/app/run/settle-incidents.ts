import { type Failure, failureOf } from "../../core/failure.ts";
import type { ClaimClock } from "../../core/notification/claims.ts";
import { EMPTY_DELTA } from "../../core/notification/merge.ts";
import type { StateDelta } from "../../core/notification/state.ts";
import type { Deps } from "../deps.ts";
import type { Batches } from "./batches.ts";
import type { RunEnd } from "./ending.ts";
import type { RunObservations } from "./findings.ts";
import { endedIncidents, noticeClaims, notifyIncidents, planIncidents } from "./incidents.ts";

/** Claims and sends notices to the admins; sends nothing if nothing can be claimed or the run is to end. */
export async function settleIncidents({
  deps,
  end,
  batches,
  observed,
  runId,
  clock,
}: {
  readonly deps: Deps;
  readonly end: RunEnd;
  readonly batches: Batches;
  readonly observed: RunObservations;
  readonly runId: string;
  readonly clock: ClaimClock;
}): Promise<{
  readonly system: StateDelta["system"];
  readonly notices: StateDelta["notices"];
  readonly remembered: ReadonlySet<string>;
  readonly failure: Failure | null;
}> {
  const { remembered } = batches;
  const nothing = { system: {}, notices: undefined, remembered, failure: null };
  if (batches.failure !== null) return nothing;
  const plan = await planIncidents({
    ...observed,
    committed: batches.committed?.files ?? observed.state,
    deps,
    run: runId,
    until: end.claimsUntil,
    clock,
  });
  // What was seen is recorded all the same: the next run may not see it.
  const seen = { ...nothing, system: { ...plan.system, ...endedIncidents(plan, {}) } };
  if (plan.notices.length === 0 || end.reason() !== null) return seen;
  const { unremembered } = batches;
  const claims = { system: plan.system, notices: noticeClaims(plan) };
  try {
    const { files } = await deps.store.commit(
      { ...EMPTY_DELTA, interim: true, monitors: unremembered, ...claims },
      "Notify the admins",
    );
    const notices = await notifyIncidents(plan, { deps, end, system: files.system });
    return {
      system: endedIncidents(plan, notices),
      notices,
      remembered: new Set([...remembered, ...Object.keys(unremembered)]),
      failure: null,
    };
  } catch (error) {
    return { ...seen, failure: failureOf(error) };
  }
}
