// Generated from schemas/monitor.schema.json by npm run generate.

/**
 * A monitoring list: what you want to build or keep in stock, when it is checked, and who is notified.
 */
export type MonitorFile = {
  [k: string]: unknown | undefined;
} & {
  /**
   * The monitor's id in state, logs and links. Default: the file's stem. Keep it when the file is renamed.
   */
  id?: string;
  /**
   * What people call this list; it is the subject of its mails.
   */
  name: string;
  /**
   * A sentence for the readers of the mail and the dashboard.
   */
  description?: string;
  /**
   * Words to group monitors by.
   *
   * @maxItems 50
   */
  tags?: string[];
  /**
   * false: the schedule does not check it; its state stays.
   */
  active?: boolean;
  /**
   * When it is checked: a cron of five fields (minute, hour, day of month, month, day of week).
   */
  cron_schedule: string;
  /**
   * IANA time zone of the cron and of the dates in mails.
   */
  timezone?: string;
  /**
   * The parts list: what you want to build or keep in stock, with quantities.
   *
   * @minItems 1
   */
  parts?: [PartsListEntry, ...PartsListEntry[]];
  lists?: PlannedLists;
  /**
   * Threshold rules: notify when stock falls below a minimum, whatever is to be built.
   *
   * @minItems 1
   */
  watch?: [WatchRule, ...WatchRule[]];
  /**
   * Mail addresses that are notified.
   *
   * @maxItems 100
   */
  recipients?: string[];
  /**
   * on_change: notify when the significant result differs from the last notification. always: notify after every scheduled check. digest: notify when the digest of partwatch.yaml is due, whatever the result.
   */
  notify_condition?: "on_change" | "always" | "digest";
  /**
   * Language of mails and reports.
   */
  language?: "en" | "de";
  policy?: PolicyFile;
  significance?: Significance;
  /**
   * Complete checks of different occurrences, in a row, before something is new: what is short every other day is not reported each time.
   */
  for?: number;
  /**
   * The same before something is resolved.
   */
  recover?: number;
  remind_after?: Duration;
  /**
   * The day by which the entries of parts are needed (2027-02-15); an entry may have its own.
   */
  needed_by?: string;
  order_soon?: Days;
  max_lateness?: Duration1;
  /**
   * Parts, categories, or the whole monitor, about which nobody is notified until a date.
   */
  silences?: Silence[];
  channels?: ChannelsFile;
  /**
   * Label of the InvenTree server in partwatch.yaml that this list is checked against.
   */
  instance?: string;
};
/**
 * One part to build or keep in stock: by pk, by IPN, or by exact name (the first of them that is present decides), with its quantity.
 */
export type PartsListEntry = PartsListEntry1 & PartsListEntry2 & PartsListEntry1 & PartsListEntry2;
export type PartsListEntry1 =
  | {
      [k: string]: unknown | undefined;
    }
  | {
      [k: string]: unknown | undefined;
    }
  | {
      [k: string]: unknown | undefined;
    };
/**
 * In the part's unit; above 0, at most 10000000000, five decimals.
 */
export type Quantity = number;
/**
 * Instead of parts: the ids of the lists that share one stock, or all. Such a file is a plan (docs/plans.md).
 */
export type PlannedLists = "all" | [string, ...string[]];
/**
 * Notifies when what is available of a part (or of each part of a category, or of every part) is below a minimum.
 */
export type WatchRule = WatchRule1 & WatchRule2 & WatchRule1 & WatchRule2;
export type WatchRule1 =
  | {
      [k: string]: unknown | undefined;
    }
  | {
      [k: string]: unknown | undefined;
    }
  | {
      [k: string]: unknown | undefined;
    };
/**
 * A part: its pk (number), or its IPN or exact name (string).
 */
export type PartReference = number | string;
/**
 * A category or location: its pk (number), or its name or path (string, as in Electronics/Connectors).
 */
export type PlaceReference = number | string;
/**
 * A category or location: its pk (number), or its name or path (string, as in Electronics/Connectors).
 */
export type PlaceReference1 = number | string;
/**
 * While something is short, remind after this long although nothing changed (7d, 12h).
 */
export type Duration = string;
/**
 * Notify of what has to be ordered within this time to be there by needed_by (5d, 2w).
 */
export type Days = string;
/**
 * An occurrence older than this is recorded as skipped and not checked (6h).
 */
export type Duration1 = string;
/**
 * Name of the environment variable (in GitHub Actions: of the secret) that holds the address.
 */
export type VariableName = string;
/**
 * Name of the variable that holds a secret. json: the key of the signature. ntfy: the access token.
 */
