import { CronExpression, CronExpressionParser, type CronFieldCollection } from "cron-parser";
import { type Cron, canonicalCron } from "./cron.ts";
import { nextTransition, offsetAt, recentTransition, type Transition } from "./zone.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A skipped time counts in the hour to which the clock jumps; no clock jumps by more than two. */
const LANDING = 3 * HOUR;

export interface OccurrenceRange {
  readonly cron: Cron;
  readonly zone: string;
  /** Milliseconds; not included. */
  readonly after: number;
  /** Milliseconds; included. */
  readonly until: number;
}

/**
 * The instants (milliseconds) at which the cron occurs in its zone, ascending. They come from cron-parser's next() alone.
 *
 * Between two clock changes next() runs on the zone's wall clock, where no hour is missing or repeated: on the wall
 * clock of a zone that changes by half an hour (Australia/Lord_Howe) cron-parser loses occurrences or never ends. At a
 * change: a skipped local time counts at the first instant that next() gives in the zone; one that occurs twice counts
 * once, unless the hour field is `*` or a step of it.
 */
export function* occurrences({ cron, zone, after, until }: OccurrenceRange): Generator<number> {
  let previous = recentTransition(zone, after);
  let from = after;
  while (from < until) {
    // A year without a change is a stretch like any other: it ends where the search for the next change ends.
    const horizon = Math.min(until, from + 366 * DAY);
    const change = nextTransition({ zone, after: Math.max(from, previous?.at ?? from), until: horizon });
    const last = change === undefined ? horizon : change.at - 1;
    yield* stretch({ cron, zone, previous, after: from, until: last });
    previous = change;
    from = last;
  }
}

/** The occurrences after that instant; they end if none follows within eight years (29 February needs as many). */
export function* laterOccurrences({ cron, zone, after }: Omit<OccurrenceRange, "until">): Generator<number, undefined> {
  for (let last: number | undefined = after, from = after; last !== undefined; from = last ?? from) {
    last = undefined;
    for (const at of occurrences({ cron, zone, after: from, until: from + 8 * 366 * DAY })) {
      yield at;
      last = at;
    }
  }
}

/** The first of them; undefined if there is none. */
export function nextOccurrence(span: Omit<OccurrenceRange, "until">): number | undefined {
  const [first] = laterOccurrences(span);
  return first;
}

/** The latest occurrence in the span, found from its end backwards in growing windows. */
export function latestOccurrence({ cron, zone, after, until }: OccurrenceRange): number | undefined {
  for (let window = 2 * HOUR; ; window *= 6) {
    const start = Math.max(after, until - window);
    const found = [...occurrences({ cron, zone, after: start, until })].at(-1);
    if (found !== undefined || start === after) return found;
  }
}

/** Occurrences in a span without a clock change, except `previous`, which may be at its very start or shortly before. */
function* stretch({
  previous,
  ...span
}: OccurrenceRange & { readonly previous: Transition | undefined }): Generator<number> {
  const madeUp = previous === undefined ? [] : skippedBy(previous, span);
  const repeated = previous === undefined || span.cron.everyHour ? undefined : repeatedBy(previous);
  for (const instant of wallClock(span)) {
    while (madeUp[0] !== undefined && madeUp[0] < instant) yield madeUp.shift() ?? instant;
    if (madeUp[0] === instant) madeUp.shift();
    if (repeated === undefined || instant >= repeated) yield instant;
  }
  yield* madeUp;
}

/** While a zone's offset is constant, next() on its wall clock is next() in UTC, shifted. */
function* wallClock({ cron, zone, after, until }: OccurrenceRange): Generator<number> {
  const offset = offsetAt(zone, after + 1);
  const next = nextFrom({ cron, zone: "UTC", after: after + offset });
  for (let wall = next(); wall !== undefined && wall - offset <= until; wall = next()) yield wall - offset;
}

/** What next() returns in the zone for local times that the change skipped; empty if it skipped none of the cron's. */
function skippedBy(change: Transition, { cron, zone, after, until }: OccurrenceRange): number[] {
  if (change.after <= change.before || change.at + LANDING <= after) return [];
  const gap = { cron, zone: "UTC", after: change.at + change.before - 1 };
  const skipped = nextFrom(gap)();
  if (skipped === undefined || skipped >= change.at + change.after) return [];
  const next = nextFrom({ cron, zone, after: change.at - 1000 });
  const instants: number[] = [];
  for (let at = next(); at !== undefined && at < change.at + LANDING; at = next()) instants.push(at);
  return instants.filter((at) => at > after && at <= until);
}

/** The end of the hours that the change repeats; undefined if it repeats none. */
function repeatedBy(change: Transition): number | undefined {
  return change.after < change.before ? change.at + change.before - change.after : undefined;
}

/** next() of cron-parser as a function of instants; undefined once it finds nothing more. */
function nextFrom({ cron, zone, after }: Omit<OccurrenceRange, "until">): () => number | undefined {
  const expression = new CronExpression(fieldsOf(cron), { tz: zone, currentDate: new Date(after) });
  return () => {
    try {
      return expression.next().getTime();
    } catch {
      // cron-parser gives up if a clock changes by half an hour (loop limit); then nothing was skipped.
      return undefined;
    }
  };
}

// A search may start a dozen times, and parsing takes longer than searching.
const parsed = new WeakMap<Cron, CronFieldCollection>();

function fieldsOf(cron: Cron): CronFieldCollection {
  const fields = parsed.get(cron) ?? CronExpressionParser.parse(canonicalCron(cron)).fields;
  parsed.set(cron, fields);
  return fields;
}
