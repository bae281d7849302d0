import { type Cron, fallsOn } from "./cron.ts";
import { occurrences } from "./occurrences.ts";
import { nextTransition, offsetAt, type Transition } from "./zone.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const DAYS = 366;

interface GapInput {
  readonly cron: Cron;
  readonly zone: string;
  /** Milliseconds. */
  readonly from: number;
}

/**
 * The least time in milliseconds between two occurrences in the 366 days from that one on; undefined if there are fewer
 * than two. Days without a clock change nearby are calculated once, since they are all alike; the others are taken from
 * `occurrences`.
 */
export function smallestGap({ cron, zone, from }: GapInput): number | undefined {
  const changes = transitions(zone, from);
  const firstDay = Math.floor((from + offsetAt(zone, from)) / DAY);
  const touched = new Set(changes.flatMap((change) => [-1, 0, 1].map((shift) => dayOf(change) + shift)));
  const calm = Array.from({ length: DAYS }, (_, index) => firstDay + index)
    .filter((day) => !touched.has(day) && fallsOn(cron, calendar(day)))
    .map((day) => day * DAY - offsetAt(zone, day * DAY));
  const minutes = cron.hours.flatMap((hour) => cron.minutes.map((minute) => (hour * 60 + minute) * MINUTE));
  const ends = calm.flatMap((midnight) => [midnight + (minutes[0] ?? 0), midnight + (minutes.at(-1) ?? 0)]);
  const around = changes.flatMap((change) => occurrencesAround({ cron, zone, change }));
  const instants = [...new Set([...ends, ...around])].sort((a, b) => a - b);
  return calm.length === 0 ? least(instants) : least(instants, least(minutes));
}

/** The smallest gap if it is under `least`, else undefined: for most crons the wall clock suffices. */
export function gapBelow(least: number, input: GapInput): number | undefined {
  if (wallGap(input.cron) - LONGEST_JUMP >= least) return undefined;
  const gap = smallestGap(input);
  return gap !== undefined && gap < least ? gap : undefined;
}

/** No clock change brings two occurrences closer together by more than this: no zone's clock jumps by more than two hours. */
const LONGEST_JUMP = 3 * 3_600_000;

/** On a wall clock without changes, as if every day were a day of the cron. */
function wallGap({ hours, minutes }: Cron): number {
  const times = hours.flatMap((hour) => minutes.map((minute) => (hour * 60 + minute) * MINUTE));
  return least([...times, DAY + (times[0] ?? 0)]) ?? DAY;
}

function transitions(zone: string, from: number): Transition[] {
  const found: Transition[] = [];
  for (let after = from; ; after = found.at(-1)?.at ?? after) {
    const change = nextTransition({ zone, after, until: from + DAYS * DAY });
    if (change === undefined) return found;
    found.push(change);
  }
}

/** Local day of a change, in days since 1970. */
function dayOf(change: Transition): number {
  return Math.floor((change.at + change.after) / DAY);
}

/** All occurrences on the day of the change, the one before and the one after. */
function occurrencesAround({
  cron,
  zone,
  change,
}: {
  readonly cron: Cron;
  readonly zone: string;
  readonly change: Transition;
}) {
  const after = (dayOf(change) - 1) * DAY - change.before - 1;
  const until = (dayOf(change) + 2) * DAY - change.after - 1;
  return [...occurrences({ cron, zone, after, until })];
}

function least(instants: readonly number[], other?: number): number | undefined {
  let gap = other;
  for (const [index, instant] of instants.entries()) {
    const before = instants[index - 1];
    if (before !== undefined && (gap === undefined || instant - before < gap)) gap = instant - before;
  }
  return gap;
}

function calendar(day: number): { month: number; day: number; weekday: number } {
  const date = new Date(day * DAY);
  return { month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay() };
}
