// Generated from schemas/report.schema.json by npm run generate.

/**
 * The result of a check. Quantities are plain numbers in the part's unit, exact to five decimals.
 */
export interface Report {
  schema_version: 1;
  summary: Summary;
  lines: ReportLine[];
  /**
   * By pk of each assembly of the list.
   */
  can_build: {
    [k: string]: CanBuild | undefined;
  };
  /**
   * Names, by pk, of parts in can_build and covered_by that are no lines.
   */
  names?: {
    [k: string]: string | undefined;
  };
  cost?: Cost;
  alternatives?: Alternative[];
  watched?: Watched[];
  problems: ReportProblem[];
  data_quality?: DataQuality[];
  silenced: Silenced[];
}
export interface Summary {
  /**
   * Entries of the parts list.
   */
  parts_requested: number;
  /**
   * Entries behind which nothing is short.
   */
  parts_available: number;
  /**
   * Percent of the entries that stock on hand could serve, each alone; floored.
   */
  coverage: number;
  /**
   * Lines, without unresolved entries.
   */
  lines: number;
  /**
   * Short lines and unresolved entries.
   */
  short: number;
  /**
   * Lines whose to build is above 0.
   */
  to_build: number;
  /**
   * Critical lines.
   */
  critical: number;
  /**
   * Entries that could not be resolved.
   */
  unresolved: number;
  /**
   * Watched parts below minimum.
   */
  low: number;
  /**
   * Watched parts with nothing available.
   */
  out: number;
  /**
   * Distinct consumables in assemblies really built that were left out.
   */
  consumables_left_out: number;
}
export interface ReportLine {
  /**
   * The part's pk.
   */
  pk: number;
  /**
   * The part's name.
   */
  name: string;
  /**
   * The part's IPN.
   */
  ipn: string | null;
  /**
   * The part's revision.
   */
  version: string | null;
  /**
   * The part's unit; empty for pieces.
   */
  units: string;
  /**
   * The part's own http(s) link.
   */
  link: string | null;
  /**
   * What the list asks for and what the builds of its parents need.
   */
  required: number;
  /**
   * Of required: what optional paths alone bring.
   */
  optional: number;
  /**
   * Own stock that counts.
   */
  in_stock: number;
  /**
   * What other orders take away from it.
   */
  committed: number;
  /**
   * in_stock - committed; may be negative.
   */
  available: number;
  /**
   * Free stock of variants that is used here.
   */
  borrowed: number;
  /**
   * Open purchase orders, packs resolved.
   */
  on_order: number;
  /**
   * What active build orders still owe.
   */
  in_production: number;
  /**
   * max(0, required - available - borrowed - what substitutes cover).
   */
  missing: number;
  /**
   * Of missing: what earlier commitments are already short of.
   */
  owed: number;
  /**
   * Bought parts: missing that nothing incoming covers.
   */
  to_order: number;
  /**
   * to_order rounded up to the supplier's pack.
   */
  order_quantity: number;
  /**
   * Made parts: missing that no build order covers.
   */
  to_build: number;
  /**
   * How far what is left is below minimum stock; 0 if it is not.
   */
  critical: number;
  /**
   * true: built here; false: bought.
   */
  make: boolean;
  /**
   * true: bought, and something is missing now.
   */
  short: boolean;
  /**
   * Substitutes that are used, by BOM line, then by part.
   */
  covered_by: CoveredBy[];
  /**
   * optional: some of required is; template: has variants or is marked so; inactive; policy_buy: policy.buy names this assembly.
   */
  flags: ("optional" | "template" | "inactive" | "policy_buy")[];
  /**
   * stock_narrowed: policy.stock leaves some stock out; variants_used: something is borrowed.
   */
  notes: ("stock_narrowed" | "variants_used")[];
  /**
   * The entries that need it, in the list's order.
   */
  why: Reason[];
  /**
   * When open purchase orders cover what is missing; null where nothing is missing.
   */
  outlook: Outlook | null;
}
export interface CoveredBy {
  /**
   * pk of the BOM line whose substitute is used.
   */
  line: number;
  /**
   * pk of the substitute.
   */
  part: number;
  /**
   * How much of it.
   */
  quantity: number;
}
/**
 * An entry that needs this part, and one shortest path to it.
 */
export interface Reason {
  /**
   * Index of the parts list's entry.
   */
  entry: number;
  path: PartName[];
}
export interface PartName {
  /**
   * pk
   */
  pk: number;
  /**
   * Name.
   */
  name: string;
}
export interface Outlook {
  state: "covered" | "late" | "undated" | "not_covered";
  /**
   * The first date (YYYY-MM-DD) on which open orders cover what is missing.
   */
  date: string | null;
}
export interface CanBuild {
  /**
   * InvenTree's own single-level figure.
   */
  now: number;
  /**
   * How many could be built from stock on hand through all levels; null: nothing limits it.
   */
  all_levels: number | null;
  limited_by: number[];
}
export interface Cost {
  /**
   * The server's default currency.
   */
  currency: string | null;
  required: CostRange;
  missing: CostRange;
  to_order: CostRange;
}
export interface CostRange {
  /**
   * Least.
   */
  min: number;
  /**
   * Most.
   */
  max: number;
  /**
   * Lines without a price.
   */
  unpriced: number;
}
export interface Alternative {
  /**
   * pk of the BOM line.
   */
  line: number;
  /**
   * pk of the missing part.
   */
  for: number;
  /**
   * pk of the substitute.
   */
  pk: number;
  /**
   * Its name.
   */
  name: string;
  /**
   * Its IPN.
   */
  ipn: string | null;
  /**
   * What it has free.
   */
  free: number;
}
export interface Watched {
  /**
   * The part.
   */
  pk: number;
  /**
   * Its name.
   */
  name: string;
  /**
   * Its IPN.
   */
  ipn: string | null;
  /**
   * Its revision.
   */
  version: string | null;
  /**
   * Its unit.
   */
  units: string;
  kind: "low" | "out";
  /**
   * What is available (with location: in stock there).
   */
  available: number;
  /**
   * The minimum that counts.
   */
  minimum: number;
  /**
   * How far below.
   */
  lacking: number;
  /**
   * The location's path, if only stock there counts.
   */
  location: string | null;
}
/**
 * Something the user can mend in the list.
 */
export interface ReportProblem {
  kind:
    | "not_found"
    | "ambiguous"
    | "unknown_policy_part"
    | "unknown_location"
    | "unknown_watch_part"
    | "unknown_category"
    | "quantity_too_large";
  /**
   * Index of the entry in the parts list.
   */
  entry: number | null;
  /**
   * The list's own words for it.
   */
  words: string;
  quantity: number | null;
  matches: number[];
  /**
   * What is wrong and how to mend it.
   */
  message: string;
}
export interface DataQuality {
  kind:
    | "inactive_part"
    | "not_obtainable"
    | "no_supplier_part"
    | "assembly_without_bom"
    | "bom_not_validated"
    | "cycle"
    | "odd_phantom";
  /**
   * The part.
   */
  pk: number;
  /**
   * Its name.
   */
  name: string;
  path: PartName[];
  /**
   * What is odd.
   */
  message: string;
}
export interface Silenced {
  kind: "short" | "build" | "critical" | "low" | "out" | "unresolved";
  /**
   * pk, or an unresolved entry's words.
   */
  part: number | string;
  /**
   * Name.
   */
  name: string;
  /**
   * How much.
   */
  quantity: number;
  /**
   * Why.
   */
  reason: string;
  /**
   * Last day; null: until something changes.
   */
  until: string | null;
}
