import { DEFAULT_INSTANCE } from "../core/settings/instances.ts";
import type { StateFiles } from "../core/telling/state.ts";
import type { Finding } from "../core/telling/trouble.ts";
import type { MonitorsRead } from "../monitors/read.ts";

/** Troubles of what is no longer there: they would never be found to be over. */
export function goneFindings(read: MonitorsRead, { system }: StateFiles): readonly Finding[] {
  const isThere = present(read);
  return Object.keys(system)
    .filter((key) => !isThere(key))
    .map((key) => ({ key, cause: null, monitors: [] }));
}

/** Whether what a trouble is of is still there, or may be: nobody knows what a broken file names. */
function present({ monitors, broken, config }: MonitorsRead): (key: string) => boolean {
  const ids = new Set(monitors.map(({ id }) => id));
  const channels = [...monitors.map((monitor) => monitor.channels), config.monitorDefaults.channels];
  const webhooks = new Set(channels.flatMap(({ webhook }) => (webhook.active ? (webhook.url_env ?? []) : [])));
  const addresses = new Set(monitors.flatMap(({ recipients }) => recipients));
  const instances = new Set([DEFAULT_INSTANCE, ...config.instances].map(({ label }) => label));
  return (key) => {
    const [, kind = "", name = ""] = /^(check|webhook|address|unconfirmed):(.*)$/s.exec(key) ?? [];
    if (kind === "check") return ids.has(name);
    if (kind === "unconfirmed") return ids.has(name.replace(/\/.*$/s, ""));
    if (broken.length > 0) return true;
    if (kind === "webhook") return webhooks.has(name);
    if (kind === "address") return addresses.has(name);
    const [, instance] = /^([^:/]+)\/(?:unreachable|refused|incomplete)$/.exec(key) ?? [];
    return instance === undefined || instances.has(instance);
  };
}
