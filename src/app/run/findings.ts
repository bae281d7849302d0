import { type Finding, instanceFindings } from "../../core/notification/incidents.ts";
import { overdue, overdueWords } from "../../core/notification/overdue.ts";
import type { Incident, StateFiles } from "../../core/notification/state.ts";
import { formatProblem } from "../../core/problem.ts";
import { own } from "../../core/records.ts";
import { DEFAULT_INSTANCE } from "../../core/settings/instances.ts";
import type { MonitorsRead } from "../../monitors/read.ts";
import type { Delivery } from "./delivery.ts";
import { givenUpOn, givenUpWords } from "./describe-delivery.ts";
import type { SnapshotResult } from "./read.ts";
import type { ReportingRole } from "./reporting-role.ts";
import type { MonitorOutcome } from "./state-delta.ts";

/** What a run has seen. */
export interface RunObservations {
  readonly read: MonitorsRead;
  /** As the run began. */
  readonly state: StateFiles;
  readonly outcomes: readonly MonitorOutcome[];
  readonly readings: ReadonlyMap<string, SnapshotResult>;
  readonly at: Date;
  readonly role: ReportingRole;
}

/** Every incident that this run has found and may report; `newest` is the latest recorded state. */
export function findingsOf(observed: RunObservations, newest: StateFiles): readonly Finding[] {
  const { outcomes, readings, role } = observed;
  return [
    ...[...readings].flatMap(([label, reading]) => serverFindings({ observed, newest, label, reading })),
    ...checkFindings(outcomes),
    ...(role.shared ? sharedFindings(observed, newest) : []),
    ...deliveryFindings(outcomes),
  ];
}

/** More monitors being overdue is no news, but the incident on record lists those that are. */
export function overdueNow(observed: RunObservations, newest: StateFiles): Readonly<Record<string, Incident>> {
  const known = newest.system[OVERDUE];
  const cause = observed.role.shared ? (overdueFindings(observed)[0]?.cause ?? null) : null;
  return known === undefined || cause === null || cause === known.cause ? {} : { [OVERDUE]: { ...known, cause } };
}

const OVERDUE = "overdue";

/**
 * The state of the server as this run found it. Of several runs that share its monitors, one reports an incident at once; the
 * others do if none has by their next run, because it may be their requests that are refused. It is resolved when the lists
 * of all runs could be read: reported by the last run to read its lists, or by the leader.
 */
function serverFindings(options: {
  readonly observed: RunObservations;
  readonly newest: StateFiles;
  readonly label: string;
  readonly reading: SnapshotResult;
}): readonly Finding[] {
  const { observed, newest, label, reading } = options;
  const { outcomes, role, read } = observed;
  const own = outcomes.filter(({ selected }) => selected.monitor.instance === label);
  const hadFailed = own.some(({ selected }) => isUnread(observed.state, selected.monitor.id));
  const mayReport = role.server(label) || hadFailed;
  const names = own.map(({ selected }) => selected.monitor.name);
  const found = instanceFindings(label, reading.kind === "failed" ? reading.failure : null, names);
  if (!role.sharesServers) return found;
  if (!mayReport) return [];
  if (reading.kind === "failed") return found.filter(({ cause }) => cause !== null);
  const ids = new Set(own.map(({ selected }) => selected.monitor.id));
  const others = read.monitors.filter((monitor) => monitor.instance === label && !ids.has(monitor.id));
  return others.some((monitor) => role.hasActiveRun(monitor) && isUnread(newest, monitor.id)) ? [] : found;
}

/** Whether its last check failed because of its server. */
function isUnread({ runs }: StateFiles, id: string): boolean {
  const last = own(runs, id)?.last_run;
  return last?.outcome === "failed" && last.error?.kind === "inventree";
}

/** What every run sees, whichever monitors it checks. */
function sharedFindings(observed: RunObservations, newest: StateFiles): readonly Finding[] {
  return [
    ...fileFindings(observed.read, newest),
    ...goneFindings(observed.read, newest),
    ...stateFindings(observed.state, observed.outcomes),
    ...overdueFindings(observed),
  ];
}

/** Monitors that no run checks, this one included; one incident, however many they are. */
function overdueFindings({ read, state, outcomes, role }: RunObservations): readonly Finding[] {
  if (state.broken.some(({ path }) => path === "runs.json")) return [];
  const seenTo = new Set(outcomes.map(({ selected }) => selected.monitor.id));
  const found = read.monitors.flatMap((monitor) => {
    const lastRun = own(state.runs, monitor.id)?.last_run;
    const late = seenTo.has(monitor.id) ? null : overdue({ monitor, lastRun, now: role.present });
    return late === null ? [] : [{ name: monitor.name, words: `${monitor.file}: ${overdueWords(late)}` }];
  });
  const cause = found.length === 0 ? null : found.map(({ words }) => words).join("\n");
  return [{ key: OVERDUE, cause, monitors: found.map(({ name }) => name) }];
}

/** Files that cannot be used: one incident each, however many problems it has. Deleting the file resolves it. */
function fileFindings(read: MonitorsRead, state: StateFiles): readonly Finding[] {
  const problems = read.problems.filter((problem) => problem.file !== undefined && problem.severity !== "warning");
  const byFile = Map.groupBy(problems, (problem) => problem.file ?? "");
  const broken = [...byFile].map(([file, all]) => ({
    key: `file:${file}`,
    cause: all.map(formatProblem).join("\n"),
    monitors: [file],
  }));
  const remembered = Object.keys(state.system)
    .filter((key) => key.startsWith("file:"))
    .map((key) => key.slice("file:".length));
  const resolved = remembered
    .filter((file) => !byFile.has(file))
    .map((file) => ({ key: `file:${file}`, cause: null, monitors: [file] }));
  return [...broken, ...resolved];
}

