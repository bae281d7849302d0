// Generated from schemas/config.schema.json by npm run generate.

/**
 * A category or location: its pk (number), or its name or path (string, as in Electronics/Connectors).
 */
export type PlaceReference = number | string;
/**
 * A part: its pk (number), or its IPN or exact name (string).
 */
export type PartReference = number | string;
/**
 * Default of monitors: remind after this long while something is short (7d).
 */
export type Duration = string;
/**
 * Default of monitors: notify of what has to be ordered within this time (5d, 2w).
 */
export type Days = string;
/**
 * From an order to its delivery, of everything that is bought.
 */
export type LeadTime = number;
/**
 * Calendar days.
 */
export type LeadTime1 = number;
/**
 * Calendar days.
 */
export type LeadTime2 = number;
/**
 * Default of monitors: an occurrence older than this is not checked (6h).
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
/**
 * Default of monitors: label of the InvenTree server that they are checked against.
 */
export type Label = string;
/**
 * What monitors call the server in their field instance. An entry called default gives the first server other variables.
 */
export type Label1 = string;
/**
 * Name of the environment variable (in GitHub Actions: of the variable or secret) that holds the server's address.
 */
export type ServerVariable = string;
/**
 * Name of the environment variable (in GitHub Actions: of the secret) that holds its token.
 */
export type ServerVariable1 = string;
/**
 * Least time between two occurrences of a cron; never under 5m.
 */
export type Duration2 = string;
/**
 * How long a run may begin messages; then it records what was sent and ends, and the rest stays due. At least 3 minutes less than workflow.timeout_minutes.
 */
export type Duration3 = string;
/**
 * Name of the environment variable (in GitHub Actions: of the secret) that holds the address.
 */
export type ServerVariable2 = string;
/**
 * The runner: a label, or a list of labels that it must all have (a self-hosted runner in the network of InvenTree, say).
 */
export type Runner = string | [string, ...string[]];
/**
 * The runner of its validation, which needs no InvenTree. Default: ubuntu-latest; where target is not github, that of the checks.
 */
export type Runner1 = string | [string, ...string[]];

/**
 * partwatch.yaml: all settings that are not secret. Monitor fields set here are the defaults of all monitors.
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
  notify_condition?: "on_change" | "always" | "digest";
  /**
   * When lists with notify_condition digest are reported: a cron in the timezone of this file, as 10 7 * * 1 for Mondays at 07:10. Lists for the same people share a mail then.
   */
  digest?: string;
  policy?: PolicyFile;
  significance?: Significance;
  /**
   * Default of monitors: complete checks of different occurrences, in a row, before something is new: what is short every other day is not reported each time.
   */
  for?: number;
  /**
   * Default of monitors: the same before something is resolved.
   */
  recover?: number;
  remind_after?: Duration;
  order_soon?: Days;
  lead_times?: LeadTimesFile;
  suppliers?: SuppliersFile;
  max_lateness?: Duration1;
  channels?: ChannelsFile;
  instance?: Label;
  /**
   * InvenTree servers beside the one of INVENTREE_URL and INVENTREE_API_TOKEN, whose label is default.
   *
   * @maxItems 64
   */
  instances?: InstanceFile[];
  /**
   * So many jobs share the monitors of each server in GitHub Actions.
   */
  shards?: number;
  /**
   * Default recipients of monitors that name none.
   *
   * @maxItems 100
   */
  recipients?: string[];
  /**
   * Domains (or whole addresses) that may be notified; none: all.
   */
  allowed_recipients?: string[];
  limits?: LimitsFile;
  state?: StateFile;
  dashboard?: DashboardFile;
  inventree?: InventreeFile;
  mail?: MailFile;
  heartbeat?: HeartbeatFile;
  schedule?: ScheduleFile;
  workflow?: WorkflowFile;
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
 * How many calendar days things take, for lists with needed_by; see docs/by-when.md.
 */
export interface LeadTimesFile {
  default?: LeadTime;
  /**
   * The same by the supplier's name.
   */
  suppliers?: {
    [k: string]: LeadTime1 | undefined;
  };
  /**
   * The same by part: pk, IPN or exact name.
   */
  parts?: {
    [k: string]: LeadTime1 | undefined;
  };
  build?: LeadTime2;
}
/**
 * From whom to buy, by suppliers' names in InvenTree; see docs/buying.md.
 */
