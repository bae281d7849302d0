import type {
  PartReference,
  PartsListEntry2,
  PlaceReference,
  Significance,
  Silence,
  WatchRule2,
} from "./generated/monitor.ts";
import type { Channels } from "./telling/channels.ts";

/** How the numbers are counted (docs/calculation.md); every field is decided. */
export interface Policy {
  readonly demand: "open_orders" | "allocated" | "none";
  readonly stock: {
    readonly locations: readonly PlaceReference[];
    readonly exclude: readonly ("external" | "expired")[];
  };
  readonly in_production: "scheduled" | "outputs" | "ignore";
  readonly on_order: "report" | "count";
  readonly buy: readonly PartReference[];
  readonly optional: "include" | "exclude";
  readonly consumables: "exclude" | "include";
  readonly substitutes: "suggest" | "use";
}

export const DEFAULT_POLICY: Policy = {
  demand: "open_orders",
  stock: { locations: [], exclude: [] },
  in_production: "scheduled",
  on_order: "report",
  buy: [],
  optional: "include",
  consumables: "exclude",
  substitutes: "suggest",
};

/** One row of a parts list, as the user wrote it. The first key present of pk, ipn, name decides. */
export type ListEntry = Readonly<PartsListEntry2>;
/** One threshold rule, as the user wrote it. */
export type WatchEntry = Readonly<WatchRule2>;

/** A valid monitor with all defaults filled in. Field names are those of the file. */
export interface Monitor {
  readonly id: string;
  /** Relative to the repository's root, with `/`. */
  readonly file: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly active: boolean;
  readonly cron_schedule: string;
  readonly timezone: string;
  readonly parts: readonly ListEntry[];
  readonly watch: readonly WatchEntry[];
  readonly recipients: readonly string[];
  readonly notify_condition: "on_change" | "always";
  readonly language: "en" | "de";
  readonly policy: Policy;
  readonly significance: Readonly<Significance>;
  readonly remind_after_ms: number | null;
  readonly max_lateness_ms: number | null;
  readonly silences: readonly Readonly<Silence>[];
  readonly channels: Channels;
  readonly instance: string;
}

/** An entry in the list's own words, for rows and problems: `Sensor Board, version B` · `ipn=CBL-0007` · `#12`. */
export function entryWords(entry: ListEntry): string {
  const key =
    entry.pk !== undefined ? `#${entry.pk}` : entry.ipn !== undefined ? `ipn=${entry.ipn}` : (entry.name ?? "");
  return entry.version === undefined ? key : `${key}, version ${entry.version}`;
}
