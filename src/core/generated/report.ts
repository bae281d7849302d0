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
   * How many could be built by when, by pk of each assembly of the list; unasked, only in a list with dates or a plan, of assemblies that have to wait while something below them arrives.
   */
  how_many?: {
    [k: string]: HowMany | undefined;
  };
  /**
   * Names, by pk, of parts in can_build, how_many and covered_by that are no lines.
   */
  names?: {
    [k: string]: string | undefined;
  };
  /**
   * The token may not see prices of suppliers: lines have no offers.
   */
  offers?: "unreadable";
  /**
   * By when each entry can be there; absent unless an entry has a date or the list is a plan.
   */
  ready?: Ready[];
  plan?: PlanReport;
  cost?: Cost;
  alternatives?: Alternative[];
  watched?: Watched[];
  problems: ReportProblem[];
  data_quality?: DataQuality[];
  silenced: Silenced[];
  /**
   * What has not settled (for, recover) and stands as before; absent where everything has.
   */
  unsettled?: Unsettled[];
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
   * Of required: what attrition, setup quantities and rounding of the BOM lines that need it add to what the builds hold; absent: nothing.
   */
  overage?: number;
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
  /**
   * What open purchase orders still bring, by day, those without one last; absent where nothing is missing or nothing is ordered.
   */
  arrivals?: Arrival[];
  offer?: Offer;
  /**
   * Its order_by is as near as order_soon says, or past; absent where nobody asks.
   */
  order_now?: boolean;
  /**
   * The last day on which what is to order can be ordered in time; absent without dates or lead time.
   */
  order_by?: string;
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
  /**
   * From the entry's part to this one. Empty in a report with very many paths, where only the first entry of each line has one.
   */
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
/**
 * An open purchase-order line.
 */
export interface Arrival {
  /**
   * The line's target date, else its order's (YYYY-MM-DD).
   */
  date: string | null;
  /**
   * Not yet received, in the part's unit.
   */
  quantity: number;
  /**
   * The order's reference.
   */
  reference: string;
  /**
   * The supplier's name; empty where the token may not see it.
   */
  supplier: string;
  /**
   * Its date has passed.
   */
  late: boolean;
  /**
   * The order is a draft or on hold: nobody delivers it yet.
   */
  not_placed: boolean;
}
/**
 * Where to order what is to order; absent where nothing is, or nobody offers it.
 */
