import type { HowMany, PlanReport, Ready, Report } from "../generated/report.ts";

/** What the JSON of a webhook says of days, and of a plan; each absent where the report has nothing of it. */
export interface AheadPayload {
  readonly ready?: readonly ReadyPayload[];
  /** Those that are not in time or have no day come first; beyond the first `most`. */
  readonly ready_left_out?: number;
  readonly how_many?: Readonly<Record<string, HowMany>>;
  readonly how_many_left_out?: number;
  readonly plan?: PlanPayload;
}

interface ReadyPayload extends Ready {
  readonly waits_for_left_out: number;
}

interface PlanPayload extends PlanReport {
  readonly lists_left_out: number;
  readonly not_for_all_left_out: number;
}

/** Parts that one entry waits for. */
const MOST_WAITS = 20;
/** Of each there are up to sixty days. */
const MOST_ASSEMBLIES = 50;

/** Takes it out of a report, at most so many rows of each. */
export function aheadPayload({ ready, how_many, plan }: Report, most: number): AheadPayload {
  return {
    ...(ready === undefined
      ? {}
      : {
          ready: ready
            .toSorted((a, b) => urgency(a) - urgency(b) || a.entry - b.entry)
            .slice(0, most)
            .map(readyPayload),
          ready_left_out: Math.max(0, ready.length - most),
        }),
    ...(how_many === undefined ? {} : howManyPayload(how_many)),
    ...(plan === undefined ? {} : { plan: planPayload(plan, most) }),
  };
}

function urgency({ in_time, state }: Ready): number {
  if (in_time === false) return 0;
  return state === "unknown" ? 1 : 2;
}

function readyPayload(ready: Ready): ReadyPayload {
  const { waits_for } = ready;
  return {
    ...ready,
    waits_for: waits_for.slice(0, MOST_WAITS),
    waits_for_left_out: Math.max(0, waits_for.length - MOST_WAITS),
  };
}

function howManyPayload(
  figures: NonNullable<Report["how_many"]>,
): Pick<AheadPayload, "how_many" | "how_many_left_out"> {
  const all = Object.entries(figures).flatMap(([pk, of]) => (of === undefined ? [] : [[pk, of] as const]));
  return {
    how_many: Object.fromEntries(
      all
        .slice(0, MOST_ASSEMBLIES)
        .map(([pk, { steps, without_day }]) => [pk, { steps, without_day: without_day.slice(0, MOST_WAITS) }]),
    ),
    how_many_left_out: Math.max(0, all.length - MOST_ASSEMBLIES),
  };
}

function planPayload({ lists, left_out, not_for_all }: PlanReport, most: number): PlanPayload {
  return {
    lists: lists.slice(0, most),
    lists_left_out: Math.max(0, lists.length - most),
    left_out: left_out.slice(0, most),
    not_for_all: not_for_all.slice(0, most),
    not_for_all_left_out: Math.max(0, not_for_all.length - most),
  };
}
