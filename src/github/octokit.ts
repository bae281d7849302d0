// Connects GitHub's API: the token, time-outs, rate limits, retries; everything else is up to the callers.

import { getOctokit } from "@actions/github";
import { backOffMs } from "../core/back-off.ts";
import { FailureError } from "../core/failure.ts";
import { FORGE_NAMES, type Forge } from "../core/forge.ts";
import type { CallLimits, GithubAnswer, GithubApi } from "../core/github-api.ts";
import type { Clock, Log } from "../core/ports.ts";
import { defined } from "../core/records.ts";
import { msUntil } from "../core/retry-after.ts";
import { plainText } from "../core/text/plain-text.ts";
import { unlessAborted } from "../core/unless-aborted.ts";
import { type CallOutcome, outcomeOfAnswer, outcomeOfError } from "./outcome.ts";

export interface GithubSettings {
  readonly token: string;
  /** `owner/name`, as in GITHUB_REPOSITORY. */
  readonly repository: string;
  /** As in GITHUB_API_URL: `https://api.github.com`. */
  readonly apiUrl: string;
  /** As in GITHUB_GRAPHQL_URL: `https://api.github.com/graphql`. */
  readonly graphqlUrl: string;
  /** Absent: GitHub. */
  readonly forge?: Forge;
  /** Per request; default 30 s. */
  readonly timeoutMs?: number;
}

export interface GithubConnection {
  readonly settings: GithubSettings;
  readonly clock: Clock;
  readonly log: Log;
}

const firstWaitMs = 500;
const longestWaitMs = 10_000;
/** If a secondary rate limit does not say how long to wait. */
const limitedWaitMs = 5_000;

/** GitHub's API for one repository. Throws FailureError (kind config) if the settings cannot work. */
export function connectGithub({ settings, clock, log }: GithubConnection): GithubApi {
  const [owner = "", name = "", ...rest] = settings.repository.split("/");
  if (owner === "" || name === "" || rest.length > 0) {
    throw misconfigured(`GITHUB_REPOSITORY is "${settings.repository}": it must be owner/name`);
  }
  if (settings.token === "") {
    throw misconfigured(`GITHUB_TOKEN is not set. Add to the step: env: { GITHUB_TOKEN: "\${{ github.token }}" }`);
  }
  const octokit = getOctokit(settings.token, { baseUrl: settings.apiUrl.replace(/\/+$/, ""), userAgent: "partwatch" });
  const quiet = { debug: ignore, info: ignore, warn: (text: string) => log.debug(text), error: ignore };

  const left = new Map<string, number>();
  const once = async (request: Request, { ending }: CallLimits): Promise<CallOutcome> => {
    const timeout = AbortSignal.timeout(settings.timeoutMs ?? 30_000);
    const started = clock.now().getTime();
    const outcome = await octokit
      .request({
        method: request.method,
        url: request.url,
        ...(request.body && { data: request.body }),
        request: { signal: ending === undefined ? timeout : AbortSignal.any([timeout, ending]), log: quiet },
      })
      .then((response) => {
        const requests = Number(response.headers["x-ratelimit-remaining"]);
        if (Number.isInteger(requests)) left.set(String(response.headers["x-ratelimit-resource"] ?? ""), requests);
        return outcomeOfAnswer(response);
      }, outcomeOfError);
    const ms = clock.now().getTime() - started;
    log.debug(`${request.label}: ${outcome.status ?? "no answer"}`, { step: "github", ms, bytes: outcome.bytes });
    return outcome;
  };

  const ask = async (request: Request, limits: CallLimits): Promise<GithubAnswer> => {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = hide(await once(request, limits), settings.token);
      const waitMs = pause({ outcome, attempt, clock, repeatable: limits.repeatable });
      const isLast = waitMs === undefined || limits.ending?.aborted === true;
      if (isLast || clock.now().getTime() + waitMs > limits.until.getTime()) {
        return answerOf(outcome, request.label);
      }
      log.info(`${request.label}: ${outcome.message}; trying again in ${waitMs} ms`, {
        step: "github",
        attempt,
        wait_ms: waitMs,
      });
      limits.onWait?.();
      await unlessAborted(clock.sleep(waitMs), limits.ending);
      if (limits.ending?.aborted) return answerOf(outcome, request.label);
    }
  };

  return {
    service: FORGE_NAMES[settings.forge ?? "github"],
    owner,
    name,
    requestsLeft: () => (left.size === 0 ? undefined : Math.min(...left.values())),
    rest: ({ method, path, body, ...limits }) => {
      const url = `/repos/${owner}/${name}${path}`;
      return ask({ method, url, label: `[${method}] ${url}`, ...(body && { body }) }, limits);
    },
    graphql: ({ query, variables, ...limits }) => {
      const operation = /^\s*((?:query|mutation)\s+\w+)/.exec(query)?.[1] ?? "operation without a name";
      const url = settings.graphqlUrl;
      return ask({ method: "POST", url, label: `[POST] graphql ${operation}`, body: { query, variables } }, limits);
    },
  };
}

interface Request {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly url: string;
  readonly label: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

interface Attempt {
  readonly outcome: CallOutcome;
  readonly attempt: number;
  readonly clock: Clock;
  readonly repeatable: boolean;
}

/** How long to wait before the next attempt, in milliseconds; undefined: there is none. */
function pause({ outcome, attempt, clock, repeatable }: Attempt): number | undefined {
  if (outcome.kind === "done" || outcome.kind === "refused") return undefined;
  if (outcome.kind === "unanswered" && !repeatable) return undefined;
  const firstMs = outcome.kind === "limited" ? limitedWaitMs : firstWaitMs;
  const { retryAt } = outcome;
  if (retryAt === undefined)
    return backOffMs({ attempt, firstMs, longestMs: longestWaitMs, sure: 0.5, chance: clock.random() });
  const askedMs = msUntil(retryAt, clock.now());
  // At least as long as the server says; with jitter, so that waiting clients do not all come back at the same moment.
  return Math.round(askedMs + firstWaitMs * clock.random());
}

function answerOf(outcome: CallOutcome, request: string): GithubAnswer {
  switch (outcome.kind) {
    case "done":
      return { kind: "done", body: outcome.body };
    case "refused":
      return { kind: "refused", status: outcome.status, errors: outcome.errors, request };
    case "limited":
      return { kind: "limited", status: outcome.status, message: outcome.message, request };
    case "unanswered": {
      const { status, message } = outcome;
      return { kind: "unanswered", message, request, ...defined({ status }) };
    }
  }
}

/** The same outcome as plain text without the token, in case a proxy echoes it. */
function hide(outcome: CallOutcome, token: string): CallOutcome {
  if (outcome.kind === "done") return outcome;
  const clean = (text: string) => plainText(text.replaceAll(token, "***"));
  if (outcome.kind !== "refused") return { ...outcome, message: clean(outcome.message) };
  const errors = outcome.errors.map((error) => ({ ...error, message: clean(error.message) }));
  return { ...outcome, errors, message: clean(outcome.message) };
}

function misconfigured(message: string): FailureError {
  return new FailureError({ kind: "config", retryable: false, message });
}

function ignore(): void {}
