// Reads GitHub's answers, which are unknown until each step of the way has been looked at.

import { FailureError } from "../core/failure.ts";
import { inside, textIn } from "../core/records.ts";

/** The text at that path. Throws FailureError (kind state) if there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = textIn(value, ...path);
  if (found !== undefined) return found;
  throw strange(`${path.join(".")} is not text`);
}

/** The list at that path. Throws FailureError (kind state) if there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = inside(value, ...path);
  if (Array.isArray(found)) return found;
  throw strange(`${path.join(".")} is not a list`);
}

function strange(what: string): FailureError {
  const message = `GitHub's answer does not match its documentation: ${what}. Is GITHUB_GRAPHQL_URL right?`;
  return new FailureError({ kind: "state", retryable: false, message });
}
