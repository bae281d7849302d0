import type { Diagnosis } from "../../core/diagnosis.ts";
import type { DoctorDeps } from "./deps.ts";
import { examineHeartbeat } from "./heartbeat.ts";
import { examineMail } from "./mail.ts";
import { examineOrderToken } from "./order-token.ts";
import { examinePublishing } from "./publishing.ts";
import { examineFiles, examineSchedules, examineState, examineWorkflows } from "./repository.ts";
import { examineServers } from "./servers.ts";
import { examineTrigger } from "./trigger.ts";

/**
 * Checks everything that a run needs in order to check and notify, one thing after the other, and explains how to fix what
 * is wrong. Nothing is checked, sent or recorded, except the test mail on request; a schedule that GitHub has stopped, or is
 * about to stop, for lack of activity is enabled again if the token may. Throws only for bugs.
 */
export async function doctor(
  deps: DoctorDeps,
  { now, sendTestMail }: { readonly now: Date; readonly sendTestMail: boolean },
): Promise<readonly Diagnosis[]> {
  return [
    ...examineFiles(deps),
    ...(await examineServers(deps)),
    ...(await examineOrderToken(deps)),
    ...(await examineMail(deps, { sendTestMail })),
    ...(await examineHeartbeat(deps)),
    ...(await examineState(deps)),
    ...(await examineWorkflows(deps)),
    ...(await examineTrigger(deps, now)),
    ...(await examinePublishing(deps)),
    ...(await examineSchedules(deps, now)),
  ];
}
