import type { RunScope } from "../../core/settings/scope.ts";

/** What a run is asked to do, of the monitors in its scope. */
export interface RunRequest extends RunScope {
  readonly which: MonitorSelection;
  /** Notify even if nothing changed. */
  readonly force: boolean;
  /** Count runs that may still be sending as dead, and send in their place. */
  readonly takeOver?: boolean;
  /** Check and show, but notify nobody and commit nothing. */
  readonly dryRun: boolean;
  /** Replaces the present for due times, dates and mails; never for time-outs. */
  readonly now: Date;
  /** Use the state for these lists, whatever lists it names. */
  readonly acceptState?: boolean;
  readonly runUrl?: string;
}

/**
 * due: what the schedule says. all: every active monitor. monitors: these ids, inactive ones too. reaching: active monitors
 * whose lists reach one of these parts (pks, IPNs or names), and those of these ids.
 */
export type MonitorSelection =
  | { readonly kind: "due" }
  | { readonly kind: "all" }
  | { readonly kind: "monitors"; readonly ids: readonly string[] }
  | { readonly kind: "reaching"; readonly parts: readonly (number | string)[]; readonly ids: readonly string[] };
