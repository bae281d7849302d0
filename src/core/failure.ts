/** Why a check, a channel or the state failed; stands in state, JSON output and `report-json` as it is here. */
export interface Failure {
  readonly kind: "inventree" | "config" | "mail" | "state" | "bug";
  /** HTTP or SMTP status, where there was one. */
  readonly status?: number;
  readonly retryable: boolean;
  /** For the people who run Partwatch: cause and request, never a secret. */
  readonly message: string;
  /** Which episode of trouble it belongs to (state: `<instance>/unreachable` …). */
  readonly trouble?: "unreachable" | "refused" | "incomplete" | "mail" | "issue" | "webhook";
}

/** An error that is no bug: it carries what people are told. */
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