/** Lists that could be read but not calculated; resolved once a check succeeds, or with the file. */
function checkFindings(outcomes: readonly MonitorOutcome[]): readonly Finding[] {
  return outcomes.flatMap((outcome): Finding[] => {
    const { id, name } = outcome.selected.monitor;
    if (outcome.kind === "checked") return [{ key: `check:${id}`, cause: null, monitors: [name] }];
    if (outcome.kind === "skipped" || outcome.failure.incident !== undefined) return [];
    // These are one incident for all lists: of the server, or of the state branch.
    if (outcome.failure.kind === "inventree" || outcome.failure.kind === "state") return [];
    return [{ key: `check:${id}`, cause: outcome.failure.message, monitors: [name] }];
  });
}

/** A file of the state branch that cannot be read is one incident, however many lists cannot notify because of it. */
function stateFindings({ broken }: StateFiles, outcomes: readonly MonitorOutcome[]): readonly Finding[] {
  if (broken.length === 0) return [{ key: "state", cause: null, monitors: [] }];
  const notNotified = outcomes.filter((outcome) => outcome.kind === "failed" && outcome.failure.kind === "state");
  const cause = broken.map(({ path, message }) => `${path}: ${message}`).join("\n");
  return [{ key: "state", cause, monitors: notNotified.map(({ selected }) => selected.monitor.name) }];
}

interface Delivered {
  /** The monitor's name. */
  readonly name: string;
  /** Key of the incident that it would be: `mail`, `issue`, `webhook:<variable>`. */
  readonly key: string;
  readonly outcome: Extract<Delivery["outcome"], { readonly kind: "accepted" | "failed" | "unknown" }>;
}

/** What the deliveries of a run show about the channels and about single addresses. */
export function deliveryFindings(outcomes: readonly MonitorOutcome[]): readonly Finding[] {
  const delivered = outcomes.flatMap(deliveredIn);
  const channels = [...Map.groupBy(delivered, ({ key }) => key)].flatMap(([key, all]) => channelFinding(key, all));
  return [...addressFindings(delivered.filter(({ key }) => key === "mail")), ...channels, ...unknownFindings(outcomes)];
}

function deliveredIn(outcome: MonitorOutcome): readonly Delivered[] {
  if (outcome.kind !== "checked") return [];
  const { name, channels } = outcome.selected.monitor;
  return outcome.notifications.deliveries.flatMap(({ channel, outcome: delivery }): readonly Delivered[] => {
    if (delivery.kind !== "accepted" && delivery.kind !== "failed" && delivery.kind !== "unknown") return [];
    const key =
      channel === "email" ? "mail" : channel === "webhook" ? `webhook:${channels.webhook.url_env ?? ""}` : channel;
    return [{ name, key, outcome: delivery }];
  });
}

/**
 * Down if it did not take a message, and not because of its recipients (a mail server that defers or refuses some
 * addresses is up); up if it took all. Nothing sent, nothing known.
 */
function channelFinding(key: string, delivered: readonly Delivered[]): readonly Finding[] {
  const failed = delivered.flatMap(({ name, outcome }) =>
    isOfChannel(key, outcome) ? [{ name, failure: outcome.failure }] : [],
  );
  const [first] = failed;
  if (first !== undefined) return [{ key, cause: first.failure.message, monitors: failed.map(({ name }) => name) }];
  const worked = delivered.some(({ outcome }) => outcome.kind === "accepted");
  return worked ? [{ key, cause: null, monitors: [] }] : [];
}

function isOfChannel(
  key: string,
  outcome: Delivered["outcome"],
): outcome is Exclude<Delivered["outcome"], { readonly kind: "accepted" }> {
  if (outcome.kind === "accepted") return false;
  if (key === "mail") return outcome.failure.incident !== undefined;
  return outcome.kind === "unknown" || outcome.refused.length === 0;
}

/** Unconfirmed messages are one incident per list and channel, until a message is accepted there. */
function unknownFindings(outcomes: readonly MonitorOutcome[]): readonly Finding[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.kind !== "checked") return [];
    const { id, name } = outcome.selected.monitor;
    return outcome.notifications.deliveries.flatMap(({ channel, outcome: delivery }): readonly Finding[] => {
      const key = `unconfirmed:${id}/${channel}`;
      if (delivery.kind === "gave_up") return [{ key, cause: givenUpWords(delivery.sending), monitors: [name] }];
      if (delivery.kind !== "accepted" && delivery.kind !== "unknown") return [];
      const given = givenUpOn(delivery);
      if (given !== undefined) return [{ key, cause: given.words, monitors: [name] }];
      return delivery.kind === "accepted" ? [{ key, cause: null, monitors: [name] }] : [];
    });
  });
}

function addressFindings(delivered: readonly Delivered[]): readonly Finding[] {
  const addresses = new Map<string, Finding>();
  for (const { name, outcome } of delivered) {
    for (const address of outcome.kind === "accepted" ? outcome.accepted : [])
      addresses.set(address, { key: `address:${address}`, cause: null, monitors: [name] });
    for (const { address, reason } of outcome.kind === "unknown" ? [] : outcome.refused)
      addresses.set(address, { key: `address:${address}`, cause: reason, monitors: [name] });
  }
  return [...addresses.values()];
}

/** Incidents about what no longer exists: nothing else would ever resolve them. */
function goneFindings(read: MonitorsRead, { system }: StateFiles): readonly Finding[] {
  const isThere = present(read);
  return Object.keys(system)
    .filter((key) => !isThere(key))
    .map((key) => ({ key, cause: null, monitors: [] }));
}

/** Whether the subject of an incident still exists, or may exist: it is unknown what a broken file names. */
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
