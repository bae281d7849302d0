// Reads GitHub's answers, which are unknown until each step of the way has been looked at.
import { FailureError } from "../core/failure.ts";

/** What stands there; undefined where the way ends before. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((found, name) => {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return undefined;
    return Object.entries(found).find(([key]) => key === name)?.[1];
  }, value);
}

/** The text that stands there. Throws FailureError (kind state) where there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  if (typeof found === "string") return found;
  throw strange(`${path.join(".")} is no text`);
}

/** The list that stands there. Throws FailureError (kind state) where there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  if (Array.isArray(found)) return found;
  throw strange(`${path.join(".")} is no list`);
}

function strange(what: string): FailureError {
  const message = `GitHub's answer is not as its documentation says: ${what}. Is GITHUB_GRAPHQL_URL right?`;
  return new FailureError({ kind: "state", retryable: false, message });
}
