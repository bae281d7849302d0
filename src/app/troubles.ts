import { formatProblem } from "../core/problem.ts";
import type { StateFiles, Trouble } from "../core/state.ts";
import {
  endedTrouble,
  type Finding,
  instanceFindings,
  nextTroubles,
  type TroubleNews,
  toldTrouble,
} from "../core/trouble.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import type { Receipt } from "../notify/channel.ts";
import { deliveryFindings } from "./delivery-findings.ts";
import type { Deps } from "./deps.ts";
import type { Reading } from "./read.ts";
import type { MonitorOutcome } from "./remember.ts";

/**
 * Tells the admins of what began and what is over, once each on every channel that they have, and returns what is to be
 * remembered of it. What they could not be told now is told by a later run.
 */
export async function settleTroubles(question: {
  readonly deps: Deps;
  readonly read: MonitorsRead;
  readonly state: StateFiles;
  readonly outcomes: readonly MonitorOutcome[];
  readonly readings: ReadonlyMap<string, Reading>;
  readonly at: Date;
}): Promise<Readonly<Record<string, Trouble | null>>> {
  const { deps, state } = question;
  // Who does not know what the admins were told would tell them again, with every run.
  if (state.broken.some(({ path }) => path === "system.json")) return {};
  const at = question.at.toISOString();
  const channels = deps.admins.map(({ name }) => name);
  const step = nextTroubles({ system: state.system, findings: findingsOf(question), channels, at });
  const system: Record<string, Trouble | null> = { ...step.system };
  for (const [key, all] of Map.groupBy(step.news, (news) => news.key)) {
    let trouble = step.system[key] ?? state.system[key];
    if (trouble === undefined) continue;
    const receipts = await tellAdmins(question, { news: all, trouble });
    let accepted = 0;
    for (const [index, { kind, channel }] of all.entries()) {
      const receipt = receipts[index];
      if (receipt?.kind !== "accepted") continue;
      accepted += 1;
      const ref = channel === "issue" ? { ref: receipt.ref } : {};
      trouble =
        kind === "begins" ? toldTrouble(trouble, { channel, at, ...ref }) : endedTrouble(trouble, { channel, at });
    }
    const isOver = step.system[key] === null && accepted === all.length;
    // An end that somebody has not heard of stays to be told.
    if (!isOver && accepted > 0) system[key] = trouble;
    else if (!isOver && step.system[key] === null) delete system[key];
  }
  return system;
}

async function tellAdmins(
  { deps, at }: Pick<Parameters<typeof settleTroubles>[0], "deps" | "at">,
  { news, trouble }: { readonly news: readonly TroubleNews[]; readonly trouble: Trouble },
): Promise<readonly (Receipt | undefined)[]> {
  const receipts: (Receipt | undefined)[] = [];
  for (const one of news) {
    const ref = trouble.refs?.[one.channel];
    const notice = { ...one, since: new Date(one.since), at, links: { ...deps.links, inventree: "" } };
    const admin = deps.admins.find(({ name }) => name === one.channel);
    const log = deps.log.with({ step: "admin" });
    receipts.push(await admin?.tell(ref === undefined ? notice : { ...notice, ref }, log));
  }
  return receipts;
}

function findingsOf({ read, state, outcomes, readings }: Parameters<typeof settleTroubles>[0]): readonly Finding[] {
  const namesOf = (instance: string) =>
    outcomes
      .filter(({ selected }) => selected.monitor.instance === instance)
      .map(({ selected }) => selected.monitor.name);
  const servers = [...readings].flatMap(([instance, reading]) =>
    instanceFindings(instance, reading.kind === "failed" ? reading.failure : null, namesOf(instance)),
  );
  return [
    ...servers,
    ...fileFindings(read, state),
    ...checkFindings(read, state, outcomes),
    ...stateFindings(state, outcomes),
    ...deliveryFindings(outcomes),
  ];
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
    if (outcome.kind === "skipped" || outcome.failure.trouble !== undefined) return [];
    // These are one trouble for all lists: of the server, or of the state branch.
    if (outcome.failure.kind === "inventree" || outcome.failure.kind === "state") return [];
    return [{ key: `check:${id}`, cause: outcome.failure.message, monitors: [name] }];
  });
  const present = new Set(read.monitors.map((monitor) => monitor.id));
  const gone = Object.keys(state.system).filter(
    (key) => key.startsWith("check:") && !present.has(key.slice("check:".length)),
  );
  return [...found, ...gone.map((key) => ({ key, cause: null, monitors: [] }))];
}

/** A file of the state branch that cannot be read is one trouble, however many lists it keeps from being told. */
function stateFindings({ broken }: StateFiles, outcomes: readonly MonitorOutcome[]): readonly Finding[] {
  if (broken.length === 0) return [{ key: "state", cause: null, monitors: [] }];
  const untold = outcomes.filter((outcome) => outcome.kind === "failed" && outcome.failure.kind === "state");
  const cause = broken.map(({ path, message }) => `${path}: ${message}`).join("\n");
  return [{ key: "state", cause, monitors: untold.map(({ selected }) => selected.monitor.name) }];
}
