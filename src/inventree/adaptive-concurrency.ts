import pLimit from "p-limit";

/** How many pages of large lists are in flight, depending on how the server copes. */
export interface Pace {
  readonly run: <T>(task: () => Promise<T>) => Promise<T>;
  /** An answer came. Only answers of the same kind (a listing and its page size) are compared. */
  readonly answered: (kind: string, ms: number) => void;
  /** An answer did not come, or an error of the server came instead. */
  readonly slowDown: () => void;
  /** In flight at most, now. */
  readonly width: () => number;
}

/** Two pages at once are as fast as four on a server with two cores; a faster one shows by staying as fast at more. */
const FIRST_WIDTH = 2;
/** Pages far into a list take up to 1.7 times as long as its first: that is normal. */
const SLOWER = 2;
/** Real pages of hundreds of rows take longer than this; of shorter ones, twice as long is noise. */
const NOISE_MS = 100;

/**
 * Begins with two in flight. As long as answers stay as fast as the best of their kind, one more is tried, up to `most`;
 * when they take twice as long, one fewer, and the next trial waits twice as long; after an error half as many.
 */
export function startPace(most: number): Pace {
  const slots = pLimit(Math.min(FIRST_WIDTH, most));
  const best = new Map<string, number>();
  let good = 0;
  let goodNeeded = FIRST_WIDTH;
  const resize = (width: number) => {
    slots.concurrency = Math.max(1, Math.min(most, width));
    good = 0;
  };
  return {
    run: (task) => slots(task),
    width: () => slots.concurrency,
    answered: (kind, ms) => {
      const least = Math.min(best.get(kind) ?? ms, ms);
      best.set(kind, least);
      if (ms > SLOWER * Math.max(least, NOISE_MS)) {
        goodNeeded *= 2;
        resize(slots.concurrency - 1);
      } else if (++good >= goodNeeded) {
        resize(slots.concurrency + 1);
      }
    },
    slowDown: () => {
      goodNeeded *= 2;
      resize(Math.floor(slots.concurrency / 2));
    },
  };
}
