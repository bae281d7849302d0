import type { Monitor } from "../monitor.ts";
import type { Problem } from "../problem.ts";
import { cronOf, parseCron } from "../schedule/cron.ts";
import { durationInWords } from "../schedule/duration.ts";
import { gapBelow } from "../schedule/interval.ts";
import { clip, plainText } from "../view/plain-text.ts";
import { githubCron } from "./cron.ts";
import type { ScheduleSettings } from "./settings.ts";

/** One entry of `on.schedule`. */
export interface Trigger {
  /** As GitHub reads it. */
  readonly cron: string;
  /** IANA name; null: UTC. */
  readonly zone: string | null;
  /** Why it is there, for people; harmless single lines. */
  readonly reasons: readonly string[];
}

export interface Triggers {
  readonly triggers: readonly Trigger[];
  readonly problems: readonly Problem[];
}

/** What of a monitor decides when GitHub is to wake the checks, and what they need then. */
export type ScheduledMonitor = Pick<Monitor, "file" | "name" | "active" | "cron_schedule" | "timezone"> &
  Partial<Pick<Monitor, "channels" | "instance">>;

/** GitHub starts a schedule at most this often. */
const GITHUB_LEAST_GAP_MS = 5 * 60_000;

/** From here on, one tick for all is easier on GitHub and on readers than an entry for each. */
const MANY_TRIGGERS = 20;

/** The entries of `on.schedule` for the active monitors, sorted, each (cron, zone) once; and what is unwise about them. */
export function scheduleTriggers({
  monitors,
  schedule,
}: {
  readonly monitors: readonly ScheduledMonitor[];
  readonly schedule: ScheduleSettings;
}): Triggers {
  const active = monitors.filter((monitor) => monitor.active).toSorted((a, b) => compare(a.file, b.file));
  const exact = schedule.mode === "exact" && schedule.target === "github";
  const own = exact ? exactTriggers(active) : tickTriggers(schedule);
  const catchUp = catchUpTriggers(schedule);
  return {
    triggers: merge([...own.triggers, ...catchUp.triggers]),
    problems: [...modeProblems(schedule), ...own.problems, ...catchUp.problems],
  };
}

function exactTriggers(active: readonly ScheduledMonitor[]): Triggers {
  const triggers = active.map((monitor) => ({
    cron: githubCron(cronOf(monitor.cron_schedule)),
    zone: githubZone(monitor.timezone),
    reasons: [`${plainText(monitor.file)}: ${clip(plainText(monitor.name), 80)}`],
  }));
  const count = merge(triggers).length;
  const many = `The active monitors have ${count} distinct crons, each an entry of its own in the workflow; give some the same cron and timezone, or set schedule.mode to tick.`;
  return {
    triggers: merge(triggers),
    problems: [
      ...active.flatMap((monitor) =>
        cronProblems({ file: monitor.file, path: "cron_schedule", text: monitor.cron_schedule }),
      ),
      ...(count > MANY_TRIGGERS ? [configWarning("schedule.mode", many)] : []),
    ],
  };
}

/** Nothing of the monitors is in it: who changes lists alone has no workflow to write anew. */
function tickTriggers({ tick }: ScheduleSettings): Triggers {
  return setTrigger({ path: "schedule.tick", text: tick, reason: "The tick of all active monitors." });
}

function catchUpTriggers({ catchUp }: ScheduleSettings): Triggers {
  if (catchUp === null) return { triggers: [], problems: [] };
  const reason = "Catches up: triggers that GitHub dropped, failed checks, mails that are owed.";
  return setTrigger({ path: "schedule.catch_up", text: catchUp, reason });
}

/** A trigger whose cron stands in partwatch.yaml: nobody has looked at it yet. */
function setTrigger({ path, text, reason }: { readonly path: string; readonly text: string; readonly reason: string }) {
  const parsed = parseCron(text);
  if (parsed.kind === "invalid") {
    const problems = parsed.problems.map((problem) => ({ file: CONFIG, path, message: `"${text}": ${problem}` }));
    return { triggers: [], problems };
  }
  const trigger: Trigger = { cron: githubCron(parsed.cron), zone: null, reasons: [reason] };
  return { triggers: [trigger], problems: cronProblems({ file: CONFIG, path, text }) };
}

/** What GitHub makes of a valid cron that its author may not expect. */
function cronProblems({ file, path, text }: { readonly file: string; readonly path: string; readonly text: string }) {
  const problems: Problem[] = [];
  const cron = cronOf(text);
  // Clock changes are the business of the monitor's own least interval: any year will do, and no clock is asked.
  const gap = gapBelow(GITHUB_LEAST_GAP_MS, { cron, zone: "UTC", from: 0 });
  if (gap !== undefined) {
    const often = `"${cron.text}" asks for starts ${durationInWords(gap)} apart; GitHub takes that and never starts it. Leave at least ${durationInWords(GITHUB_LEAST_GAP_MS)}.`;
    problems.push({ file, path, message: often });
  }
  if (cron.minutes.includes(0)) {
    const fix = cron.minutes.length === 1 ? `write ${cron.text.replace(/^\S+/, "7")}, say` : "leave minute 0 out";
    const late = `"${cron.text}" starts at minute 0, when GitHub starts runs late, by hours at times, or drops them; ${fix}.`;
    problems.push({ file, path, message: late, severity: "warning" });
  }
  return problems;
}

function modeProblems({ mode, target }: ScheduleSettings): readonly Problem[] {
  if (target === "github" || mode === "tick") return [];
  const message =
    "GitHub Enterprise Server knows no time zone beside a cron: the workflow ticks instead. Remove schedule.mode, or set it to tick.";
  return [configWarning("schedule.mode", message)];
}

const CONFIG = "partwatch.yaml";

function configWarning(path: string, message: string): Problem {
  return { file: CONFIG, path, message, severity: "warning" };
}

/** Names of UTC are left out: that is what GitHub takes where no zone is named. */
function githubZone(zone: string): string | null {
  return /^(?:(?:Etc\/)?(?:UTC|UCT|Universal|Zulu|GMT|GMT[+-]?0|Greenwich))$/i.test(zone) ? null : zone;
}

function merge(triggers: readonly Trigger[]): readonly Trigger[] {
  const groups = Map.groupBy(triggers, ({ cron, zone }) => `${zone ?? ""} ${cron}`);
  return [...groups]
    .toSorted(([a], [b]) => compare(a, b))
    .flatMap(([, [first, ...others]]) =>
      first === undefined ? [] : [{ ...first, reasons: [first, ...others].flatMap(({ reasons }) => reasons) }],
    );
}

/** By code units: the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
