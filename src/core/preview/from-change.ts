// The effect of a pull request on the monitors, for its preview.

import type { ChannelName } from "../channels.ts";
import type { Report } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import type { Change } from "../notification/change.ts";
import type { NotificationDecision } from "../notification/decide.ts";
import type { Alert } from "../notification/state.ts";
import type { Problem } from "../problem.ts";

/** A monitor that exists after the change. */
export interface ChangedMonitor {
  readonly sort: "added" | "edited" | "renamed";
  readonly monitor: Monitor;
  /** Before the change; absent: it did not exist, or could not be read. */
  readonly before?: Monitor;
  /** Its old file, if it was renamed. */
  readonly from?: string;
  /** Fields whose meaning has changed, by whatever file; none: only the wording has changed. */
  readonly fields: readonly string[];
  /** Of a plan, ids of its lists that come, go, or have other entries than before. */
  readonly lists?: readonly string[];
  /** Recipients that partwatch.yaml does not allow: the file is broken until they are removed. */
  readonly notAllowed: readonly string[];
  /** Warnings, and of a file with such recipients the errors. */
  readonly problems: readonly Problem[];
}

/** A monitor whose file is gone. */
export interface DeletedMonitor {
  readonly file: string;
  /** Before the change; absent: it could not be read. */
  readonly before?: Monitor;
}

/** A file that cannot be used because of the change. */
export interface BrokenFile {
  readonly file: string;
  /** None: only partwatch.yaml is the reason. */
  readonly problems: readonly Problem[];
}

/** Everything that a pull request changes. */
export interface Changes {
  readonly monitors: readonly ChangedMonitor[];
  readonly deleted: readonly DeletedMonitor[];
  readonly broken: readonly BrokenFile[];
  /** Whether partwatch.yaml was changed. */
  readonly config: boolean;
  /** Files that were broken before and still are. */
  readonly brokenBefore: readonly string[];
  /** The recipients that partwatch.yaml allows; none: everybody. */
  readonly allowedRecipients: readonly string[];
}

/** A row of the parts list, or a watch rule, with the part that it refers to. */
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

/** What a check of a changed monitor would find and do today. */
export type Effect =
  | {
      readonly kind: "checked";
      readonly report: Report;
      readonly alerts: readonly Alert[];
      readonly rows: readonly ResolvedRow[];
      /** Compared with the list before the change, with the same stock; absent: it did not exist, or its server could not be read. */
      readonly against?: { readonly change: Change; readonly report: Report };
      /** Only channels that are switched on. A text: why it is unknown. */
      readonly notification: readonly PlannedNotification[] | string;
    }
  | { readonly kind: "failed"; readonly message: string };

/** A changed monitor with its effect. */
export interface MonitorPreview {
  readonly change: ChangedMonitor;
  /** Absent: the change has none. */
  readonly effect?: Effect;
}

/** The recorded state of a deleted monitor. */
export interface DeletedPreview {
  readonly deleted: DeletedMonitor;
  /** Open alerts; null: unknown. */
  readonly openAlerts: number | null;
}

export interface PullRequestPreview {
  readonly changes: Changes;
  readonly monitors: readonly MonitorPreview[];
  readonly deleted: readonly DeletedPreview[];
}
