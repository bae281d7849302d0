import { broken, type Diagnosis, ok, warning } from "../../core/diagnosis.ts";
import { formatProblem } from "../../core/problem.ts";
import type { DoctorDeps } from "./deps.ts";

const AREA = "Heartbeat";

/** Whether the watcher can be told of runs; it gets a line for its log, which does not count as a run. */
export async function examineHeartbeat({ heartbeat }: Pick<DoctorDeps, "heartbeat">): Promise<readonly Diagnosis[]> {
  if (heartbeat === undefined) return [];
  if (heartbeat.kind === "wrong") return [broken({ area: AREA, message: formatProblem(heartbeat.problem) })];
  const { name, ping } = heartbeat;
  const failed = await ping("partwatch doctor was here; no lists were checked.");
  if (failed === undefined) return [ok(AREA, `The watcher of ${name} hears of every run by schedule.`)];
  const fix = "Runs go on without it. Check the address, and that the watcher can be reached from here.";
  return [warning({ area: AREA, message: `The watcher of ${name} ${failed.replace(/\.$/, "")}.`, fix })];
}
