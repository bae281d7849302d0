// What a pull request does to the monitors, as its preview shows it.

import type { ChannelName } from "../channels.ts";
import type { Report } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import type { Change } from "../notification/change.ts";
import type { NotificationDecision } from "../notification/decide.ts";
import type { Alert } from "../notification/state.ts";
import type { Problem } from "../problem.ts";

/** A monitor that is there after the change. */
export interface ChangedMonitor {
  readonly sort: "added" | "edited" | "renamed";
  readonly monitor: Monitor;
  /** As it was; absent: it was not there, or could not be read. */
  readonly before?: Monitor;
  /** Where its file was, if it is renamed. */
  readonly from?: string;
  /** Fields with another meaning than before, by whatever file; none: the change is one of words only. */
  readonly fields: readonly string[];
  /** Of a plan, ids of its lists that come, go, or have other entries than before. */
  readonly lists?: readonly string[];
  /** Recipients that partwatch.yaml does not let be told: the file is broken until they are gone. */
  readonly notAllowed: readonly string[];
  /** Warnings, and of a file with such recipients the errors. */
  readonly problems: readonly Problem[];
}

/** A monitor whose file is gone. */
export interface DeletedMonitor {
  readonly file: string;
  /** As it was; absent: it could not be read. */
  readonly before?: Monitor;
}

/** A file that cannot be used because of the change. */
export interface BrokenFile {
  readonly file: string;
  /** None: only partwatch.yaml stands in its way. */
  readonly problems: readonly Problem[];
}

/** Everything that a pull request changes. */
export interface Changes {
  readonly monitors: readonly ChangedMonitor[];
  readonly deleted: readonly DeletedMonitor[];
  readonly broken: readonly BrokenFile[];
  /** Whether partwatch.yaml is another. */
  readonly config: boolean;
  /** Files that were broken before and still are. */
  readonly brokenBefore: readonly string[];
  /** What partwatch.yaml lets be told; none: everybody. */
  readonly allowedRecipients: readonly string[];
}

/** A row of the parts list, or a watch rule, with the part that it means. */
export interface ResolvedRow {
  /** The list's own. */
  readonly words: string;
  readonly watched: boolean;
  /** To be built or held; of a watch rule its minimum. null: the part's own. */
  readonly quantity: number | null;
  readonly part: { readonly pk: number; readonly name: string; readonly ipn: string | null } | null;
  /** Why there is no part. */
  readonly problem: string | null;
}

/** What a channel would do in the next run. */
export interface PlannedNotification {
  readonly channel: ChannelName;
  /** null: nothing. */
  readonly reason: Extract<NotificationDecision, { readonly notify: true }>["reason"] | null;
}

/** What a changed monitor would find and do today. */
export type Effect =
  | {
      readonly kind: "checked";
      readonly report: Report;
      readonly alerts: readonly Alert[];
      readonly rows: readonly ResolvedRow[];
      /** Against the list as it was, with the same stock; absent: it was not there, or its server could not be read. */
      readonly against?: { readonly change: Change; readonly report: Report };
      /** Only channels that are switched on. A text: why it is not known. */
      readonly notification: readonly PlannedNotification[] | string;
    }
  | { readonly kind: "failed"; readonly message: string };

/** A changed monitor with its effect. */
export interface MonitorPreview {
  readonly change: ChangedMonitor;
  /** Absent: the change has none. */
  readonly effect?: Effect;
}

/** What is remembered of a deleted monitor. */
export interface DeletedPreview {
  readonly deleted: DeletedMonitor;
  /** Alerts that are open; null: not known. */
  readonly openAlerts: number | null;
}

export interface PullRequestPreview {
  readonly changes: Changes;
  readonly monitors: readonly MonitorPreview[];
  readonly deleted: readonly DeletedPreview[];
}
