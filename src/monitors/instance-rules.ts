import { variableProblem } from "../core/channels.ts";
import { textIn } from "../core/records.ts";
import { type Instance, unknownInstance } from "../core/settings/instances.ts";
import { MOST_SHARDS } from "../core/settings/shard.ts";
import type { RuleViolation } from "./channel-rules.ts";

/** Rules for the servers in partwatch.yaml that no schema can express. Wrong types are reported by the schema. */
export function instancesBreaches(file: {
  readonly instances: unknown;
  readonly instance: unknown;
  readonly shards: unknown;
}): RuleViolation[] {
  const entries = Array.isArray(file.instances) ? file.instances.map(entryOf) : [];
  const named = entries.flatMap(({ label }): Instance[] => (label === "" ? [] : [{ label, urlEnv: "", tokenEnv: "" }]));
  const unknown = typeof file.instance === "string" ? unknownInstance(named, file.instance) : undefined;
  const jobs = Math.max(1, entries.length) * (typeof file.shards === "number" ? file.shards : 1);
  const many = `${jobs} jobs would be needed for these instances; GitHub starts at most ${MOST_SHARDS} of a matrix.`;
  return [
    ...entries.flatMap((entry, index) => entryBreaches(entry, { index, before: entries.slice(0, index) })),
    ...(unknown === undefined || file.instance === "" ? [] : [{ path: ["instance"], message: unknown }]),
    ...(entries.length > 0 && jobs > MOST_SHARDS ? [{ path: ["shards"], message: many }] : []),
  ];
}

/** Anything but text is empty: the schema reports it. */
interface Entry {
  readonly label: string;
  readonly url_env: string;
  readonly token_env: string;
}

function entryOf(entry: unknown): Entry {
  return {
    label: textIn(entry, "label") ?? "",
    url_env: textIn(entry, "url_env") ?? "",
    token_env: textIn(entry, "token_env") ?? "",
  };
}

function entryBreaches(
  entry: Entry,
  { index, before }: { readonly index: number; readonly before: readonly Entry[] },
): RuleViolation[] {
  const at = (field: keyof Entry, message: string): RuleViolation => ({ path: ["instances", index, field], message });
  const { label, url_env, token_env } = entry;
  return [
    ...(label !== "" && before.some((other) => other.label === label)
      ? [at("label", `"${label}" is the label of another server too; give each its own.`)]
      : []),
    ...(["url_env", "token_env"] as const).flatMap((field) =>
      isTaken(entry[field]) ? [at(field, taken(entry[field]))] : [],
    ),
    ...(url_env !== "" && url_env === token_env
      ? [at("token_env", `"${token_env}" holds the address already; name another variable.`)]
      : []),
  ];
}

/** InvenTree's own names are the best names for these variables. */
function isTaken(name: string): boolean {
  return !name.startsWith("INVENTREE_") && variableProblem(name) !== undefined;
}

function taken(name: string): string {
  return `"${name}" has a meaning of its own; name another variable, as in INVENTREE_BERLIN_URL.`;
}
