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
