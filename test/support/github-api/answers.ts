// What GitHub answers when it does not do what it was asked: the shapes that real clients see.

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A REST refusal as GitHub words it. */
export function refusal(status: number, message: string, more: Record<string, unknown> = {}): Answer {
  return {
    status,
    body: { message, ...more, documentation_url: "https://docs.github.com/rest", status: String(status) },
  };
}

export const badCredentials: Answer = refusal(401, "Bad credentials");

export const notFound: Answer = refusal(404, "Not Found");

/** What a token without the permission gets; GraphQL says it with status 200. */
export const notAccessible = "Resource not accessible by integration";

/** The hourly limit of a token is used up until that instant (seconds since 1970). */
export function primaryRateLimit(resetsAtSeconds: number): Answer {
  return {
    ...refusal(403, "API rate limit exceeded for installation ID 4711."),
    headers: {
      "x-ratelimit-limit": "1000",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(resetsAtSeconds),
    },
  };
}

/** Too much at once; GitHub says how long to wait. */
export function secondaryRateLimit(status: 403 | 429, retryAfterSeconds?: number): Answer {
  return {
    ...refusal(
      status,
      "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to " +
        "GitHub Support for help, please include the request ID 0400:2F1A.",
    ),
    ...(retryAfterSeconds === undefined ? {} : { headers: { "retry-after": String(retryAfterSeconds) } }),
  };
}

/** A proxy in front of GitHub, or GitHub itself, has a bad moment. */
export function serverError(status: 500 | 502 | 503 | 504): Answer {
  return { status, headers: { "content-type": "text/html" }, body: "<html><title>Unicorn! · GitHub</title></html>" };
}

/** The wording of a ruleset's refusal, in REST (422) and GraphQL alike. */
export function ruleViolation(rule: string): string {
  return `Repository rule violations found\n\n${rule}\n\n`;
}
