// The checkout as the entries see it: the part of wire.ts that reads its files and asks Git of their past.
import type { Config } from "./core/settings/config.ts";
import { type PartsFile, readPartsFile } from "./monitors/parts-file.ts";
import { type MonitorsRead, readMonitors } from "./monitors/read.ts";
import { pullRequestBase, type Rename, renamedSince, workBegan } from "./system/renames.ts";
import { describeRepository, type Repository } from "./system/repository.ts";

export interface Checkout {
  /** Lists and settings; `now` is the start of the 366 days whose occurrences are looked at. */
  readonly read: (now: Date) => Promise<MonitorsRead>;
  /** Lists that were renamed since that commit; none where Git cannot say it. */
  readonly renamedSince: (commit: string) => Promise<readonly Rename[]>;
  /** The same since the work on this branch began. */
  readonly renamedInWork: () => Promise<readonly Rename[]>;
  /** The commit that a pull request would be merged into; undefined: this checkout does not have it. */
  readonly baseOf: (pullRequest: { readonly baseCommit: string | undefined }) => Promise<string | undefined>;
  readonly describe: () => Promise<Repository>;
}

/** The checkout in that folder, which is absolute. */
export function openCheckout(root: string): Checkout {
  const folder = "monitors";
  return {
    read: (now) => readMonitors({ root, now }),
    renamedSince: (commit) => renamedSince({ root, commit, folder }),
    renamedInWork: async () => renamedSince({ root, commit: await workBegan(root), folder }),
    baseOf: ({ baseCommit }) => pullRequestBase({ root, baseCommit }),
    describe: () => describeRepository(root),
  };
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
