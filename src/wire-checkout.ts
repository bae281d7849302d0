// The checkout as the entries see it: the part of wire.ts that reads its files and asks Git of their past.
import type { Config } from "./core/settings/config.ts";
import { withProgramAction } from "./core/workflow/settings.ts";
import { type PartsFile, readPartsFile } from "./monitors/parts-file.ts";
import { type MonitorsRead, readMonitors } from "./monitors/read.ts";
import { type ProgramAction, programAction } from "./system/program-action.ts";
import { pullRequestBase, type Rename, renamedSince, workBegan } from "./system/renames.ts";
import { describeRepository, type Repository } from "./system/repository.ts";

export interface Checkout {
  /** Lists and settings; `now` is the start of the 366 days whose occurrences are looked at. */
  readonly read: (now: Date) => Promise<MonitorsRead>;
  /** The same for those who compare or write workflows: where partwatch.yaml names no action, it is the running one. */
  readonly readForWorkflows: (now: Date) => Promise<MonitorsRead>;
  /** Which action the running Partwatch is. */
  readonly programAction: () => Promise<ProgramAction>;
  /** Lists that were renamed since that commit; none where Git cannot say it. */
  readonly renamedSince: (commit: string) => Promise<readonly Rename[]>;
  /** The same since the work on this branch began. */
  readonly renamedInWork: () => Promise<readonly Rename[]>;
  /** The commit that a pull request would be merged into; undefined: this checkout does not have it. */
  readonly baseOf: (pullRequest: { readonly baseCommit: string | undefined }) => Promise<string | undefined>;
  readonly describe: () => Promise<Repository>;
}

/** The checkout in that folder, which is absolute. `action`: which one this is, where somebody has said it already. */
export function openCheckout(root: string, { action }: { readonly action?: string | undefined } = {}): Checkout {
  const folder = "monitors";
  const read: Checkout["read"] = (now) => readMonitors({ root, now });
  const ask = async (): Promise<ProgramAction> =>
    action === undefined ? programAction(root) : { kind: "known", action };
  return {
    read,
    readForWorkflows: async (now) => withAction(await read(now), ask),
    programAction: ask,
    renamedSince: (commit) => renamedSince({ root, commit, folder }),
    renamedInWork: async () => renamedSince({ root, commit: await workBegan(root), folder }),
    baseOf: ({ baseCommit }) => pullRequestBase({ root, baseCommit }),
    describe: () => describeRepository(root),
  };
}

async function withAction(read: MonitorsRead, ask: Checkout["programAction"]): Promise<MonitorsRead> {
  const { config } = read;
  if (config.workflow.actionFrom === "file") return read;
  const program = await ask();
  const action = program.kind === "known" ? program.action : undefined;
  return { ...read, config: { ...config, workflow: withProgramAction(config.workflow, action) } };
}

/** A parts list from a file, wherever that stands; `file` is how the user knows it. */
export function readParts(of: {
  readonly path: string;
  readonly file: string;
  readonly config: Config;
  readonly now: Date;
}): Promise<PartsFile> {
  return readPartsFile(of);
}
