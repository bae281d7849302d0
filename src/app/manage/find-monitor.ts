import type { Monitor } from "../../core/monitor.ts";
import { formatProblem, type Problem } from "../../core/problem.ts";
import { nearest } from "../../core/text/suggestion.ts";
import { CONFIG_FILE } from "../../monitors/config.ts";
import type { MonitorsRead } from "../../monitors/read.ts";

/** A monitor's file, valid or not. */
export interface KnownMonitor {
  readonly id: string;
  readonly file: string;
  /** Absent if the file cannot be used. */
  readonly monitor?: Monitor;
  readonly problems: readonly Problem[];
}

export type MonitorMatch =
  | { readonly kind: "found"; readonly known: KnownMonitor }
  | { readonly kind: "not_found"; readonly message: string };

/** Finds a monitor by its id, the beginning of its id if that is enough, or its file; broken ones too. */
export function findMonitor(read: Pick<MonitorsRead, "monitors" | "broken">, reference: string): MonitorMatch {
  const config = read.broken.find(({ file }) => file === CONFIG_FILE);
  if (config !== undefined)
    return { kind: "not_found", message: [...config.problems.map(formatProblem), FIRST].join("\n") };
  const all = [...read.monitors.map(validOne), ...read.broken.map(brokenOne)];
  const named = all.filter(({ file }) => file === reference);
  const { ids, message } = findId({ ids: all.map(({ id }) => id), named: read.monitors, reference });
  const matches = named.length > 0 ? named : all.filter(({ id }) => ids.includes(id));
  const [known, ...others] = matches;
  if (known === undefined) return { kind: "not_found", message };
  if (others.length > 0) return { kind: "not_found", message: ambiguous(reference, matches) };
  return { kind: "found", known };
}

/** The ids that a reference matches: the one that is equal, else all that begin with it. */
export function findId({
  ids,
  named,
  reference,
}: {
  readonly ids: readonly string[];
  /** People also type a list's name: its id is suggested. */
  readonly named: readonly Pick<Monitor, "id" | "name">[];
  readonly reference: string;
}): { readonly ids: readonly string[]; readonly message: string } {
  const wanted = reference.toLowerCase();
  const equal = ids.filter((id) => id.toLowerCase() === wanted);
  const found = equal.length > 0 ? equal : ids.filter((id) => wanted !== "" && id.toLowerCase().startsWith(wanted));
  const shown = ids.toSorted().slice(0, MOST_SHOWN).join(", ");
  const more = ids.length > MOST_SHOWN ? ` and ${ids.length - MOST_SHOWN} more` : "";
  const known = ids.length === 0 ? "There are none here." : `There are: ${shown}${more}.`;
  const name = nearest(
    reference,
    named.map((monitor) => monitor.name),
  );
  const near = nearest(reference, ids) ?? named.find((monitor) => monitor.name === name)?.id;
  const meant = near === undefined ? "" : ` Did you mean ${near}?`;
  return { ids: found, message: `There is no monitor ${reference}.${meant} ${known}` };
}

/** More ids than that would bury the sentence. */
const MOST_SHOWN = 20;

const FIRST = "Fix partwatch.yaml first: without it, no monitor can be validated.";

function ambiguous(reference: string, matches: readonly KnownMonitor[]): string {
  const ids = new Set(matches.map(({ id }) => id.toLowerCase()));
  if (ids.size > 1)
    return `${reference} is a prefix of several ids: ${matches.map(({ id }) => id).join(", ")}. Type more of it.`;
  return `Several files have the id ${reference}: ${matches.map(({ file }) => file).join(", ")}. Name the file instead.`;
}

function validOne(monitor: Monitor): KnownMonitor {
  return { id: monitor.id, file: monitor.file, monitor, problems: [] };
}

function brokenOne({ id, file, problems }: MonitorsRead["broken"][number]): KnownMonitor {
  return { id: id ?? file, file, problems };
}
