import { Document } from "yaml";
import { jsonText } from "../core/foreign-text.ts";
import type { ListEntry } from "../core/monitor.ts";
import { safeYaml } from "../core/safe-yaml.ts";

/** The list that a new repository begins with. */
export interface FirstMonitor {
  readonly name: string;
  readonly cron: string;
  readonly parts: readonly ListEntry[];
  readonly recipients: readonly string[];
}

/** partwatch.yaml of a new repository. */
export function configText(of: {
  readonly timezone: string;
  readonly branch: string;
  readonly action: string;
}): string {
  const branch = of.branch === "main" ? "" : `  branch: ${jsonText(of.branch)}\n`;
  return `# yaml-language-server: $schema=schemas/config.schema.json
# Everything that is no secret. Fields of monitors that stand here are the defaults of all monitors.
timezone: ${of.timezone}
# Only these domains and addresses may be told; without this line everybody may.
# allowed_recipients: [example.com]
workflow:
  action: ${jsonText(of.action)}
${branch}`;
}

/** A first monitor. Without parts it is an example that is switched off until somebody has written a list into it. */
export function monitorText({ name, cron, parts, recipients }: FirstMonitor): string {
  const example = parts.length === 0;
  const list = example
    ? EXAMPLE
    : safeYaml(new Document(parts.map((entry) => ({ ...entry }))), {})
        .replace(/^/gm, "  ")
        .trimEnd();
  return `# yaml-language-server: $schema=../schemas/monitor.schema.json
name: ${jsonText(name)}
${example ? "# An example: write your parts into it, then take this line out.\nactive: false\n" : ""}# Five fields: minute, hour, day of month, month, day of week.
cron_schedule: ${jsonText(cron)}
# What is to be built or held: by name (and revision), by IPN, or by pk.
parts:
${list}
# Who is told when the answer changes.
recipients: ${jsonText(recipients)}
`;
}

const EXAMPLE = `  - { name: Sensor Board, version: B, quantity: 25 }
  - { ipn: CBL-0007, quantity: 50 }`;
