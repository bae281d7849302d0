import { parse } from "yaml";
import type { ConfigFile } from "../../../src/core/generated/config.ts";
import { configFrom } from "../../../src/core/settings/config.ts";
import type { ScheduledMonitor } from "../../../src/core/workflow/schedule.ts";
import { type WorkflowFiles, workflowFiles } from "../../../src/core/workflow/workflow.ts";
export const RUN_FILE = ".github/workflows/partwatch.yml";
export const PULL_REQUEST_FILE = ".github/workflows/partwatch-pull-request.yml";

/** An action that is pinned as it should be, so that it is no subject of warnings. */
export const PINNED = `acme/partwatch@${"0123456789abcdef".repeat(3).slice(0, 40)} # v1.2.3`;

export function monitor(fields: Partial<ScheduledMonitor> = {}): ScheduledMonitor {
  return {
    file: "monitors/a.yaml",
    name: "Sensor board",
    active: true,
    cron_schedule: "10 7 * * 1-5",
    timezone: "UTC",
    ...fields,
  };
}

export function filesFor(monitors: readonly ScheduledMonitor[], config: ConfigFile = {}): WorkflowFiles {
  const workflow = { action: PINNED, ...config.workflow };
  return workflowFiles({ monitors, config: configFrom({ ...config, workflow }) });
}

export function runText(monitors: readonly ScheduledMonitor[], config: ConfigFile = {}): string {
  return filesFor(monitors, config).files.get(RUN_FILE) ?? "";
}

export interface ScheduleEntry {
  readonly cron: string;
  readonly timezone?: string;
}

/** `on.schedule` as GitHub reads it. */
export function scheduleOf(text: string): readonly ScheduleEntry[] {
  const entries: unknown = parse(text)?.on?.schedule ?? [];
  if (!Array.isArray(entries)) throw new Error("on.schedule is no list");
  return entries.map((entry: unknown) => {
    if (typeof entry !== "object" || entry === null || !("cron" in entry)) throw new Error("an entry without cron");
    const timezone = "timezone" in entry ? { timezone: String(entry.timezone) } : {};
    return { cron: String(entry.cron), ...timezone };
  });
}
