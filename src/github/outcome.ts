// The outcome of one request to GitHub, read from octokit's answer or error.

import type { GithubApiError } from "../core/github-api.ts";
import { defined, field, isRecord, textIn } from "../core/records.ts";
import { type RetryAfter, readRetryAfter } from "../core/retry-after.ts";

export type CallOutcome =
  | {
      readonly kind: "done";
      readonly status: number;
      readonly bytes: number;
      readonly message: "";
      readonly body: unknown;
    }
  | (Refused & { readonly kind: "refused"; readonly errors: readonly GithubApiError[] })
  | (Refused & { readonly kind: "limited"; readonly retryAt?: RetryAfter })
  | {
      readonly kind: "unanswered";
      readonly status?: number;
      readonly bytes: number;
      readonly message: string;
      readonly retryAt?: RetryAfter;
    };

interface Refused {
  readonly status: number;
  readonly bytes: number;
  readonly message: string;
}

interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

/** Reads an answer with a status below 400. GraphQL reports its errors there too. */
export function outcomeOfAnswer({ status, headers, data }: Response): CallOutcome {
  const bytes = lengthOf(headers);
  if (typeof data === "string" && data !== "")
    return { kind: "unanswered", status, bytes, message: "the answer is not JSON" };
  // octokit returns an empty text for a body that broke off.
  if (data === "" && status !== 204) return { kind: "unanswered", status, bytes, message: "the answer broke off" };
  const errors = graphqlErrors(data);
  if (errors.length === 0) return { kind: "done", status, bytes, message: "", body: graphqlData(data) };
  const message = errors.map((error) => error.message).join("; ");
  if (errors.some(({ type }) => type === "RATE_LIMITED" || type === "RATE_LIMIT"))
    return limited({ status, headers, message });
  // GitHub reports a query that took too long among the errors of a 200.
  const internal = /something went wrong while executing your query|timed? ?out/i;
  if (errors.every((error) => internal.test(error.message))) return { kind: "unanswered", status, bytes, message };
  return { kind: "refused", status, bytes, message, errors };
}

/** Reads what octokit throws: a status of 400 and more, or no answer at all. */
export function outcomeOfError(error: unknown): CallOutcome {
  const response = responseOf(error);
  if (response === undefined) return { kind: "unanswered", bytes: 0, message: `no answer: ${words(error)}` };
  const { status, headers, data } = response;
  const said = nonEmptyIn(data, "message");
  const message = said ?? `status ${status}`;
  const bytes = lengthOf(headers);
  if (isLimit(response, message)) return limited({ status, headers, message });
  if (status >= 500) {
    const retryAt = readRetryAfter(headers["retry-after"]);
    return {
      kind: "unanswered",
      status,
      bytes,
      message: said === undefined ? message : `${status}: ${said}`,
      ...(retryAt && { retryAt }),
    };
  }
  return { kind: "refused", status, bytes, message, errors: [{ message: [message, ...details(data)].join(": ") }] };
}

function isLimit({ status, headers }: Response, message: string): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers["retry-after"] !== undefined ||
    headers["x-ratelimit-remaining"] === "0" ||
    /rate limit|abuse/i.test(message)
  );
}

function limited({
  status,
  headers,
  message,
}: {
  status: number;
  headers: Response["headers"];
  message: string;
}): CallOutcome {
  const retryAt = readRetryAfter(headers["retry-after"]) ?? resetAt(headers);
  return { kind: "limited", status, bytes: lengthOf(headers), message, ...(retryAt && { retryAt }) };
}

function resetAt(headers: Response["headers"]): RetryAfter | undefined {
  if (headers["x-ratelimit-remaining"] !== "0") return undefined;
  const seconds = Number(headers["x-ratelimit-reset"]);
  return Number.isFinite(seconds) ? { kind: "at", epochMs: seconds * 1000 } : undefined;
}

function graphqlErrors(data: unknown): GithubApiError[] {
  const errors = field(data, "errors");
  if (!Array.isArray(errors)) return [];
  return errors.map((error: unknown) => {
    const type = nonEmptyIn(error, "type");
    return { message: nonEmptyIn(error, "message") ?? "an error without words", ...defined({ type }) };
  });
}

function graphqlData(data: unknown): unknown {
  return isRecord(data) && "data" in data ? data.data : data;
}

/** The `errors` of a 422 as text. */
function details(data: unknown): string[] {
  const errors = field(data, "errors");
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown) => nonEmptyIn(error, "message") ?? (typeof error === "string" ? error : []));
}

function responseOf(error: unknown): Response | undefined {
  const response = field(error, "response");
  const status = field(response, "status");
  const headers = field(response, "headers");
  if (typeof status !== "number" || !isRecord(headers)) return undefined;
  return { status, headers: { ...headers }, data: field(response, "data") };
}

function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause =
    error.cause instanceof Error && error.cause.message !== error.message ? ` (${error.cause.message})` : "";
  return `${error.message}${cause}`;
}

function lengthOf(headers: Response["headers"]): number {
  const length = Number(headers["content-length"]);
  return Number.isFinite(length) ? length : 0;
}

function nonEmptyIn(value: unknown, name: string): string | undefined {
  return textIn(value, name) || undefined;
}
