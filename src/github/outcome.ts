// What became of one request to GitHub, read from octokit's answer or error.
import type { GithubApiError } from "../core/github-api.ts";

export type Outcome =
  | {
      readonly kind: "done";
      readonly status: number;
      readonly bytes: number;
      readonly message: "";
      readonly body: unknown;
    }
  | (Refused & { readonly kind: "refused"; readonly errors: readonly GithubApiError[] })
  | (Refused & { readonly kind: "limited"; readonly retryAt?: RetryAt })
  | {
      readonly kind: "unanswered";
      readonly status?: number;
      readonly bytes: number;
      readonly message: string;
      readonly retryAt?: RetryAt;
    };

interface Refused {
  readonly status: number;
  readonly bytes: number;
  readonly message: string;
}

/** When GitHub wants to be asked again: a time to wait, or an instant. */
type RetryAt = { readonly kind: "after"; readonly ms: number } | { readonly kind: "at"; readonly epochMs: number };

interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

/** Reads an answer with a status below 400. GraphQL reports its errors there too. */
export function outcomeOfAnswer({ status, headers, data }: Response): Outcome {
  const bytes = lengthOf(headers);
  if (typeof data === "string" && data !== "")
    return { kind: "unanswered", status, bytes, message: "the answer is no JSON" };
  // octokit gives an empty text for a body that broke off.
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
export function outcomeOfError(error: unknown): Outcome {
  const response = responseOf(error);
  if (response === undefined) return { kind: "unanswered", bytes: 0, message: `no answer: ${words(error)}` };
  const { status, headers, data } = response;
  const said = field(data, "message");
  const message = said ?? `status ${status}`;
  const bytes = lengthOf(headers);
  if (isLimit(response, message)) return limited({ status, headers, message });
  if (status >= 500) {
    const retryAt = retryAfter(headers);
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
}): Outcome {
  const retryAt = retryAfter(headers) ?? resetAt(headers);
  return { kind: "limited", status, bytes: lengthOf(headers), message, ...(retryAt && { retryAt }) };
}

function retryAfter(headers: Response["headers"]): RetryAt | undefined {
  const value = String(headers["retry-after"] ?? "");
  if (/^\d+$/.test(value)) return { kind: "after", ms: Number(value) * 1000 };
  const epochMs = Date.parse(value);
  return Number.isNaN(epochMs) ? undefined : { kind: "at", epochMs };
}

function resetAt(headers: Response["headers"]): RetryAt | undefined {
  if (headers["x-ratelimit-remaining"] !== "0") return undefined;
  const seconds = Number(headers["x-ratelimit-reset"]);
  return Number.isFinite(seconds) ? { kind: "at", epochMs: seconds * 1000 } : undefined;
}

function graphqlErrors(data: unknown): GithubApiError[] {
  const errors = typeof data === "object" && data !== null && "errors" in data ? data.errors : undefined;
  if (!Array.isArray(errors)) return [];
  return errors.map((error: unknown) => {
    const type = field(error, "type");
    return { message: field(error, "message") ?? "an error without words", ...(type === undefined ? {} : { type }) };
  });
}

function graphqlData(data: unknown): unknown {
  return typeof data === "object" && data !== null && "data" in data ? data.data : data;
}

/** The `errors` of a 422 in words. */
function details(data: unknown): string[] {
  const errors = typeof data === "object" && data !== null && "errors" in data ? data.errors : undefined;
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown) => field(error, "message") ?? (typeof error === "string" ? error : []));
}

function responseOf(error: unknown): Response | undefined {
  const response = typeof error === "object" && error !== null && "response" in error ? error.response : undefined;
  if (typeof response !== "object" || response === null) return undefined;
  if (!("status" in response && "headers" in response)) return undefined;
  const { status, headers } = response;
  if (typeof status !== "number" || typeof headers !== "object" || headers === null) return undefined;
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers)),
    data: "data" in response ? response.data : undefined,
  };
}

function field(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return typeof found === "string" && found !== "" ? found : undefined;
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
