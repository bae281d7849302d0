import type { Clock } from "../../core/ports.ts";
import type { Deps } from "../deps.ts";

/** Where the time of a run went, in milliseconds as they passed. What goes on side by side counts for each. */
export interface Times {
  /** Reading InvenTree. */
  readonly server: number;
  readonly calculation: number;
  /** Notifying people and admins, on whatever channel. */
  readonly mail: number;
  /** Reading and committing the state branch. */
  readonly state: number;
}

export interface Stopwatch {
  /** Counts how long a task takes, also one that fails. */
  readonly time: <T>(what: keyof Times, task: () => T) => T;
  readonly times: () => Times;
}

/** Nothing has taken any time yet. */
export function startStopwatch(clock: Clock): Stopwatch {
  const times = { server: 0, calculation: 0, mail: 0, state: 0 };
  return {
    times: () => ({ ...times }),
    time: (what, task) => {
      const started = clock.now().getTime();
      const stop = () => {
        times[what] += clock.now().getTime() - started;
      };
      try {
        const result = task();
        if (result instanceof Promise) result.then(stop, stop);
        else stop();
        return result;
      } catch (error) {
        stop();
        throw error;
      }
    },
  };
}

/** The same adapters, timed. */
export function timed(deps: Deps, { time }: Stopwatch): Deps {
  return {
    ...deps,
    inventree: (instance) => {
      const source = deps.inventree(instance);
      return { ...source, read: (need) => time("server", () => source.read(need)) };
    },
    store: {
      ...deps.store,
      read: () => time("state", () => deps.store.read()),
      commit: (delta, message) => time("state", () => deps.store.commit(delta, message)),
    },
    channels: deps.channels.map((channel) => ({
      ...channel,
      notify: (notification, log) => time("mail", () => channel.notify(notification, log)),
    })),
    admins: deps.admins.map((admin) => ({
      ...admin,
      notify: (notice, log) => time("mail", () => admin.notify(notice, log)),
    })),
  };
}
