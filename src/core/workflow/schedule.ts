import type { Monitor } from "../monitor.ts";
import type { Problem } from "../problem.ts";
import { cronOf, parseCron } from "../schedule/cron.ts";
import { durationInWords } from "../schedule/duration.ts";
import { gapBelow } from "../schedule/interval.ts";
import type { ScheduleSettings, ScheduleTarget } from "../settings/workflow-settings.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { clip, plainText } from "../text/plain-text.ts";
import { githubCron } from "./cron.ts";
import { forgeName } from "./forge-name.ts";

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
  Partial<Pick<Monitor, "channels" | "instance" | "digest">>;

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
  const active = monitors.filter((monitor) => monitor.active).toSorted((a, b) => byCodeUnits(a.file, b.file));
  const exact = schedule.mode === "exact" && hasZones(schedule.target);
  const own = exact ? exactTriggers(active, schedule) : tickTriggers(schedule);
  const catchUp = catchUpTriggers(schedule);
  return {
    triggers: merge([...own.triggers, ...catchUp.triggers]),
    problems: [...modeProblems(schedule), ...own.problems, ...catchUp.problems],
  };
}

/** Whether a cron may have a time zone there; GitLab's are set in the project, one for all lists. */
function hasZones(target: ScheduleTarget): boolean {
  return target === "github" || target === "gitea" || target === "forgejo";
}

function exactTriggers(active: readonly ScheduledMonitor[], { target }: ScheduleSettings): Triggers {
  const own = active.map((monitor) => ({
    cron: githubCron(cronOf(monitor.cron_schedule)),
    zone: githubZone(monitor.timezone),
    reasons: [`${plainText(monitor.file)}: ${clip(plainText(monitor.name), 80)}`],
  }));
  const digest = digestTriggers(active, target);
  const triggers = [...own, ...digest.triggers];
  const count = merge(triggers).length;
  const many = `The active monitors have ${count} distinct crons, each an entry of its own in the workflow; give some the same cron and timezone, or set schedule.mode to tick.`;
  return {
    triggers: merge(triggers),
    problems: [
      ...active.flatMap((monitor) =>
        cronProblems({ file: monitor.file, path: "cron_schedule", text: monitor.cron_schedule, target }),
      ),
      ...digest.problems,
      ...(count > MANY_TRIGGERS ? [configWarning("schedule.mode", many)] : []),
    ],
  };
}

/** One for all lists that are in the digest, if there are any. */
function digestTriggers(active: readonly ScheduledMonitor[], target: ScheduleTarget): Triggers {
  const members = active.filter(({ digest = null }) => digest !== null);
  const digest = members[0]?.digest ?? null;
  if (digest === null) return { triggers: [], problems: [] };
  const lists = members.length === 1 ? "1 list" : `${members.length} lists`;
  return {
    triggers: [
      {
        cron: githubCron(cronOf(digest.cron)),
        zone: githubZone(digest.timezone),
        reasons: [`${CONFIG}: the digest of ${lists}`],
      },
    ],
    problems: cronProblems({ file: CONFIG, path: "digest", text: digest.cron, target }),
  };
}

/** Independent of the monitors: changing only lists requires no new workflow. */
function tickTriggers({ tick, target }: ScheduleSettings): Triggers {
  return setTrigger({ path: "schedule.tick", text: tick, reason: "The tick of all active monitors.", target });
}

function catchUpTriggers({ catchUp, target }: ScheduleSettings): Triggers {
  // GitLab's pipeline schedule ticks often enough to catch up by itself.
  if (catchUp === null || target === "gitlab") return { triggers: [], problems: [] };
  const reason = `Catches up on triggers that ${forgeName(target)} dropped, failed checks and unsent mails.`;
  return setTrigger({ path: "schedule.catch_up", text: catchUp, reason, target });
}

/** A trigger whose cron stands in partwatch.yaml: nobody has looked at it yet. */
function setTrigger({
  path,
  text,
  reason,
  target,
}: {
  readonly path: string;
  readonly text: string;
  readonly reason: string;
  readonly target: ScheduleTarget;
}) {
  const parsed = parseCron(text);
  if (parsed.kind === "invalid") {
    const problems = parsed.problems.map((problem) => ({ file: CONFIG, path, message: `"${text}": ${problem}` }));
    return { triggers: [], problems };
  }
  const trigger: Trigger = { cron: githubCron(parsed.cron), zone: null, reasons: [reason] };
  return { triggers: [trigger], problems: cronProblems({ file: CONFIG, path, text, target }) };
}

/** What GitHub makes of a valid cron that its author may not expect. */
function cronProblems({
  file,
  path,
  text,
  target,
}: {
  readonly file: string;
  readonly path: string;
  readonly text: string;
  readonly target: ScheduleTarget;
}) {
  const problems: Problem[] = [];
  if (target !== "github" && target !== "ghes") return problems;
  const cron = cronOf(text);
  // Clock changes are the business of the monitor's own least interval: any year will do, and no clock is asked.
  const gap = gapBelow(GITHUB_LEAST_GAP_MS, { cron, zone: "UTC", from: 0 });
  if (gap !== undefined) {
    const often = `"${cron.text}" asks for starts ${durationInWords(gap)} apart; GitHub takes that and never starts it. Leave at least ${durationInWords(GITHUB_LEAST_GAP_MS)}.`;
    problems.push({ file, path, message: often });
  }
  if (cron.minutes.includes(0)) {
    const fix = cron.minutes.length === 1 ? `write ${cron.text.replace(/^\S+/, "7")}, say` : "leave minute 0 out";
    const late = `"${cron.text}" starts at minute 0, when GitHub starts runs late, sometimes by hours, or drops them; ${fix}.`;
    problems.push({ file, path, message: late, severity: "warning" });
  }
  return problems;
}

function modeProblems({ mode, target }: ScheduleSettings): readonly Problem[] {
  if (hasZones(target) || mode === "tick") return [];
  const message =
    target === "gitlab"
      ? "GitLab starts pipelines by a schedule of the project, which ticks for all lists. Remove schedule.mode, or set it to tick."
      : "GitHub Enterprise Server knows no time zone beside a cron: the workflow ticks instead. Remove schedule.mode, or set it to tick.";
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
    .toSorted(([a], [b]) => byCodeUnits(a, b))
    .flatMap(([, [first, ...others]]) =>
      first === undefined ? [] : [{ ...first, reasons: [first, ...others].flatMap(({ reasons }) => reasons) }],
    );
}
