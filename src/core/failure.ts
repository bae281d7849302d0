/** Why a check, a channel or the state failed; stands in state, JSON output and `report-json` as it is here. */
export interface Failure {
  /** mail: of the mail server. channel: of another way to notify people, an issue or a webhook. */
  readonly kind: "inventree" | "config" | "mail" | "channel" | "state" | "bug";
  /** HTTP or SMTP status, where there was one. */
  readonly status?: number;
  readonly retryable: boolean;
  /** For the people who run Partwatch: cause and request, never a secret. */
  readonly message: string;
  /** Which incident it belongs to (state: `<instance>/unreachable` …). */
  readonly incident?: "unreachable" | "refused" | "incomplete" | "mail" | "issue" | "webhook";
}

/** An error that is no bug: it carries the message that people see. */
export class FailureError extends Error {
  override readonly name = "FailureError";
  readonly failure: Failure;

  constructor(failure: Failure, options?: { readonly cause?: unknown }) {
    super(failure.message, options);
    this.failure = failure;
  }
}

/** What was thrown, as a failure: an unexpected error is a bug, whose stack belongs into the log. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "bug", retryable: false, message };
}
