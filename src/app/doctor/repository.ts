import { broken, type Diagnosis, ok, warning } from "../../core/diagnosis.ts";
import { FailureError } from "../../core/failure.ts";
import { overdue, overdueWords } from "../../core/notification/overdue.ts";
import { isError, problemText } from "../../core/problem.ts";
import { own } from "../../core/records.ts";
import { forgeName } from "../../core/workflow/forge-name.ts";
import type { StateStore } from "../../state/store.ts";
import { hasWorkflow } from "../../system/workflow-files.ts";
import { generate } from "../generate.ts";
import { noLists, notOurs } from "../run/belonging.ts";
import type { DoctorDeps } from "./deps.ts";

/** The lists, partwatch.yaml and .env. */
export function examineFiles({
  root,
  read,
  dotenv,
}: Pick<DoctorDeps, "root" | "read" | "dotenv">): readonly Diagnosis[] {
  const area = "Files";
  const errors = [...read.problems.filter(isError), ...dotenv.problems];
  const none = noLists(read, root);
  // A missing folder is reported with it.
  const warnings = read.problems.filter(
    (problem) => !isError(problem) && (none === undefined || problem.file !== "monitors"),
  );
  const count = read.monitors.length;
  const plans = read.monitors.filter(({ plan }) => plan !== undefined).length;
  const ofThem = plans === 0 ? "" : plans === 1 ? ", 1 of them a plan" : `, ${plans} of them plans`;
  const words = count === 1 ? "1 monitor" : `${count} monitors${ofThem}`;
  return [
    ...(none === undefined ? [] : [broken({ area, message: none })]),
    ...(errors.length > 0 || none !== undefined ? [] : [ok(area, `${words}, and nothing is wrong with the files.`)]),
    ...errors.slice(0, 10).map((problem) => broken({ area, message: problemText(problem) })),
    ...(errors.length > 10
      ? [broken({ area, message: `There are ${errors.length - 10} more problems.`, fix: "Run: partwatch validate" })]
      : []),
    ...warnings.map((problem) => warning({ area, message: problemText(problem) })),
    ...(dotenv.isExposed ? [warning({ area, message: EXPOSED, fix: HIDE })] : []),
  ];
}

const EXPOSED = ".env is for secrets, and Git does not ignore it: with the next commit others can read them.";
const HIDE =
  "Write .env into .gitignore. If it was committed already: git rm --cached .env, then new tokens and passwords.";

/** The state branch. */
export async function examineState({
  store,
  place,
  read: lists,
}: Pick<DoctorDeps, "store" | "place" | "read">): Promise<readonly Diagnosis[]> {
  const area = "State";
  const read = await stateOf(store);
  if (read.kind === "failed") return [broken({ area, message: read.message })];
  const other = notOurs({ label: store.label, root: place, read: lists, state: read.state });
  if (other !== undefined) return [broken({ area, message: other })];
  const { broken: files, runs } = read.state;
  if (files.length > 0)
    return files.map(({ path, message }) => broken({ area, message: `${store.label}, ${path}: ${message}` }));
  const count = Object.keys(runs).length;
  const words = count === 0 ? "nothing recorded yet" : count === 1 ? "1 monitor" : `${count} monitors`;
  return [ok(area, `${store.label}: readable; ${words}${count === 0 ? "" : " remembered"}.`)];
}

/** The workflows of this checkout. */
export async function examineWorkflows({
  root,
  read,
}: Pick<DoctorDeps, "root" | "read">): Promise<readonly Diagnosis[]> {
  const area = "Workflow";
  if (read.problems.some(isError)) {
    const message = "The workflows were not compared with the monitors.";
    return [warning({ area, message, fix: "Fix the files first." })];
  }
  if (!hasWorkflow(root)) {
    const message = `There is no workflow here: ${forgeName(read.config.schedule.target)} starts no checks.`;
    const fix = "Run partwatch generate and commit what it writes, or let a scheduler of your own start partwatch run.";
    return [warning({ area, message, fix })];
  }
  const { monitors, config, locate } = read;
  const { diffs, problems } = await generate({ root, check: true, monitors, config, locate });
  const errors = problems.filter(isError);
  const stale = {
    area,
    message: `${[...diffs.keys()].join(", ")}: out of date.`,
    fix: "Run partwatch generate, and commit what it writes.",
  };
  return [
    ...errors.map((problem) => broken({ area, message: problemText(problem) })),
    ...(diffs.size > 0 ? [broken(stale)] : []),
    ...(errors.length + diffs.size === 0 ? [ok(area, "Workflows are up to date.")] : []),
    ...problems
      .filter((problem) => !isError(problem))
      .map((problem) => warning({ area, message: problemText(problem) })),
  ];
}

/** Whether the monitors are checked when they are due. */
export async function examineSchedules(
  { store, read }: Pick<DoctorDeps, "store" | "read">,
  now: Date,
): Promise<readonly Diagnosis[]> {
  const area = "Schedule";
  const known = await stateOf(store);
  // Problems of the state branch are reported once.
  if (known.kind === "failed" || known.state.broken.some(({ path }) => path === "runs.json")) return [];
  const { runs } = known.state;
  const active = read.monitors.filter((monitor) => monitor.active);
  const never = active.filter(({ id }) => own(runs, id) === undefined);
  const late = active.flatMap((monitor) => {
    const found = overdue({ monitor, lastRun: own(runs, monitor.id)?.last_run, now });
    return found === null
      ? []
      : [warning({ area, message: `${monitor.id} is overdue: ${overdueWords(found)}.`, fix: LATE })];
  });
  const unseen = `Never checked so far: ${never.map(({ id }) => id).join(", ")}.`;
  return [
    ...(never.length > 0
      ? [warning({ area, message: unseen, fix: "The next run checks them; or run it now: partwatch run" })]
      : []),
    ...late,
    ...(active.length > 0 && never.length + late.length === 0
      ? [ok(area, "Every active monitor was checked when it was due.")]
      : []),
  ];
}

const LATE =
  "Look at what starts the checks: the Actions tab, the pipelines on GitLab, or your own scheduler and its log.";

async function stateOf(store: StateStore) {
  try {
    return { kind: "read", state: await store.read() } as const;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { kind: "failed", message: error.failure.message } as const;
  }
}
