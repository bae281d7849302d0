import type { Failure } from "../../core/failure.ts";
import type { StateFiles } from "../../core/notification/state.ts";
import type { MonitorsRead } from "../../monitors/read.ts";
import type { Committed } from "../../state/store.ts";
import type { MonitorSelection } from "./run-request.ts";
import type { Selection } from "./select.ts";
import type { MonitorOutcome } from "./state-delta.ts";
import type { Times } from "./stopwatch.ts";

/** The result of a run. All notifications are in `outcomes`; `committed` is null if there was nothing to record. */
export interface RunResult {
  /** What the run was asked for. */
  readonly which: MonitorSelection;
  readonly read: MonitorsRead;
  readonly selection: Selection;
  readonly outcomes: readonly MonitorOutcome[];
  /** Lists whose files are gone, and whose state was removed. */
  readonly forgotten: readonly string[];
  readonly state: StateFiles;
  readonly committed: Committed | null;
  /** Why nothing could be claimed: what was not claimed was not sent. */
  readonly claimFailure: Failure | null;
  /** Why the state could not be committed: what was sent may be sent again. */
  readonly stateFailure: Failure | null;
  /** Why the run ended before all was sent, with what stays due; null: it did not. */
  readonly ended: string | null;
  /** What failed, one sentence each; problems of files are in `read`. */
  readonly failures: readonly string[];
  /** Where the time went. */
  readonly times: Times;
}
