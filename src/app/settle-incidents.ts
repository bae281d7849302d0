import { type Failure, failureOf } from "../core/failure.ts";
import type { ClaimClock } from "../core/telling/claims.ts";
import { EMPTY_DELTA } from "../core/telling/merge.ts";
import type { StateDelta } from "../core/telling/state.ts";
import type { Batches } from "./batches.ts";
import type { Deps } from "./deps.ts";
import type { RunEnd } from "./ending.ts";
import type { Looking } from "./findings.ts";
import { endedIncidents, noticeClaims, planIncidents, tellIncidents } from "./troubles.ts";

/** Claims and sends what the admins are to hear; nothing where nothing can be claimed, or the run is to end. */
export async function settleIncidents({
  deps,
  end,
  batches,
  looking,
  runId,
  clock,
}: {
  readonly deps: Deps;
  readonly end: RunEnd;
  readonly batches: Batches;
  readonly looking: Looking;
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
  if (batches.failure !== null || end.reason() !== null) return nothing;
  const plan = await planIncidents({ ...looking, deps, run: runId, until: end.claimsUntil, clock });
  if (plan.notices.length === 0) return { ...nothing, system: { ...plan.system, ...endedIncidents(plan, {}) } };
  const { unremembered } = batches;
  const claims = { system: plan.system, notices: noticeClaims(plan) };
  try {
    const { files } = await deps.store.commit(
      { ...EMPTY_DELTA, interim: true, monitors: unremembered, ...claims },
      "Notify the admins",
    );
    const notices = await tellIncidents(plan, { deps, end, system: files.system });
    return {
      system: endedIncidents(plan, notices),
      notices,
      remembered: new Set([...remembered, ...Object.keys(unremembered)]),
      failure: null,
    };
  } catch (error) {
    return { ...nothing, failure: failureOf(error) };
  }
}
