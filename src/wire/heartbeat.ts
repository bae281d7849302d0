// Reports each scheduled run to a heartbeat server, which notices when no more come.
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
  /** Reports the start of a run, if a heartbeat server is configured; the run does not wait for it. */
  readonly begin: (found: FoundSettings) => void;
  /** Reports how the run ended: with these failures, or none. Never rejects; takes a few seconds at most. */
  readonly end: (failures: readonly string[]) => Promise<void>;
}

/** How long a run that was asked to end waits for its last ping. */
const LAST_PING_MS = 2_000;

/** The heartbeat of one run. A ping that fails is a warning in the log, and never a failure of the run. */
export function openHeartbeat(options: {
  readonly log: Log;
  readonly clock: Clock;
  /** Aborted when the process is to end in order. */
  readonly ending: AbortSignal;
}): Heartbeat {
  const { log, clock, ending } = options;
  let begun: Begun | undefined;
  return {
    begin: ({ config, variables, secrets }) => {
      if (config.heartbeat === null) return;
      const name = heartbeatName(config.heartbeat);
      const address = heartbeatAddress(config.heartbeat, variables);
      if (address.kind === "wrong") {
        log.warning(`${name} ${address.problem.message} No run is reported.`, STEP);
        return;
      }
      const target = { name, url: address.url, routes: routesIn(variables), clock, log, secrets };
      // Loaded only where a heartbeat is configured.
      const pinger = import("../notify/heartbeat/ping.ts").then(({ openPinger }) => openPinger(target));
      const send = async (what: Ping, text: string) => {
        const failed = await pinger.then(({ ping }) => ping(what, text)).catch((error) => failureOf(error).message);
        if (failed !== undefined) log.warning(`the heartbeat server of ${name} ${failed}; not reported: ${what}`, STEP);
      };
      begun = { pinger, secrets, send, start: send("start", "") };
    },
    end: async (failures) => {
      if (begun === undefined) return;
      const { pinger, secrets, send, start } = begun;
      begun = undefined;
      const text = publicText(failures.join("\n"), secrets);
      const sent = start.then(() => send(failures.length > 0 ? "fail" : "success", text));
      await (ending.aborted ? Promise.race([sent, clock.sleep(LAST_PING_MS)]) : sent);
      await pinger.then(({ close }) => close()).catch(() => undefined);
    },
  };
}

const STEP = { step: "heartbeat" };

interface Begun {
  readonly pinger: Promise<Pinger>;
  readonly secrets: readonly string[];
  readonly send: (what: Ping, text: string) => Promise<void>;
  /** Never rejects. */
  readonly start: Promise<void>;
}
