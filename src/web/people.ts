// Whom a real check may notify: the same in the question before it and at the check itself.
import type { Monitor } from "../core/monitor.ts";
import type { MonitorsRead } from "../monitors/read.ts";

/** The lists that a check is for; undefined: there is no such list, or its file cannot be used. */
export function listsToCheck({ monitors }: MonitorsRead, id: string | undefined): readonly Monitor[] | undefined {
  if (id === undefined) return monitors.filter(({ active }) => active);
  const found = monitors.filter((one) => one.id === id);
  return found.length === 0 ? undefined : found;
}

/** Everybody whom these lists may notify, and the other ways. */
export function recipientNames(monitors: readonly Monitor[]): readonly string[] {
  const people = monitors.flatMap(({ recipients, channels }) => [
    ...(channels.email.active ? recipients : []),
    ...(channels.issue.active ? ["GitHub"] : []),
    ...(channels.webhook.active ? [channels.webhook.url_env ?? "webhook"] : []),
  ]);
  return [...new Set(people)].sort();
}
