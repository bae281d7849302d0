/** Parts that are missing, parts that run low, and in how many of how many lists. */
export interface ShortCounts {
  readonly missing: number;
  readonly low: number;
  readonly lists: number;
  readonly of: number;
}

export interface AlertCounts {
  readonly acknowledged: number;
  readonly dismissed: number;
  readonly resolved: number;
  /** In the middle; undefined: none was resolved. */
  readonly days: number | undefined;
}

/** `settings` is a page of the local UI alone. */
export type PageName = "overview" | "lists" | "parts" | "order" | "alerts" | "runs" | "settings";
