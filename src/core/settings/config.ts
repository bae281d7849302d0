import { channelsOver, DEFAULT_CHANNELS } from "../channels.ts";
import type { ConfigFile, PolicyFile } from "../generated/config.ts";
import { DEFAULT_POLICY, type Monitor, type Policy } from "../monitor.ts";
import { cronOf } from "../schedule/cron.ts";
import { daysOf, durationMs } from "../schedule/duration.ts";
import { type HeartbeatSettings, heartbeatSettings } from "./heartbeat-settings.ts";
import { DEFAULT_INSTANCE, type Instance, instancesOf } from "./instances.ts";
import {
  type ScheduleSettings,
  scheduleSettings,
  type WorkflowSettings,
  workflowSettings,
} from "./workflow-settings.ts";

/** Defaults for monitors; those of `digest` only for lists with that condition. Field names are those of the files. */
type MonitorDefaults = Pick<
  Monitor,
  | "timezone"
  | "language"
  | "notify_condition"
  | "digest"
  | "policy"
  | "significance"
  | "lead_times"
  | "suppliers"
  | "order_soon_days"
  | "for"
  | "recover"
  | "remind_after_ms"
  | "max_lateness_ms"
  | "recipients"
  | "channels"
  | "instance"
>;

/** For how long a run may start sending messages. */
export const DEFAULT_RUN_TIME = "12m";

/** partwatch.yaml with all defaults filled in. */
export interface Config {
  readonly monitorDefaults: MonitorDefaults;
  /** Domains or whole addresses, lower case; none: anybody may be notified. */
  readonly allowedRecipients: readonly string[];
  readonly limits: {
    readonly monitors: number;
    readonly parts: number;
    readonly minIntervalMs: number;
    readonly runTimeMs: number;
  };
  readonly state: { readonly branch: string; readonly remote?: string };
  /** As in the file; the server with the fixed variable names exists without it. */
  readonly instances: readonly Instance[];
  /** So many jobs share the monitors of each server. */
  readonly shards: number;
  readonly inventree: {
    readonly pageSize: number;
    readonly maxConcurrency: number;
    readonly maxRequests: number;
    readonly requestTimeoutMs: number;
    readonly timeBudgetMs: number;
  };
  readonly mail: {
    readonly senderName: string;
    readonly rows: number;
    /** How a mail shows its recipients. */
    readonly recipients: "together" | "bcc" | "each";
    /** Lists for the same people share a mail. */
    readonly combine: boolean;
    /** Path of a custom template for report mails, from the repository's root; null: the built-in one. */
    readonly template: string | null;
    /** No mail goes out without a login by OAuth2, or unsigned; workflows pass on what that needs. */
    readonly oauth: boolean;
    readonly dkim: boolean;
  };
  /** Where scheduled runs are reported; null: nowhere. */
  readonly heartbeat: HeartbeatSettings | null;
  readonly schedule: ScheduleSettings;
  readonly workflow: WorkflowSettings;
  /** Whether the workflow publishes the dashboard; of a private repository, too. */
  readonly dashboard: { readonly pages: boolean; readonly public: boolean };
}

/** Fills in the defaults. The file must be valid (monitors/ checks that): throws on an invalid duration. */
export function configFrom(file: ConfigFile): Config {
  return {
    monitorDefaults: {
      timezone: file.timezone ?? "UTC",
      language: file.language ?? "en",
      notify_condition: file.notify_condition ?? "on_change",
      digest: file.digest === undefined ? null : { cron: cronOf(file.digest).text, timezone: file.timezone ?? "UTC" },
      policy: policyOver(DEFAULT_POLICY, file.policy),
      significance: file.significance ?? {},
      lead_times: file.lead_times ?? {},
      suppliers: { prefer: file.suppliers?.prefer ?? [], avoid: file.suppliers?.avoid ?? [] },
      order_soon_days: file.order_soon === undefined ? null : daysOf(file.order_soon),
      for: file.for ?? 1,
      recover: file.recover ?? 1,
      remind_after_ms: file.remind_after === undefined ? null : durationMs(file.remind_after),
      max_lateness_ms: file.max_lateness === undefined ? null : durationMs(file.max_lateness),
      recipients: file.recipients ?? [],
      channels: channelsOver(DEFAULT_CHANNELS, file.channels),
      instance: file.instance ?? DEFAULT_INSTANCE.label,
    },
    allowedRecipients: (file.allowed_recipients ?? []).map((entry) => entry.toLowerCase()),
    limits: {
      monitors: file.limits?.monitors ?? 500,
      parts: file.limits?.parts ?? 1000,
      minIntervalMs: durationMs(file.limits?.min_interval ?? "15m"),
      runTimeMs: durationMs(file.limits?.run_time ?? DEFAULT_RUN_TIME),
    },
    state: stateOf(file),
    instances: instancesOf(file.instances),
    shards: file.shards ?? 1,
    inventree: {
      pageSize: file.inventree?.page_size ?? 500,
      maxConcurrency: file.inventree?.max_concurrency ?? 4,
      maxRequests: file.inventree?.max_requests ?? 2000,
      requestTimeoutMs: (file.inventree?.request_timeout ?? 90) * 1000,
      timeBudgetMs: (file.inventree?.time_budget ?? 600) * 1000,
    },
    mail: {
      senderName: file.mail?.sender_name ?? "Partwatch",
      rows: file.mail?.rows ?? 50,
      recipients: file.mail?.recipients ?? "together",
      combine: file.mail?.combine ?? false,
      template: file.mail?.template ?? null,
      oauth: file.mail?.oauth ?? false,
      dkim: file.mail?.dkim ?? false,
    },
    heartbeat: heartbeatSettings(file.heartbeat),
    schedule: scheduleSettings(file.schedule),
    workflow: workflowSettings(file),
    dashboard: { pages: file.dashboard?.pages ?? false, public: file.dashboard?.public ?? false },
  };
}

/** GitLab throws a runner's clone away: the state has to be in the remote. */
function stateOf({ state, schedule }: ConfigFile): Config["state"] {
  const remote = state?.remote ?? (schedule?.target === "gitlab" ? "origin" : undefined);
  return { branch: state?.branch ?? "partwatch-state", ...(remote === undefined ? {} : { remote }) };
}

/** The configuration of a repository without partwatch.yaml. */
export function defaultConfig(): Config {
  return configFrom({});
}

/** A file's policy on top of a complete one, field by field. */
export function policyOver(base: Policy, file: PolicyFile | undefined): Policy {
  return {
    demand: file?.demand ?? base.demand,
    stock: {
      locations: file?.stock?.locations ?? base.stock.locations,
      exclude: file?.stock?.exclude ?? base.stock.exclude,
    },
    in_production: file?.in_production ?? base.in_production,
    on_order: file?.on_order ?? base.on_order,
    buy: file?.buy ?? base.buy,
    optional: file?.optional ?? base.optional,
    consumables: file?.consumables ?? base.consumables,
    substitutes: file?.substitutes ?? base.substitutes,
  };
}
