import type { StateFiles } from "../../../src/core/notification/state.ts";
import type { Clock, Log } from "../../../src/core/ports.ts";
import { readFiles, stateFileChanges } from "../../../src/state/files.ts";
import type { StateStore } from "../../../src/state/store.ts";

/** The files of a state branch, by path. */
export type Texts = Map<string, string>;

/** The state's own reading and writing, of files that stand nowhere: for faults that are not the state's. */
function memoryStore(texts: Texts): StateStore {
  return {
    label: "branch partwatch-state in memory",
    read: async () => readFiles(texts),
    commit: async (delta) => {
      const { changes, files, skipped } = stateFileChanges(texts, delta);
      for (const [path, text] of changes) {
        if (text === null) texts.delete(path);
        else texts.set(path, text);
      }
      return { commit: "0".repeat(40), conflicts: 0, files, skipped };
    },
  };
}

/** Where the state of a row stands. */
export interface Place {
  readonly store: (clock: Clock, log: Log) => StateStore;
  /** As somebody sees it whom nothing befalls. */
  readonly look: () => Promise<StateFiles>;
}

/** In memory. */
export function placeOf(texts: Texts): Place {
  return { store: () => memoryStore(texts), look: async () => readFiles(texts) };
}
