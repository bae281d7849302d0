/** Why a check, a channel or the state failed; the same in state, JSON output and `report-json`. */
export interface Failure {
  /** mail: the mail server. channel: another way to notify people, an issue or a webhook. */
  readonly kind: "inventree" | "config" | "mail" | "channel" | "state" | "bug";
  /** HTTP or SMTP status, if there was one. */
  readonly status?: number;
  readonly retryable: boolean;
  /** For the people who run Partwatch: cause and request, never a secret. */
  readonly message: string;
  /** Which incident it belongs to (state: `<instance>/unreachable` …). */
  readonly incident?: "unreachable" | "refused" | "incomplete" | "mail" | "issue" | "webhook";
}

/** An error that is not a bug: it has the message that people see. */
export class FailureError extends Error {
  override readonly name = "FailureError";
  readonly failure: Failure;

  constructor(failure: Failure, options?: { readonly cause?: unknown }) {
    super(failure.message, options);
    this.failure = failure;
  }
}

/** The failure for what was thrown: an unexpected error is a bug, whose stack belongs in the log. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "bug", retryable: false, message };
}
