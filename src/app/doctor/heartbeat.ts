import { broken, type Diagnosis, ok, warning } from "../../core/diagnosis.ts";
import { formatProblem } from "../../core/problem.ts";
import type { DoctorDeps } from "./deps.ts";

const AREA = "Heartbeat";

/** Checks that the heartbeat server can be reached: adds a line to its log, which does not count as a run. */
export async function examineHeartbeat({ heartbeat }: Pick<DoctorDeps, "heartbeat">): Promise<readonly Diagnosis[]> {
  if (heartbeat === undefined) return [];
  if (heartbeat.kind === "wrong") return [broken({ area: AREA, message: formatProblem(heartbeat.problem) })];
  const { name, ping } = heartbeat;
  const failed = await ping("partwatch doctor was here; no lists were checked.");
  if (failed === undefined)
    return [ok(AREA, `The heartbeat server of ${name} can be reached: every scheduled run is reported to it.`)];
  const fix = "Check the address, and that the server can be reached from here. Runs go on without it.";
  return [warning({ area: AREA, message: `The heartbeat server of ${name} ${failed.replace(/\.$/, "")}.`, fix })];
}
