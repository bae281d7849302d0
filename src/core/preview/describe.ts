// The sentences of a pull request's preview: what is changed, when it runs, whom it would notify.

import { cronInWords } from "../schedule/describe.ts";
import { nextOccurrences } from "../schedule/schedule.ts";
import { clip, plainText } from "../text/plain-text.ts";
import { formatFor } from "../view/format.ts";
import { markdownText } from "../view/markdown.ts";
import { summarize } from "../view/report-status.ts";
import type { ChangedMonitor, Changes, Effect, MonitorPreview, PlannedNotification } from "./from-change.ts";

const RUNS = 5;

/** A name that people copy (a file, an address), as code, which GitHub does not turn into a link or mention. */
export function code(text: string): string {
  const plain = clip(plainText(text), 300);
  return /[`|]/.test(plain) || plain === "" ? markdownText(plain) : `\`${plain}\``;
}

/** As many as fit, and how many more there are. */
export function someOf(items: readonly string[], most: number): string {
  if (items.length <= most) return items.join(", ");
  return `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
}

/** `added`, `renamed from monitors/a.yaml`, `edited: parts, recipients`, with at most that many fields; before it, of a plan, that it is one. */
export function sortWords(change: ChangedMonitor, most: number): string {
  const { plan } = change.monitor;
  const words = changeWords(change, most);
  return plan === undefined
    ? words
    : `a plan of ${plan.members.length} ${plan.members.length === 1 ? "list" : "lists"}, ${words}`;
}

function changeWords({ sort, from, fields, before, lists = [] }: ChangedMonitor, most: number): string {
  const what = sort === "renamed" && from !== undefined ? `renamed from ${code(from)}` : sort;
  if (sort === "added") return what;
  if (before === undefined) return `${what}; as it was it could not be read`;
  return fields.length === 0 ? what : `${what}: ${someOf(fields.map(fieldWords), most)}`;

  function fieldWords(name: string): string {
    return name === "lists" && lists.length > 0 ? `${code(name)} (${someOf(lists.map(code), most)})` : code(name);
  }
}

/** When it runs: its cron in words, its zone, and the next five runs there. */
export function scheduleLines({ monitor, before, fields }: ChangedMonitor, at: Date): readonly string[] {
  const { active, cron_schedule: cron, timezone } = monitor;
  const format = formatFor({ language: "en", timezone });
  const runs = nextOccurrences({ cron, timezone, after: at, count: RUNS }).map((run) => format.instant(run));
  const moved = before !== undefined && (fields.includes("cron_schedule") || fields.includes("timezone"));
  return [
    `**Schedule**: ${cronWords(monitor)}${moved ? `; before: ${cronWords(before)}` : ""}`,
    active
      ? `**Next runs**: ${runs.length === 0 ? "none" : runs.map(markdownText).join(" · ")}`
      : "**Inactive**: its schedule does not check it, and nobody is notified.",
  ];
}

function cronWords({
  cron_schedule: cron,
  timezone,
}: {
  readonly cron_schedule: string;
  readonly timezone: string;
}): string {
  return `${markdownText(cronInWords(cron, "en"))} (${code(cron)}, ${markdownText(timezone)})`;
}

/** Whom the next run would notify, how, and why; new recipients, and those who are removed. */
export function notificationLines({ change, effect }: MonitorPreview, most: number): readonly string[] {
  const { monitor, before, notAllowed } = change;
  const lost = before?.recipients.filter((address) => !monitor.recipients.includes(address)) ?? [];
  const gained = before === undefined ? [] : monitor.recipients.filter((one) => !before.recipients.includes(one));
  return [
    ...notAllowedLine(notAllowed, most),
    ...(effect === undefined ? [] : [`**Would be notified**: ${notificationWords({ change, effect }, most)}`]),
    ...(namesRecipients({ change, effect }) ? [] : recipientsLine(monitor.recipients, most)),
    ...(gained.length === 0 ? [] : [`**New recipients**: ${someOf(gained.map(code), most)}`]),
    ...(lost.length === 0 ? [] : [`**Recipients no longer**: ${someOf(lost.map(code), most)}`]),
  ];
}

/** Whether the sentence about the next notification names them already. */
function namesRecipients({ change, effect }: Pick<MonitorPreview, "change"> & { effect: Effect | undefined }): boolean {
  if (effect?.kind !== "checked" || typeof effect.notification === "string") return false;
  const mails = effect.notification.some(({ channel, reason }) => channel === "email" && reason !== null);
  return mails && change.monitor.active && change.notAllowed.length === 0;
}

function recipientsLine(recipients: readonly string[], most: number): readonly string[] {
  return recipients.length === 0 ? [] : [`**Recipients**: ${someOf(recipients.map(code), most)}`];
}

function notAllowedLine(notAllowed: readonly string[], most: number): readonly string[] {
  if (notAllowed.length === 0) return [];
  const whom = someOf(notAllowed.map(code), most);
  return [
    `**Not allowed**: ${whom}. ${code("allowed_recipients")} in ${code("partwatch.yaml")} does not name them; until they are gone the file is broken: it is not checked, and nobody is notified.`,
  ];
}

/** Whom the next run would notify. */
export function notificationWords(
  { change, effect }: { readonly change: ChangedMonitor; readonly effect: Effect },
  most: number,
): string {
  const { monitor, notAllowed } = change;
  if (notAllowed.length > 0) return "nobody, while the file is broken";
  if (!monitor.active) return "nobody, while it is inactive";
  if (effect.kind === "failed") return "not known, as it could not be checked";
  if (typeof effect.notification === "string") return `not known: ${markdownText(effect.notification)}`;
  const delivered = effect.notification.flatMap((one) =>
    one.reason === null ? [] : [`${whom(change, { ...one, most })} (${REASONS[one.reason]})`],
  );
  const noMail = !effect.notification.some(({ channel }) => channel === "email") && monitor.recipients.length > 0;
  const off = noMail ? "; mail is switched off" : "";
  if (delivered.length > 0) return `${delivered.join("; ")}${off}`;
  const why =
    monitor.digest === null ? "nothing that counts has changed since the last notification" : "the digest is not due";
  return `nobody${noMail ? off : `: ${why}`}`;
}

const REASONS: Readonly<Record<NonNullable<PlannedNotification["reason"]>, string>> = {
  first: "its first check always notifies",
  changed: "the result differs from the last notification",
  again: "nobody knows whether the last message arrived: it is sent again",
  correction: "nobody knows whether the last message arrived, and the result has changed since",
  always: "it notifies after every scheduled check",
  digest: "the digest is due",
  forced: "it is forced",
  reminder: "a reminder is due",
  pending: "to those who have not received it yet",
  newcomers: "to those who are new on the list",
};

function whom(
  { monitor }: ChangedMonitor,
  { channel, most }: { readonly channel: PlannedNotification["channel"]; readonly most: number },
): string {
  switch (channel) {
    case "email":
      return `${someOf(monitor.recipients.map(code), most)} by mail`;
    case "issue":
      return "an issue of this repository";
    case "webhook":
      return `the webhook in ${code(monitor.channels.webhook.url_env ?? "")}`;
    default:
      return channel satisfies never;
  }
}

/** `3`, or `1 → 3` if the list existed before; low and out ones are counted separately. */
export function lackingWords(effect: Effect | undefined): string {
  if (effect === undefined) return "–";
  if (effect.kind === "failed") return "not known";
  const { short, low, out } = summarize(effect.report);
  const before = effect.against === undefined ? undefined : summarize(effect.against.report).short;
  return [
    before === undefined || before === short ? `${short}` : `${before} → ${short}`,
    ...(low > 0 ? [`${low} low`] : []),
    ...(out > 0 ? [`${out} out of stock`] : []),
  ].join(", ");
}

/** `2 monitors are added, 1 is deleted.` */
export function summaryWords({ monitors, deleted, broken, config }: Changes): string {
  const count = (sort: ChangedMonitor["sort"]) => monitors.filter((one) => one.sort === sort).length;
  const counts: readonly (readonly [number, string])[] = [
    [count("added"), "added"],
    [count("edited"), "changed"],
    [count("renamed"), "renamed"],
    [deleted.length, "deleted"],
  ];
  const some = counts.filter(([number]) => number > 0);
  const sentences = [
    ...(some.length === 0 ? [] : [`Monitors: ${some.map(([number, what]) => `${number} ${what}`).join(", ")}.`]),
    ...(broken.length === 0 ? [] : [`${broken.length === 1 ? "1 file is" : `${broken.length} files are`} broken.`]),
    ...(some.length === 0 && config ? [`${code("partwatch.yaml")} is changed; no monitor becomes another by it.`] : []),
  ];
  return sentences.join(" ");
}
