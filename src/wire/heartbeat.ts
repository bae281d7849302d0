// Whoever is to notice that no run comes any more is told of each that does.
import { publicText } from "../app/dashboard/public-text.ts";
import { failureOf } from "../core/failure.ts";
import type { Clock, Log } from "../core/ports.ts";
import type { Config } from "../core/settings/config.ts";
import { heartbeatAddress, heartbeatName } from "../core/settings/heartbeat-settings.ts";
import { routesIn } from "../core/settings/proxy.ts";
import type { Variables } from "../core/settings/variables.ts";
import type { Ping, Pinger } from "../notify/heartbeat/ping.ts";

/** The settings of a run, as soon as they are known. */
export interface FoundSettings {
  readonly config: Config;
  readonly variables: Variables;
  /** Values that must appear nowhere. */
  readonly secrets: readonly string[];
  readonly onDefaultBranch: boolean;
}

export interface Heartbeat {
  /** Tells the watcher, if one is named, that a run has begun; the run does not wait for it. */
  readonly begin: (found: FoundSettings) => void;
  /** Tells it how the run that has begun ended: with these failures, or well. Never rejects; takes a few seconds at most. */
  readonly end: (failures: readonly string[]) => Promise<void>;
}

/** A run that was asked to end has so long for a last word. */
const LAST_WORD_MS = 2_000;

/** The heart of one run. What the watcher does not hear is said in the log, and changes nothing of the run. */
export function openHeartbeat(options: {
  readonly log: Log;
  readonly clock: Clock;
  /** Aborted when the process is to end in order. */
  readonly ending: AbortSignal;
}): Heartbeat {
  const { log, clock, ending } = options;
  let beating: Beating | undefined;
  return {
    begin: ({ config, variables, secrets }) => {
      if (config.heartbeat === null) return;
      const name = heartbeatName(config.heartbeat);
      const address = heartbeatAddress(config.heartbeat, variables);
      if (address.kind === "wrong") {
        log.warning(`${name} ${address.problem.message} Nobody is told that runs come.`, STEP);
        return;
      }
      const target = { name, url: address.url, routes: routesIn(variables), clock, log, secrets };
      // Who names no watcher never loads what tells one.
      const pinger = import("../notify/heartbeat/ping.ts").then(({ openPinger }) => openPinger(target));
      const tell = async (what: Ping, text: string) => {
        const failed = await pinger.then(({ ping }) => ping(what, text)).catch((error) => failureOf(error).message);
        if (failed !== undefined) log.warning(`the watcher of ${name} ${failed}; it was not told: ${what}`, STEP);
      };
      beating = { pinger, secrets, tell, begun: tell("start", "") };
    },
    end: async (failures) => {
      if (beating === undefined) return;
      const { pinger, secrets, tell, begun } = beating;
      beating = undefined;
      const text = publicText(failures.join("\n"), secrets);
      const told = begun.then(() => tell(failures.length > 0 ? "fail" : "success", text));
      await (ending.aborted ? Promise.race([told, clock.sleep(LAST_WORD_MS)]) : told);
      await pinger.then(({ close }) => close()).catch(() => undefined);
    },
  };
}

const STEP = { step: "heartbeat" };

interface Beating {
  readonly pinger: Promise<Pinger>;
  readonly secrets: readonly string[];
  readonly tell: (what: Ping, text: string) => Promise<void>;
  /** Never rejects. */
  readonly begun: Promise<void>;
}
