import type { Report } from "../generated/report.ts";
import type { Monitor } from "../monitor.ts";
import type { Change } from "../telling/change.ts";
import type { Alert, Episode } from "../telling/state.ts";
import type { Format } from "./format.ts";
import type { Standing } from "./standing.ts";
import type { Texts } from "./texts.ts";

/** What a view is made of. */
export interface ViewOf {
  readonly report: Report;
  readonly monitor: ViewedMonitor;
  /** The instant of the check. */
  readonly at: Date;
  /** Absent where nobody was told before and nobody is told now (`calc`). */
  readonly change?: Change;
  readonly episode?: Episode | null;
  /** For "since when"; resolved ones do not matter. */
  readonly alerts?: readonly Alert[];
  readonly links?: ViewLinks;
}

/** What a view needs of a monitor; `calc` has no more. */
export type ViewedMonitor = Pick<Monitor, "name" | "description" | "timezone" | "language" | "parts" | "policy">;

export interface ViewLinks {
  /** InvenTree's base URL; absent: parts have no links. */
  readonly inventree?: string;
  readonly monitorFile?: string;
  readonly run?: string;
}

/** Everything that the sections are made from. */
export interface Viewing extends ViewOf {
  readonly format: Format;
  readonly texts: Texts;
  readonly standing: Standing;
}
