import type { Clock } from "../core/clock.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import type { GithubApi } from "../core/github-api.ts";
import type { Log } from "../core/log.ts";
import type { Problem } from "../core/problem.ts";
import type { Access } from "../inventree/access.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import type { StateStore } from "../state/store.ts";
import { examineMail, type MailPatient } from "./doctor-mail.ts";
import { examineFiles, examineSchedules, examineState, examineWorkflows } from "./doctor-repository.ts";
import { examineServers } from "./doctor-servers.ts";
import { examineTrigger } from "./doctor-trigger.ts";

/** Everything that can be looked at; what is missing or wrong is itself a finding. */
export interface DoctorDeps {
  /** The repository's folder. */
  readonly root: string;
  /** The same from the repository's top; undefined: outside of one. */
  readonly place: string | undefined;
  readonly read: MonitorsRead;
  /** The file `.env`: what is wrong with it, and whether Git would show it to others. */
  readonly dotenv: { readonly problems: readonly Problem[]; readonly isExposed: boolean };
  /** What is wrong with settings of issues and webhooks. */
  readonly channelProblems: readonly Problem[];
  readonly servers: {
    readonly problems: (labels: readonly string[]) => readonly Problem[];
    readonly access: (label: string) => Promise<Access>;
  };
  readonly mail: MailPatient;
  readonly store: StateStore;
  /** GitHub's API; undefined: it is not known how to ask it. */
  readonly github: GithubApi | undefined;
  /** Whether the repository stands on GitHub, as far as the clone can tell. */
  readonly isOnGithub: boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Looks at everything that has to work for a check to be made and told, one thing after the other, and says what is to be
 * mended. Nothing is checked, told or remembered, but the test mail on request; a schedule that GitHub has stopped, or is
 * about to stop, for want of activity is enabled again where the token may. Throws only for bugs.
 */
export async function doctor(
  deps: DoctorDeps,
  { now, sendTestMail }: { readonly now: Date; readonly sendTestMail: boolean },
): Promise<readonly Diagnosis[]> {
  return [
    ...examineFiles(deps),
    ...(await examineServers(deps)),
    ...(await examineMail(deps, { sendTestMail })),
    ...(await examineState(deps)),
    ...(await examineWorkflows(deps)),
    ...(await examineTrigger(deps, now)),
    ...(await examineSchedules(deps, now)),
  ];
}
