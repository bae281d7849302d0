// Pings a heartbeat server (Healthchecks, or one with the same API). Loaded only where a heartbeat is configured.
import { randomUUID } from "node:crypto";
import type { Clock, Log } from "../../core/ports.ts";
import type { Routes } from "../../core/settings/proxy.ts";
import { openAgent } from "../agent.ts";
import { type BodyFailure, failureInBody } from "../webhook/body-failure.ts";
import { type Outcome, postOnce } from "../webhook/post.ts";

/** What is reported. `log` adds a line to the server's log, which does not count as a run. */
export type Ping = "start" | "success" | "fail" | "log";

export interface PingOptions {
  /** Its name in messages; the address never appears. */
  readonly name: string;
  readonly url: string;
  readonly routes: Routes;
  readonly clock: Clock;
  readonly log: Log;
  /** Values that must not appear in words. */
  readonly secrets: readonly string[];
  /** Longest wait for one answer; default 5 s. */
  readonly timeoutMs?: number;
}

export interface Pinger {
  /** Sends a ping with some text; undefined once it was accepted, else why not. Never rejects; a few seconds at most. */
  readonly ping: (what: Ping, text?: string) => Promise<string | undefined>;
  readonly close: () => Promise<void>;
}

const ATTEMPTS = 2;
const PAUSE_MS = 300;
/** Healthchecks keeps this much of what it is sent. */
const MOST_BYTES = 10_000;

const PATHS: Readonly<Record<Ping, string>> = { start: "/start", success: "", fail: "/fail", log: "/log" };

/** All pings of one run: they share an id, by which the server matches start and end. */
export function openPinger(options: PingOptions): Pinger {
  const { name, url, routes, clock, log, secrets, timeoutMs = 5_000 } = options;
  const route = routes(url);
  const dispatcher = openAgent(route.proxy);
  const run = randomUUID();
  const once = (what: Ping, text: string): Promise<Outcome> =>
    postOnce({
      target: { variable: name, url: addressOf(url, { what, run }), route: route.words, secrets: [url, ...secrets] },
      body: { text: clipped(text), headers: { "content-type": "text/plain; charset=utf-8" } },
      dispatcher,
      clock,
      log,
      timeoutMs,
      ending: undefined,
      failureIn: failureSaid,
    });
  return {
    ping: async (what, text = "") => {
      // The final ping makes up for a lost start; what may have arrived is not sent again.
      const most = what === "start" ? 1 : ATTEMPTS;
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await once(what, text);
        if (outcome.kind === "accepted") return undefined;
        if (!outcome.again || outcome.isSent === true || attempt >= most) return outcome.message;
        await clock.sleep(PAUSE_MS);
      }
    },
    close: () => dispatcher.destroy(),
  };
}

/** https://healthchecks.io/docs/http_api/ */
function addressOf(address: string, { what, run }: { readonly what: Ping; readonly run: string }): string {
  const url = new URL(address);
  url.pathname = url.pathname.replace(/\/+$/, "") + PATHS[what];
  if (what !== "log") url.searchParams.set("rid", run);
  return url.href;
}

/** As much as is kept, in whole characters. */
function clipped(text: string): string {
  if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  return `${Buffer.from(text)
    .subarray(0, MOST_BYTES - 8)
    .toString("utf8")
    .replace(/\uFFFD+$/, "")}…`;
}

/** Older versions of Healthchecks say `OK (not found)`, and every one `OK (rate limited)`. */
function failureSaid(text: string): BodyFailure | undefined {
  const [, why] = /^OK \((not found|rate limited)\)/i.exec(text.trim()) ?? [];
  if (why === undefined) return failureInBody(text);
  return { words: "but has not counted it", again: false };
}
