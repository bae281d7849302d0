import type { ConfigFile, PolicyFile } from "../generated/config.ts";
import type { Monitor, Policy } from "../monitor.ts";
import { DEFAULT_POLICY } from "../monitor.ts";
import { durationMs } from "../schedule/duration.ts";
import { channelsOver, DEFAULT_CHANNELS } from "../telling/channels.ts";
import type { ScheduleSettings, WorkflowSettings } from "../workflow/settings.ts";
import { scheduleSettings, workflowSettings } from "../workflow/settings.ts";
import { DEFAULT_INSTANCE, type Instance, instancesOf } from "./instances.ts";

/** What a monitor gets where its file says nothing. Field names are those of the files. */
type MonitorDefaults = Pick<
  Monitor,
  | "timezone"
  | "language"
  | "notify_condition"
  | "policy"
  | "significance"
  | "remind_after_ms"
  | "max_lateness_ms"
  | "recipients"
  | "channels"
  | "instance"
>;

/** How long a run may begin messages. */
export const DEFAULT_RUN_TIME = "12m";

/** partwatch.yaml with every default decided. */
export interface Config {
  readonly monitorDefaults: MonitorDefaults;
  /** Domains or whole addresses, lower case; none: everybody may be told. */
  readonly allowedRecipients: readonly string[];
  readonly limits: {
    readonly monitors: number;
    readonly parts: number;
    readonly minIntervalMs: number;
    readonly runTimeMs: number;
  };
  readonly state: { readonly branch: string; readonly remote?: string };
  /** As the file names them; the server of the fixed names is there without it. */
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
  readonly mail: { readonly senderName: string; readonly rows: number };
  readonly schedule: ScheduleSettings;
  readonly workflow: WorkflowSettings;
}

/** Fills in the defaults. The file must be valid (monitors/ sees to that): throws on a duration that is none. */
export function configFrom(file: ConfigFile): Config {
  return {
    monitorDefaults: {
      timezone: file.timezone ?? "UTC",
      language: file.language ?? "en",
      notify_condition: file.notify_condition ?? "on_change",
      policy: policyOver(DEFAULT_POLICY, file.policy),
      significance: file.significance ?? {},
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
    state: {
      branch: file.state?.branch ?? "partwatch-state",
      ...(file.state?.remote === undefined ? {} : { remote: file.state.remote }),
    },
    instances: instancesOf(file.instances),
    shards: file.shards ?? 1,
    inventree: {
      pageSize: file.inventree?.page_size ?? 500,
      maxConcurrency: file.inventree?.max_concurrency ?? 4,
      maxRequests: file.inventree?.max_requests ?? 2000,
      requestTimeoutMs: (file.inventree?.request_timeout ?? 90) * 1000,
      timeBudgetMs: (file.inventree?.time_budget ?? 600) * 1000,
    },
    mail: { senderName: file.mail?.sender_name ?? "Partwatch", rows: file.mail?.rows ?? 50 },
    schedule: scheduleSettings(file.schedule),
    workflow: workflowSettings(file),
  };
}

/** What a repository without partwatch.yaml gets. */
export function defaultConfig(): Config {
  return configFrom({});
}

/** A file's policy over a decided one, field by field. */
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