export interface Offer {
  /**
   * The supplier's name; empty where the token may not see it.
   */
  supplier: string;
  /**
   * The supplier's number for it.
   */
  sku: string;
  /**
   * The manufacturer's number.
   */
  mpn: string | null;
  /**
   * The supplier part's http(s) link.
   */
  link: string | null;
  /**
   * How many packs to order.
   */
  packs: number;
  /**
   * What a pack holds, in the part's unit.
   */
  pack: number;
  /**
   * Of one pack; null: no price.
   */
  unit_price: number | null;
  /**
   * Of the prices.
   */
  currency: string | null;
  /**
   * packs times unit_price.
   */
  total: number | null;
  /**
   * Fewer packs than the first price break; its price is taken.
   */
  below_first_break: boolean;
  /**
   * A larger quantity that costs no more.
   */
  next_break: NextBreak | null;
}
export interface NextBreak {
  /**
   * So many packs.
   */
  packs: number;
  /**
   * Of one pack.
   */
  unit_price: number;
  /**
   * Of the prices.
   */
  currency: string;
  /**
   * packs times unit_price.
   */
  total: number;
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
/**
 * How many of an assembly could be built in addition to those in stock, alone, as what is on its way arrives.
 */
export interface HowMany {
  /**
   * From stock at hand, then from each day on which something below it arrives; at most 60.
   */
  steps: Step[];
  /**
   * What is on its way and has no day: it is in no step.
   */
  without_day: WithoutDay[];
}
export interface Step {
  /**
   * The day from which it is so; null: from stock at hand.
   */
  date: string | null;
  /**
   * How many could be built through all levels; null: nothing limits it.
   */
  number: number | null;
  limited_by: number[];
}
export interface WithoutDay {
  /**
   * pk.
   */
  part: number;
  /**
   * What is on its way.
   */
  quantity: number;
  /**
   * late: the day has passed. undated: nobody has given one. not_placed: the order is a draft or on hold.
   */
  because: "late" | "undated" | "not_placed";
}
/**
 * By when an entry can be there.
 */
export interface Ready {
  /**
   * Index of the entry in the parts list.
   */
  entry: number;
  /**
   * The list's own words for it.
   */
  words: string;
  /**
   * now: it waits for nothing. by: all that it waits for has a day. if_ordered: some of it comes a lead time after an order that is placed today. unknown: something has no day.
   */
  state: "now" | "by" | "if_ordered" | "unknown";
  /**
   * The day on which it is ready; null: unknown.
   */
  date: string | null;
  /**
   * Whether that is by needed_by; null: it has none.
   */
  in_time: boolean | null;
  /**
   * The entry's needed_by, else the list's.
   */
  needed_by: string | null;
  /**
   * What has no day first, then by day, the latest first.
   */
  waits_for: ReadyPart[];
}
export interface ReadyPart {
  /**
   * pk, or an unresolved entry's words.
   */
  part: number | string;
  /**
   * How much of it this entry lacks at its turn; 0: what earlier entries wait for suffices.
   */
  quantity: number;
  /**
   * The day on which all of it has come; null: unknown.
   */
  arrives: string | null;
  /**
   * What that day rests on, or why there is none.
   */
  because: "on_order" | "in_production" | "to_order" | "late" | "undated" | "not_placed" | "unresolved";
}
/**
 * Of a plan: its lists, and what they can share.
 */
export interface PlanReport {
  /**
   * In the order of the entries: the first list has the first ones.
   */
  lists: PlannedList[];
  /**
   * Ids of lists that the plan names and that are inactive.
   */
  left_out: string[];
  /**
   * pks of lines that are missing here and of which each list alone has enough.
   */
  not_for_all: number[];
}
export interface PlannedList {
  /**
   * Its id.
   */
  id: string;
  /**
   * Its name.
   */
  name: string;
  /**
   * How many entries are its.
   */
  entries: number;
  /**
   * Of the entry of which least is known.
   */
  state: "now" | "by" | "if_ordered" | "unknown";
  /**
   * The day on which all its entries are ready; null: unknown.
   */
  date: string | null;
  /**
   * Whether all its entries with needed_by are in time; null: none has one.
   */
  in_time: boolean | null;
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
  /**
   * Open purchase orders of the part itself, packs resolved.
   */
  on_order?: number;
  outlook?: Outlook1;
  /**
   * What open purchase orders still bring, by day, those without one last; absent as outlook is, and where nothing is ordered.
   */
  arrivals?: Arrival[];
  /**
   * What is lacking and nothing on its way covers; absent where that is nothing, with a location, and of an assembly.
   */
  to_order?: number;
  /**
   * to_order rounded up to whole pieces and packs; absent as to_order is.
   */
  order_quantity?: number;
  offer?: Offer;
}
/**
 * When open purchase orders cover what is lacking; absent where nothing is lacking, or the orders could not be read.
 */
export interface Outlook1 {
  state: "covered" | "late" | "undated" | "not_covered";
  /**
   * The first date (YYYY-MM-DD) on which open orders cover what is missing.
   */
  date: string | null;
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
  kind: "short" | "build" | "critical" | "low" | "out" | "unresolved" | "late" | "undated" | "order_now";
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
export interface Unsettled {
  kind: "short" | "build" | "critical" | "low" | "out" | "unresolved" | "late" | "undated" | "order_now";
  /**
   * pk, or an entry's words.
   */
  part: number | string;
  /**
   * Name.
   */
  name: string;
  /**
   * As it stands; null: it is not there yet.
   */
  before: number | null;
  /**
   * As this check has found it; null: it is gone.
   */
  now: number | null;
  /**
   * So many checks in a row have found it so.
   */
  checks: number;
  /**
   * So many are needed.
   */
  of: number;
}
