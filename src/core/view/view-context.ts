import type { Report } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import type { Change } from "../notification/change.ts";
import type { Episode } from "../notification/episode.ts";
import type { Alert } from "../notification/state.ts";
import type { Format } from "./format.ts";
import type { ReportStatus } from "./report-status.ts";
import type { Texts } from "./texts/texts.ts";

/** Everything that the sections are made from. */
export interface ViewContext extends ViewInput {
  readonly format: Format;
  readonly texts: Texts;
  readonly reportStatus: ReportStatus;
}

/** What a view is made of. */
export interface ViewInput {
  readonly report: Report;
  readonly monitor: ViewedMonitor;
  /** The instant of the check. */
  readonly at: Date;
  /** Absent where nobody was notified before and nobody is notified now (`calc`). */
  readonly change?: Change;
  readonly episode?: Episode | null;
  /** For "since when"; resolved ones do not matter. */
  readonly alerts?: readonly Alert[];
  readonly links?: ViewLinks;
}

/** What a view needs of a monitor; `calc` has no more. */
type ViewedMonitor = Pick<Monitor, "name" | "description" | "timezone" | "language" | "parts" | "policy">;

export interface ViewLinks {
  /** InvenTree's base URL; absent: parts have no links. */
  readonly inventree?: string;
  readonly monitorFile?: string;
  /** The same in the forge's editor, where a person silences parts. */
  readonly editFile?: string;
  /** The episode's issue. */
  readonly issue?: string;
  readonly run?: string;
  /** Page of a part beside the page that is made; undefined: it has none. */
  readonly part?: (pk: number) => string | undefined;
}
