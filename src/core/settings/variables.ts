import { printable } from "../printable.ts";
import type { Problem } from "../problem.ts";
import { own } from "../records.ts";

/** Variables by name; an empty one counts as not set (so does Actions hand over a secret that is not there). */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A variable without the white space around it; undefined where nothing is left. */
export function variable(variables: Variables, name: string): string | undefined {
  const value = own(variables, name)?.trim();
  return value === "" ? undefined : value;
}

/** What tells a run in somebody's workflow from one on a person's machine. */
const AUTOMATION = ["GITHUB_ACTIONS", "GITEA_ACTIONS", "FORGEJO_ACTIONS", "GITLAB_CI", "CI"];

/** Name of the variable that says that a workflow runs here; undefined where none does. */
export function automationIn(variables: Variables): string | undefined {
  return AUTOMATION.find(
    (name) => variable(variables, name) !== undefined && readBoolean(variables, name).value !== false,
  );
}

/** true, yes, on, 1 and their opposites, whatever the case. */
export function readBoolean(
  variables: Variables,
  name: string,
): { readonly value?: boolean; readonly problems: readonly Problem[] } {
  const text = variable(variables, name)?.toLowerCase();
  if (text === undefined) return { problems: [] };
  if (["true", "yes", "on", "1"].includes(text)) return { value: true, problems: [] };
  if (["false", "no", "off", "0"].includes(text)) return { value: false, problems: [] };
  return { problems: [{ path: name, message: `"${printable(text, 40)}" is neither true nor false.` }] };
}