export interface SuppliersFile {
  /**
   * The first of these that offers a part is chosen.
   *
   * @maxItems 100
   */
  prefer?: string[];
  /**
   * Never chosen while there is another.
   *
   * @maxItems 100
   */
  avoid?: string[];
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
export interface InstanceFile {
  label: Label1;
  url_env: ServerVariable;
  token_env: ServerVariable1;
}
/**
 * Limits that keep a mistake from becoming a flood.
 */
export interface LimitsFile {
  /**
   * Most monitors.
   */
  monitors?: number;
  /**
   * Most parts per list.
   */
  parts?: number;
  min_interval?: Duration2;
  run_time?: Duration3;
}
/**
 * Where it is recorded what was sent.
 */
export interface StateFile {
  /**
   * The branch that records what was sent.
   */
  branch?: string;
  /**
   * The remote that holds the branch, which is then read and written by Git (in GitHub Actions, too, instead of the API); it is fetched before and pushed after. Default: origin on Gitea, Forgejo and GitLab, and where the clone knows the branch there; else the branch stays in this clone.
   */
  remote?: string;
}
/**
 * The pages of all lists, published by the generated workflow (docs/dashboard.md).
 */
export interface DashboardFile {
  /**
   * Whether the workflow publishes the dashboard on GitHub Pages after checks. Anybody who can open the pages reads names of parts and suppliers, and quantities.
   */
  pages?: boolean;
  /**
   * Whether a private repository may publish, too: on most plans its pages can be read by anybody.
   */
  public?: boolean;
}
/**
 * How requests are made.
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
/**
 * How mails look, and how they are handed over.
 */
export interface MailFile {
  /**
   * Name shown beside the sender's address.
   */
  sender_name?: string;
  /**
   * Most rows of a table in a mail before it is folded; the attached CSV has all.
   */
  rows?: number;
  /**
   * How the recipients of a list stand in its mail: together in one that all of them see, in one that shows none of them (bcc), or each in a mail of their own.
   */
  recipients?: "together" | "bcc" | "each";
  /**
   * One mail a person: what a run says to the same recipients in the same language goes out as one mail, with a section for each list; see docs/mail.md.
   */
  combine?: boolean;
  /**
   * A template of your own for report mails, in MJML, as in templates/report.mjml; see docs/template.md. Default: the built-in one.
   */
  template?: string;
  /**
   * Log in to the mail server with OAuth2: no mail goes out without it, and the workflows hand over EMAIL_OAUTH_…; see docs/mail.md.
   */
  oauth?: boolean;
  /**
   * Sign mails with DKIM: none goes out unsigned, and the workflows hand over EMAIL_DKIM_…; see docs/mail.md.
   */
  dkim?: boolean;
}
/**
 * A heartbeat server to which every scheduled run reports its start and its end, so that somebody notices when runs stop; see docs/heartbeat.md. Either url or url_env.
 */
export interface HeartbeatFile {
  /**
   * The server's address, as https://checks.example.com/ping/…; whoever knows it can report that all is well.
   */
  url?: string;
  url_env?: ServerVariable2;
}
/**
 * How GitHub, or another forge, starts the checks; written into the workflow by partwatch generate. Which monitors are due is decided by the run itself.
 */
export interface ScheduleFile {
  /**
   * exact: one trigger per distinct cron and time zone of the active monitors. tick: one trigger at the crons of tick, for all monitors. Default: exact; where target is ghes or gitlab, tick.
   */
  mode?: "exact" | "tick";
  /**
   * What starts the checks. github: github.com. ghes: GitHub Enterprise Server, which knows no time zone beside a cron, so that the mode is always tick. gitea, forgejo: their Actions. gitlab: jobs to be included in .gitlab-ci.yml, started by a pipeline schedule.
   */
  target?: "github" | "ghes" | "gitea" | "forgejo" | "gitlab";
  /**
   * The cron (in UTC) of mode tick.
   */
  tick?: string;
  /**
   * A further cron (in UTC) that catches up on triggers that GitHub dropped, failed checks and unsent mails; off: none.
   */
  catch_up?: string;
}
/**
 * What the workflows look like that partwatch generate writes.
 */
export interface WorkflowFile {
  /**
   * The Partwatch action that runs the checks, pinned by commit, with its version behind: owner/partwatch@<commit SHA> # v1.2.3. A folder of the same repository: ./. On Gitea, Forgejo and GitLab with the server: https://git.example.com/owner/partwatch@<commit SHA> # v1.2.3
   */
  action?: string;
  /**
   * The action that checks out the repository, pinned likewise. Default: the release of actions/checkout that Partwatch was tried with.
   */
  checkout?: string;
  /**
   * Where the workflows stand, if schedule.target is gitea or forgejo. These servers read only the first of their folders that exists (.forgejo, .gitea, .github): with another one, workflows in .github are not run.
   */
  folder?: ".github" | ".gitea" | ".forgejo";
  /**
   * The default branch: a push to it that changes monitors or partwatch.yaml starts a run.
   */
  branch?: string;
  runs_on?: Runner;
  /**
   * The environment of GitHub or GitLab whose secrets and variables the checks use.
   */
  environment?: string;
  /**
   * A run that takes longer is ended.
   */
  timeout_minutes?: number;
  /**
   * A GitHub expression; where it is false the checks are not run (vars.PARTWATCH == 'on').
   */
  if?: string;
  /**
   * Steps of a GitHub workflow that run after the checkout and before the checks (a VPN, say). A version may stand behind a pinned action: uses: owner/vpn@<commit SHA> # v3
   */
  steps_before?: StepFile[];
  pull_request?: PullRequestWorkflowFile;
}
export interface StepFile {
  uses?: string;
  run?: string;
  [k: string]: unknown | undefined;
}
/**
 * The workflow that checks pull requests.
 */
export interface PullRequestWorkflowFile {
  /**
   * false: there is none.
   */
  active?: boolean;
  runs_on?: Runner1;
  /**
   * false: no comment that shows what a pull request changes. It needs what the checks need: runner, environment, steps before.
   */
  preview?: boolean;
}
