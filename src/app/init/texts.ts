import { Document } from "yaml";
import type { ListEntry } from "../../core/monitor.ts";
import type { ScheduleTarget } from "../../core/settings/workflow-settings.ts";
import { jsonText } from "../../core/text/foreign-text.ts";
import { safeYaml } from "../../core/text/safe-yaml.ts";

/** The first list of a new repository. */
export interface FirstMonitor {
  readonly name: string;
  readonly cron: string;
  readonly parts: readonly ListEntry[];
  readonly recipients: readonly string[];
}

/** partwatch.yaml of a new repository. */
export function configText(options: {
  readonly timezone: string;
  readonly branch: string;
  readonly action: string;
  readonly target: ScheduleTarget;
}): string {
  const branch = options.branch === "main" ? "" : `  branch: ${jsonText(options.branch)}\n`;
  const schedule = options.target === "github" ? "" : `schedule:\n  target: ${options.target}\n`;
  return `# yaml-language-server: $schema=schemas/config.schema.json
# All settings that are not secret. Monitor fields set here are the defaults for all monitors.
timezone: ${options.timezone}
# Only these domains and addresses may be notified; without this line, anybody may.
# allowed_recipients: [example.com]
${schedule}workflow:
  action: ${jsonText(options.action)}
${branch}`;
}

/** A first monitor. Without parts it is an example, inactive until somebody replaces its parts. */
export function monitorText({ name, cron, parts, recipients }: FirstMonitor): string {
  const example = parts.length === 0;
  const list = example
    ? EXAMPLE
    : safeYaml(new Document(parts.map((entry) => ({ ...entry }))), {})
        .replace(/^/gm, "  ")
        .trimEnd();
  return `# yaml-language-server: $schema=../schemas/monitor.schema.json
name: ${jsonText(name)}
${example ? "# An example: put in your parts, then remove this line.\nactive: false\n" : ""}# Five fields: minute, hour, day of month, month, day of week.
cron_schedule: ${jsonText(cron)}
# What you want to build or keep in stock: by name (and revision), by IPN, or by pk.
parts:
${list}
# Who is notified when the result changes.
recipients: ${jsonText(recipients)}
`;
}

const EXAMPLE = `  - { name: Sensor Board, version: B, quantity: 25 }
  - { ipn: CBL-0007, quantity: 50 }`;
