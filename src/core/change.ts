import type { Silenced } from "./generated/report.ts";
import type { AlertKind } from "./state.ts";

/** The difference between what a channel was last told and the present significant result. */
export interface Change {
  /** first: this channel was never told of this monitor. reminder: nothing changed, but something is still short. */
  readonly kind: "first" | "changed" | "unchanged" | "reminder";
  /** Sorted: new, worsened, improved, resolved; each by size, then name. */
  readonly rows: readonly ChangeRow[];
  /** The monitor's parts, watch rules or policy were edited since. */
  readonly listEdited: boolean;
  /** Rows that were told before and are now silenced or dismissed: neither there nor resolved. */
  readonly nowSilenced?: readonly Silenced[];
}

export interface ChangeRow {
  readonly sort: "new" | "worsened" | "improved" | "resolved";
  readonly kind: AlertKind | "build";
  /** pk, or an unresolved entry's own words. */
  readonly part: number | string;
  readonly name: string;
  /** Quantity as last told; null if it was not there. */
  readonly before: number | null;
  /** Quantity now; null if it is gone. */
  readonly now: number | null;
}
