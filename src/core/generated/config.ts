// Generated from schemas/config.schema.json by npm run generate.

/**
 * A category or location: its pk (number), or its name or path (string, as in Electronics/Connectors).
 */
export type PlaceReference = number | string;
/**
 * A part: its pk (number), or its IPN or exact name (string).
 */
export type PartReference = number | string;
export type Duration = string;
/**
 * Least time between two occurrences of a cron; never under 5m.
 */
export type Duration1 = string;

/**
 * partwatch.yaml: everything that is no secret. Monitor fields that stand here are the defaults of all monitors.
 */
export interface ConfigFile {
  /**
   * Default time zone of monitors.
   */
  timezone?: string;
  /**
   * Default language of mails.
   */
  language?: "en" | "de";
  /**
   * Default of monitors.
   */
  notify_condition?: "on_change" | "always";
  policy?: PolicyFile;
  significance?: Significance;
  remind_after?: Duration;
  max_lateness?: Duration;
  channels?: ChannelsFile;
  /**
   * Default recipients of monitors that name none.
   *
   * @maxItems 100
   */
  recipients?: string[];
  /**
   * Domains (or whole addresses) that may be told; none: all.
   */
  allowed_recipients?: string[];
  limits?: LimitsFile;
  state?: StateFile;
  inventree?: InventreeFile;
  mail?: MailFile;
}
/**
 * How the numbers are counted; see docs/calculation.md.
 */
export interface PolicyFile {
  /**
   * What other orders take away from stock: open_orders (the greater of required and allocated), allocated, none.
   */
  demand?: "open_orders" | "allocated" | "none";
  stock?: StockPolicy;
  /**
   * What counts as in production: what active build orders still owe (scheduled), the outputs already created (outputs), or nothing (ignore).
   */
  in_production?: "scheduled" | "outputs" | "ignore";
  /**
   * report: a bought part that an open order covers is short, with its date. count: it is not short.
   */
  on_order?: "report" | "count";
  /**
   * Assemblies that are bought although they have a BOM.
   */
  buy?: PartReference[];
  /**
   * Whether optional BOM lines count.
   */
  optional?: "include" | "exclude";
  /**
   * Whether consumable BOM lines count.
   */
  consumables?: "exclude" | "include";
  /**
   * suggest: list what substitutes have free. use: let them cover what is missing.
   */
  substitutes?: "suggest" | "use";
}
/**
 * Which stock counts.
 */
export interface StockPolicy {
  /**
   * Only stock at these locations and below.
   */
  locations?: PlaceReference[];
  /**
   * Stock that does not count.
   */
  exclude?: ("external" | "expired")[];
}
/**
 * Which changes are worth a mail.
 */
export interface Significance {
  /**
   * Kinds that count for telling. Default: all but build.
   *
   * @minItems 1
   */
  kinds?: [
    "short" | "build" | "critical" | "low" | "out" | "unresolved",
    ...("short" | "build" | "critical" | "low" | "out" | "unresolved")[]
  ];
  /**
   * Smaller changes of a quantity, measured against what was last told, tell nobody (5%).
   */
  min_change?: string;
  /**
   * Changes of these sorts tell nobody.
   */
  ignore?: ("new" | "worsened" | "improved" | "resolved")[];
}
/**
 * Ways to tell people. Recipients are told by email unless it is switched off here.
 */
export interface ChannelsFile {
  email?: EmailChannel;
}
export interface EmailChannel {
  /**
   * false: no report mails of this monitor; nothing is owed.
   */
  active?: boolean;
}
export interface LimitsFile {
  /**
   * Most monitors.
   */
  monitors?: number;
  /**
   * Most parts per list.
   */
  parts?: number;
  min_interval?: Duration1;
}
export interface StateFile {
  /**
   * The branch that remembers what was told.
   */
  branch?: string;
}
/**
 * How the server is asked.
 */
export interface InventreeFile {
  /**
   * Rows a page.
   */
  page_size?: number;
  /**
   * Most requests in flight.
   */
  max_concurrency?: number;
  /**
   * Most requests a run.
   */
  max_requests?: number;
  /**
   * Longest wait for one answer, in seconds.
   */
  request_timeout?: number;
  /**
   * Longest time for all requests of a run, retries included, in seconds.
   */
  time_budget?: number;
}
export interface MailFile {
  /**
   * Name shown beside the sender's address.
   */
  sender_name?: string;
  /**
   * Most rows of a table in a mail before it is folded; the attached CSV has all.
   */
  rows?: number;
}
