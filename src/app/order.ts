/** What a run is asked to do. */
export interface RunOrder {
  /** due: what the schedule says. all: every active monitor. monitors: these ids, inactive ones too. */
  readonly which:
    | { readonly kind: "due" }
    | { readonly kind: "all" }
    | { readonly kind: "monitors"; readonly ids: readonly string[] };
  /** Only monitors of this instance; absent: all. */
  readonly instance?: string;
  /** Tell even if nothing changed. */
  readonly force: boolean;
  /** Check and show, but tell nobody and commit nothing. */
  readonly dryRun: boolean;
  /** Replaces the present for due, dates and mails; never for time-outs. */
  readonly now: Date;
  readonly runUrl?: string;
}
