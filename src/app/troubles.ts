import { formatProblem } from "../core/problem.ts";
import type { StateFiles, Trouble } from "../core/state.ts";
import { type Finding, instanceFindings, nextTroubles, toldTrouble } from "../core/trouble.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import type { Deps } from "./deps.ts";
import type { Reading } from "./read.ts";
import type { MonitorOutcome } from "./remember.ts";

/**
 * Tells the admins of what began and what is over, once each, and returns what is to be remembered of it. What they could
 * not be told now is told by a later run.
 */
export async function settleTroubles(question: {
  readonly deps: Deps;
  readonly read: MonitorsRead;
  readonly state: StateFiles;
  readonly outcomes: readonly MonitorOutcome[];
  readonly readings: ReadonlyMap<string, Reading>;
  readonly at: Date;
}): Promise<Readonly<Record<string, Trouble | null>>> {
  const { deps, state, at } = question;
  // Who does not know what the admins were told would tell them again, with every run.
  if (state.broken.some(({ path }) => path === "system.json")) return {};
  const step = nextTroubles({ system: state.system, findings: findingsOf(question), at: at.toISOString() });
  const system: Record<string, Trouble | null> = { ...step.system };
  if (deps.admin === null) return system;
  for (const news of step.news) {
    const receipt = await deps.admin.tell(
      { ...news, since: new Date(news.since), at, links: { ...deps.links, inventree: "" } },
      deps.log.with({ step: "admin" }),
    );
    if (receipt.kind === "failed") {
      // An end that nobody heard of stays to be told.
      if (news.kind === "over") delete system[news.key];
      continue;
    }
    if (news.kind === "begins") system[news.key] = toldTrouble(news, "email", at.toISOString());
  }
  return system;
}

function findingsOf({ read, state, outcomes, readings }: Parameters<typeof settleTroubles>[0]): readonly Finding[] {
  const namesOf = (instance: string) =>
    outcomes
      .filter(({ selected }) => selected.monitor.instance === instance)
      .map(({ selected }) => selected.monitor.name);
  const servers = [...readings].flatMap(([instance, reading]) =>
    instanceFindings(instance, reading.kind === "failed" ? reading.failure : null, namesOf(instance)),
  );
  return [...servers, ...fileFindings(read, state), ...checkFindings(read, state, outcomes), ...mailFindings(outcomes)];
}

/** Files that cannot be used: each is one trouble, whatever number of problems it has. A file that is gone is well again. */
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
  const well = remembered
    .filter((file) => !byFile.has(file))
    .map((file) => ({ key: `file:${file}`, cause: null, monitors: [file] }));
  return [...broken, ...well];
}

/** Lists that could be read but not counted; well again once a check has counted them, or with their file. */
function checkFindings(read: MonitorsRead, state: StateFiles, outcomes: readonly MonitorOutcome[]): readonly Finding[] {
  const found = outcomes.flatMap((outcome): Finding[] => {
    const { id, name } = outcome.selected.monitor;
    if (outcome.kind === "checked") return [{ key: `check:${id}`, cause: null, monitors: [name] }];
    if (outcome.kind === "skipped" || outcome.failure.kind === "inventree" || outcome.failure.trouble !== undefined)
      return [];
    return [{ key: `check:${id}`, cause: outcome.failure.message, monitors: [name] }];
  });
  const present = new Set(read.monitors.map((monitor) => monitor.id));
  const gone = Object.keys(state.system).filter(
    (key) => key.startsWith("check:") && !present.has(key.slice("check:".length)),
  );
  return [...found, ...gone.map((key) => ({ key, cause: null, monitors: [] }))];
}

function mailFindings(outcomes: readonly MonitorOutcome[]): readonly Finding[] {
  const deliveries = outcomes.flatMap((outcome) =>
    outcome.kind === "checked"
      ? outcome.tellings.deliveries.map((delivery) => ({
          name: outcome.selected.monitor.name,
          delivery: delivery.outcome,
        }))
      : [],
  );
  const failed = deliveries.flatMap(({ name, delivery }) =>
    delivery.kind === "failed" && delivery.refused.length === 0 ? [{ name, failure: delivery.failure }] : [],
  );
  const worked = deliveries.some(({ delivery }) => delivery.kind === "accepted");
  const addresses = new Map<string, Finding>();
  for (const { name, delivery } of deliveries) {
    if (delivery.kind === "would_tell") continue;
    if (delivery.kind === "accepted")
      for (const address of delivery.accepted)
        addresses.set(address, { key: `address:${address}`, cause: null, monitors: [name] });
    for (const { address, reason } of delivery.refused)
      addresses.set(address, { key: `address:${address}`, cause: reason, monitors: [name] });
  }
  const [first] = failed;
  const mail: Finding[] =
    first === undefined
      ? []
      : [{ key: "mail", cause: first.failure.message, monitors: failed.map(({ name }) => name) }];
  const well: Finding[] = first === undefined && worked ? [{ key: "mail", cause: null, monitors: [] }] : [];
  return [...addresses.values(), ...mail, ...well];
}