export type VariableName1 = string;

export interface PartsListEntry2 {
  /**
   * The part's pk in InvenTree.
   */
  pk?: number;
  /**
   * The part's IPN, exactly.
   */
  ipn?: string;
  /**
   * The part's name, exactly (case matters).
   */
  name?: string;
  /**
   * The part's revision in InvenTree.
   */
  version?: string;
  quantity: Quantity;
  /**
   * The day by which it is needed (2027-02-15). Default: the list's needed_by.
   */
  needed_by?: string;
}
export interface WatchRule2 {
  part?: PartReference;
  category?: PlaceReference;
  /**
   * Every part.
   */
  all?: true;
  /**
   * Default: the part's own minimum stock in InvenTree.
   */
  minimum?: number;
  location?: PlaceReference1;
}
/**
 * How the numbers are calculated; see docs/calculation.md.
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
   * report: a bought part that an open order covers is short, with its date. count: it is not short. in_time: it is short if it comes too late for a needed_by.
   */
  on_order?: "report" | "count" | "in_time";
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
   * Kinds that are worth a notification. Default: all but build and undated.
   *
   * @minItems 1
   */
  kinds?: [
    "short" | "build" | "critical" | "low" | "out" | "unresolved" | "late" | "undated" | "order_now",
    ...("short" | "build" | "critical" | "low" | "out" | "unresolved" | "late" | "undated" | "order_now")[]
  ];
  /**
   * Smaller changes of a quantity, measured against the last notification, notify nobody (5%).
   */
  min_change?: string;
  /**
   * Changes of these sorts notify nobody.
   */
  ignore?: ("new" | "worsened" | "improved" | "resolved")[];
}
/**
 * Nobody is notified about this part, this category, or (with neither) this whole monitor, until a date.
 */
export interface Silence {
  part?: PartReference;
  category?: PlaceReference;
  /**
   * Last day of the silence, in the monitor's zone (2026-12-31).
   */
  until: string;
  /**
   * Why; shown beside the silenced parts.
   */
  reason: string;
}
/**
 * Notification channels. Recipients are notified by email unless it is switched off here.
 */
export interface ChannelsFile {
  email?: EmailChannel;
  issue?: IssueChannel;
  webhook?: WebhookChannel;
}
/**
 * Report mails to the recipients.
 */
export interface EmailChannel {
  /**
   * false: no report mails of this monitor, and none are sent later.
   */
  active?: boolean;
}
/**
 * An issue of this repository on GitHub for each episode of shortage: a table with a box per part to acknowledge it; it closes by itself.
 */
export interface IssueChannel {
  /**
   * true: an issue is opened when parts are short.
   */
  active?: boolean;
  /**
   * Labels of the issue.
   *
   * @maxItems 20
   */
  labels?:
    | []
    | [string]
    | [string, string]
    | [string, string, string]
    | [string, string, string, string]
    | [string, string, string, string, string]
    | [string, string, string, string, string, string]
    | [string, string, string, string, string, string, string]
    | [string, string, string, string, string, string, string, string]
    | [string, string, string, string, string, string, string, string, string]
    | [string, string, string, string, string, string, string, string, string, string]
    | [string, string, string, string, string, string, string, string, string, string, string]
    | [string, string, string, string, string, string, string, string, string, string, string, string]
    | [string, string, string, string, string, string, string, string, string, string, string, string, string]
    | [string, string, string, string, string, string, string, string, string, string, string, string, string, string]
    | [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string
      ]
    | [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string
      ]
    | [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string
      ]
    | [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string
      ]
    | [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string
      ]
    | [
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string,
        string
      ];
  /**
   * GitHub logins that the issue is assigned to.
   *
   * @maxItems 10
   */
  assignees?:
    | []
    | [string]
    | [string, string]
    | [string, string, string]
    | [string, string, string, string]
    | [string, string, string, string, string]
    | [string, string, string, string, string, string]
    | [string, string, string, string, string, string, string]
    | [string, string, string, string, string, string, string, string]
    | [string, string, string, string, string, string, string, string, string]
    | [string, string, string, string, string, string, string, string, string, string];
}
/**
 * A message to a web address: JSON for programs, a chat that takes Slack's format, or ntfy.
 */
export interface WebhookChannel {
  /**
   * false: this address is not notified. Default: true where url_env names one.
   */
  active?: boolean;
  url_env?: VariableName;
  /**
   * json: everything, as in schemas/webhook.schema.json. slack: a text for Slack, Mattermost and others. ntfy: a notification.
   */
  format?: "json" | "slack" | "ntfy";
  secret_env?: VariableName1;
}
