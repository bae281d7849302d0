// The checkout as the entries see it: the part of the wiring that reads its files and asks Git about their history.
import type { Problem } from "../core/problem.ts";
import type { Config } from "../core/settings/config.ts";
import type { Instance } from "../core/settings/instances.ts";
import { withProgramAction } from "../core/settings/workflow-settings.ts";
import { CONFIG_FILE, readConfig } from "../monitors/config.ts";
import type { PartsFile } from "../monitors/parts-file.ts";
import { type MonitorsRead, readMonitors } from "../monitors/read.ts";
import { withFilesAt } from "../system/files-at.ts";
import {
  branchPoint,
  type PullRequestCommits,
  pullRequestBase,
  type Rename,
  renamedSince,
  workBegan,
} from "../system/git-changes.ts";
import { type ProgramAction, programAction } from "../system/program-action.ts";
import { describeRepository, type Repository } from "../system/repository.ts";
import { readTemplate } from "./template.ts";

export interface Checkout {
  /** Lists and settings; `now` is the start of the 366 days for which occurrences are computed. */
  readonly read: (now: Date) => Promise<MonitorsRead>;
  /** The same for comparing or writing workflows: if partwatch.yaml names no action, it is the running one. */
  readonly readForWorkflows: (now: Date) => Promise<MonitorsRead>;
  /** What is wrong with the template in partwatch.yaml, if there is one. */
  readonly templateProblems: (config: Config) => Promise<readonly Problem[]>;
  /** The action that the running Partwatch is. */
  readonly programAction: () => Promise<ProgramAction>;
  /** Lists that were renamed since that commit; none if Git cannot say. */
  readonly renamedSince: (commit: string) => Promise<readonly Rename[]>;
  /** The same since the work on this branch began. */
  readonly renamedInWork: () => Promise<readonly Rename[]>;
  /** The commit that a pull request would be merged into; undefined: this checkout does not have it. */
  readonly baseOf: (pullRequest: PullRequestCommits) => Promise<string | undefined>;
  /** The servers that partwatch.yaml already names in that commit; none if this checkout does not have it. */
  readonly serversBefore: (pullRequest: PullRequestCommits) => Promise<readonly Instance[]>;
  readonly describe: () => Promise<Repository>;
}

/** The checkout in that folder, which is absolute. `action`: the running action, if it is known already. */
export function openCheckout(root: string, { action }: { readonly action?: string | undefined } = {}): Checkout {
  const folder = "monitors";
  const read: Checkout["read"] = (now) => readMonitors({ root, now });
  const ask = async (): Promise<ProgramAction> =>
    action === undefined ? programAction(root) : { kind: "known", action };
  return {
    read,
    readForWorkflows: async (now) => withAction(await read(now), ask),
    templateProblems: async (config) => (await readTemplate(root, config)).problems,
    programAction: ask,
    renamedSince: (commit) => renamedSince({ root, commit, folder }),
    renamedInWork: async () => renamedSince({ root, commit: await workBegan(root), folder }),
    baseOf: async (pullRequest) => {
      const commit = await pullRequestBase({ root, ...pullRequest });
      return commit === undefined ? undefined : branchPoint({ root, commit });
    },
    serversBefore: (pullRequest) => serversBefore(root, pullRequest),
    describe: () => describeRepository(root),
  };
}

async function withAction(read: MonitorsRead, ask: Checkout["programAction"]): Promise<MonitorsRead> {
  const { config } = read;
  if (config.workflow.actionFrom === "file") return read;
  const program = await ask();
  const known = program.kind === "known" ? program : undefined;
  return { ...read, config: { ...config, workflow: withProgramAction(config.workflow, known) } };
}

async function serversBefore(root: string, pullRequest: PullRequestCommits): Promise<readonly Instance[]> {
  const commit = await pullRequestBase({ root, ...pullRequest });
  if (commit === undefined) return [];
  const { config } = await withFilesAt({ root, commit, paths: [CONFIG_FILE] }, readConfig);
  return config.instances;
}

/** A parts list from a file anywhere; `file` is the name that the user gave. */
export async function readParts(options: {
  readonly path: string;
  readonly file: string;
  readonly config: Config;
  readonly now: Date;
}): Promise<PartsFile> {
  // No run reads tables: the action is smaller without.
  const { readPartsFile } = await import("../monitors/parts-file.ts");
  return readPartsFile(options);
}
