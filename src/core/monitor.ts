import type { Channels } from "./channels.ts";
import type { LeadTimesFile } from "./generated/config.ts";
import type {
  PartReference,
  PartsListEntry2,
  PlaceReference,
  Significance,
  Silence,
  WatchRule2,
} from "./generated/monitor.ts";

/** How the numbers are calculated (docs/calculation.md); with all defaults filled in. */
export interface Policy {
  readonly demand: "open_orders" | "allocated" | "none";
  readonly stock: {
    readonly locations: readonly PlaceReference[];
    readonly exclude: readonly ("external" | "expired")[];
  };
  readonly in_production: "scheduled" | "outputs" | "ignore";
  readonly on_order: "report" | "count" | "in_time";
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

/** From whom to buy (partwatch.yaml), by suppliers' names. */
export interface SupplierRules {
  /** The first that offers a part is chosen. */
  readonly prefer: readonly string[];
  /** Never chosen if there is another. */
  readonly avoid: readonly string[];
}

/** How many calendar days things take, as far as partwatch.yaml says. */
export type LeadTimes = Readonly<LeadTimesFile>;
/**
 * One row of a parts list, as the user wrote it. The first key present of pk, ipn, name decides. In a plan it also names the
 * list that it comes from, by its id.
 */
export type ListEntry = Readonly<PartsListEntry2> & { readonly list?: string };
/** One threshold rule, as the user wrote it. */
export type WatchEntry = Readonly<WatchRule2>;

/** A plan: several lists that share one stock. */
export interface Plan {
  /** As in the file. */
  readonly lists: "all" | readonly string[];
  /** In the order of their ids, like their entries in the plan's parts. */
  readonly members: readonly PlanMember[];
  /** Ids of inactive lists that it names: they are left out. */
  readonly left_out: readonly string[];
}

/** `plan of 2 lists: boards, cables`, for the command line. */
export function planWords(lists: readonly string[]): string {
  const head = `plan of ${lists.length} ${lists.length === 1 ? "list" : "lists"}`;
  return lists.length === 0 ? head : `${head}: ${lists.join(", ")}`;
}

/** The ids of a plan's lists, as far as it is one. */
export function plannedLists({ plan }: Pick<Monitor, "plan">): readonly string[] | undefined {
  return plan?.members.map(({ id }) => id);
}

export interface PlanMember {
  readonly id: string;
  readonly name: string;
  /** The number of its entries. */
  readonly entries: number;
}

export interface Digest {
  readonly cron: string;
  readonly timezone: string;
}

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
  /** Each with its date, if it or the list has one. Of a plan, those of all its lists. */
  readonly parts: readonly ListEntry[];
  /** Only if the file has `lists` instead of `parts`. */
  readonly plan?: Plan;
  readonly watch: readonly WatchEntry[];
  /** The list's own date, already filled in in `parts`; null: it has none. */
  readonly needed_by: string | null;
  readonly recipients: readonly string[];
  readonly notify_condition: "on_change" | "always" | "digest";
  /** When a list with the condition digest is reported, in the zone of partwatch.yaml; null: it has another condition. */
  readonly digest: Digest | null;
  readonly language: "en" | "de";
  readonly policy: Policy;
  readonly significance: Readonly<Significance>;
  /** Calendar days. */
  readonly lead_times: LeadTimes;
  readonly suppliers: SupplierRules;
  /** Lists report what has to be ordered within so many days; null: not reported. */
  readonly order_soon_days: number | null;
  /** Complete checks before something is new, and before it is resolved. */
  readonly for: number;
  readonly recover: number;
  readonly remind_after_ms: number | null;
  readonly max_lateness_ms: number | null;
  readonly silences: readonly Readonly<Silence>[];
  readonly channels: Channels;
  readonly instance: string;
}

/** The entries as in the file: without dates that come from the list. A plan has none of its own. */
export function writtenParts({
  parts,
  needed_by,
  plan,
}: Pick<Monitor, "parts" | "needed_by" | "plan">): readonly ListEntry[] {
  if (plan !== undefined) return [];
  return parts.map((entry) => {
    if (entry.needed_by === undefined || entry.needed_by !== needed_by) return entry;
    const { needed_by: _, ...written } = entry;
    return written;
  });
}

/**
 * An entry in the list's own words, for rows and problems: `Sensor Board, version B` · `ipn=CBL-0007` · `#12`; in a plan
 * with its list: `sensor-board: #12`.
 */
export function entryWords(entry: ListEntry): string {
  const key =
    entry.pk !== undefined ? `#${entry.pk}` : entry.ipn !== undefined ? `ipn=${entry.ipn}` : (entry.name ?? "");
  const words = entry.version === undefined ? key : `${key}, version ${entry.version}`;
  return entry.list === undefined ? words : `${entry.list}: ${words}`;
}
