// What lies ahead, as files of the state branch: orders/<instance>.json and outlook/<instance>.json. Both come from what a run
// reads anyway, so that pages show dates that are younger than the report as last notified.

import type { StockAhead } from "../calculation/ahead/stock-ahead.ts";
import type { SupplierBasket, UnofferedLine } from "../calculation/buying/basket.ts";
import type { HowMany, Ready } from "../generated/report.ts";

/** orders/<instance>.json: open purchase orders of the parts that lists name, as last read. */
export interface OrdersFile {
  readonly schema_version: 2;
  readonly instance: string;
  /** By reference, then by pk; one without a line of these parts is not here. */
  readonly orders: readonly KnownOrder[];
  /** Which parts were asked about, and when last: each in one of them. The newest first; of other parts nothing is known. */
  readonly readings: readonly PartsRead[];
}

export interface KnownOrder {
  /** InvenTree's pk, for a link. */
  readonly order: number;
  readonly reference: string;
  /** Empty if the token may not see it. */
  readonly supplier: string;
  /** not_placed: a draft, or on hold; nobody delivers it yet. */
  readonly status: "placed" | "not_placed";
  /** By day, those without one last; then by pk of the part. */
  readonly lines: readonly KnownOrderLine[];
}

export interface KnownOrderLine {
  /** pk */
  readonly part: number;
  readonly name: string;
  readonly units: string;
  /** Not yet received, in the part's unit. */
  readonly quantity: number;
  /** The line's target date, else the order's, YYYY-MM-DD; null: none. */
  readonly date: string | null;
}

/** The parts of which one reading has the last word. */
export interface PartsRead {
  /** RFC 3339. What finds the same on the same day (UTC) is not written down. */
  readonly at: string;
  /** pks, sorted. */
  readonly parts: readonly number[];
}

/** What one run has read of orders. */
export interface OrdersRead {
  /** RFC 3339. */
  readonly at: string;
  /** pks of all parts that were asked about, with and without orders. */
  readonly parts: readonly number[];
  readonly orders: readonly KnownOrder[];
}

/** outlook/<instance>.json: by when things are ready, what to order, how stock develops; made at most once a day. */
export interface OutlookFile {
  readonly schema_version: 2;
  readonly instance: string;
  /** By id of the list. */
  readonly lists: Readonly<Record<string, ListOutlook>>;
  /** Absent: nothing was counted together yet. */
  readonly basket?: OutlookBasket;
  /** By pk: the parts with pages of their own that were most urgent. */
  readonly stock: Readonly<Record<string, PartOutlook>>;
}

/** By when a list's entries are ready, and how many of its assemblies by when. */
export interface ListOutlook {
  /** RFC 3339: when InvenTree was read for it. */
  readonly read_at: string;
  readonly ready: readonly Ready[];
  /** By pk of the assembly. */
  readonly how_many: Readonly<Record<string, HowMany>>;
  /** Names of the parts above that the report may not name, by pk. */
  readonly names: Readonly<Record<string, string>>;
}

/** What lists have to order together (rule 27 of docs/buying.md), with the lists that it was made for. */
export interface OutlookBasket {
  readonly read_at: string;
  /** Ids, sorted. */
  readonly lists: readonly string[];
  readonly suppliers: readonly SupplierBasket[];
  readonly without_offer: readonly OutlookUnoffered[];
  /** Lines that found no room. */
  readonly left_out?: number;
}

/** not_read: only all lists together lack it, and no list has asked who offers it. */
export interface OutlookUnoffered extends Omit<UnofferedLine, "reason"> {
  readonly reason: UnofferedLine["reason"] | "not_read";
}

/** How the stock of a part develops (rule 24 of docs/stock-ahead.md). */
export interface PartOutlook extends Omit<StockAhead, "schema_version" | "problems"> {
  readonly read_at: string;
  /** Ids of the lists that were counted, sorted. */
  readonly lists: readonly string[];
}

/** What one run has made of an instance's outlook. */
export type OutlookMade = Pick<OutlookFile, "lists" | "basket" | "stock">;
