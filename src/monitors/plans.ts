// Plans: files with `lists` instead of `parts`. Their entries are those of the lists that they name.
import type { Monitor, PlanMember } from "../core/monitor.ts";
import type { Problem } from "../core/problem.ts";
import { byCodeUnits } from "../core/text/code-units.ts";
import { printable } from "../core/text/printable.ts";
import { nearest } from "../core/text/suggestion.ts";
import type { YamlDocument } from "./yaml.ts";
import type { SourcePosition } from "./yaml-faults.ts";

/** Where a plan names its lists; all of them if it says `all`. */
export interface PlanPlaces {
  readonly whole: SourcePosition;
  readonly entries: readonly SourcePosition[];
}

/** What a plan can refer to. */
export interface KnownLists {
  /** Valid files, plans among them. */
  readonly monitors: readonly Monitor[];
  readonly broken: readonly BrokenList[];
}

interface BrokenList {
  readonly file: string;
  readonly id?: string | undefined;
  /** As far as it can be recognized, it is a plan itself: no other plan includes it. */
  readonly isPlan: boolean;
}

export type FilledPlan =
  | { readonly kind: "filled"; readonly monitor: Monitor }
  | { readonly kind: "refused"; readonly problems: readonly Problem[] };

/** The positions of a plan's ids; undefined if the file is not a plan. */
export function planPlaces(document: YamlDocument, { plan }: Pick<Monitor, "plan">): PlanPlaces | undefined {
  if (plan === undefined) return undefined;
  const ids = plan.lists === "all" ? [] : plan.lists;
  return {
    whole: document.placeOf(["lists"]),
    entries: ids.map((_, index) => document.placeOf(["lists", index])),
  };
}

/**
 * Gives a plan the entries of its lists. A list that cannot be used makes the plan fail: a smaller plan would claim that there
 * is enough where there is not. Inactive ones are left out, watch rules are not taken along.
 */
export function fillPlan(input: {
  readonly monitor: Monitor;
  readonly places: PlanPlaces;
  readonly known: KnownLists;
  /** The most entries of a list (limits.parts). */
  readonly mostParts: number;
}): FilledPlan {
  const { monitor, places, known, mostParts } = input;
  const { plan, file } = monitor;
  if (plan === undefined) return { kind: "filled", monitor };
  const whole = (message: string): Problem => ({ file, ...places.whole, path: "lists", message });
  const { named, problems } =
    plan.lists === "all"
      ? { named: fitting(known, monitor), problems: unusable(known).map(whole) }
      : chosen(plan.lists, input);
  if (problems.length > 0) return { kind: "refused", problems };
  const lists = named.filter(({ active }) => active).toSorted((a, b) => byCodeUnits(a.id, b.id));
  if (lists.length === 0 && monitor.active) return { kind: "refused", problems: [whole(nothing(monitor))] };
  const count = lists.reduce((sum, list) => sum + list.parts.length, 0);
  if (count > mostParts) return { kind: "refused", problems: [whole(tooMany(count, mostParts))] };
  const parts = lists.flatMap((list) => list.parts.map((entry) => ({ list: list.id, ...entry })));
  const left_out = named.filter(({ active }) => !active).map(({ id }) => id);
  return { kind: "filled", monitor: { ...monitor, parts, plan: { ...plan, members: lists.map(memberOf), left_out } } };
}

/** What to do about plans when a list that they name is deleted. */
export function namedByPlans(monitors: readonly Monitor[], id: string): readonly Problem[] {
  return monitors.flatMap(({ file, plan }): Problem[] => {
    if (plan === undefined || plan.lists === "all" || !plan.lists.some((one) => isNamed(id)({ id: one }))) return [];
    const message = `this plan names ${id}: take it out there, or the plan cannot be counted.`;
    return [{ file, path: "lists", message, severity: "warning" }];
  });
}

interface Naming {
  readonly monitor: Monitor;
  readonly places: PlanPlaces;
  readonly known: KnownLists;
}

/** The lists of these ids, and the problems of ids that have none. */
function chosen(
  ids: readonly string[],
  naming: Naming,
): { readonly named: readonly Monitor[]; readonly problems: readonly Problem[] } {
  const { monitor, places, known } = naming;
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [index, id] of ids.entries()) {
    if (problems.length === MOST_PROBLEMS) break;
    const isAgain = seen.has(id.toLowerCase());
    seen.add(id.toLowerCase());
    const message = isAgain ? "appears twice in the list; keep one of them." : refusal(id, naming);
    const place = places.entries[index] ?? places.whole;
    if (message !== undefined) problems.push({ file: monitor.file, ...place, path: `lists[${index}]`, message });
  }
  return { named: ids.flatMap((id) => known.monitors.filter(isNamed(id))), problems };
}

/** The lists that `all` means. */
function fitting({ monitors }: KnownLists, plan: Monitor): readonly Monitor[] {
  return monitors.filter(
    (one) => one.plan === undefined && one.active && one.parts.length > 0 && one.instance === plan.instance,
  );
}

/** It is unclear whether a file that cannot be used belongs to all lists. */
function unusable({ broken }: KnownLists): readonly string[] {
  return broken
    .filter(({ isPlan }) => !isPlan)
    .map(
      ({ file }) => `${file} cannot be used and may be one of these lists, so they cannot be pooled; fix that file.`,
    );
}

/** Why a plan cannot include what it names; undefined if it can. */
function refusal(id: string, { monitor, known }: Naming): string | undefined {
  if (isNamed(id)(monitor)) return "is this plan itself; name the lists that it pools.";
  const found = known.monitors.find(isNamed(id));
  if (found === undefined) {
    const broken = known.broken.find((one) => one.id !== undefined && isNamed(id)({ id: one.id }));
    if (broken === undefined) return unknown(id, { monitor, known });
    return `${broken.file} cannot be used, so the plan cannot be counted; fix that file.`;
  }
  if (found.plan !== undefined) return `${found.id} is a plan itself; name its lists instead.`;
  if (found.parts.length === 0) return `${found.id} only watches stock and has no parts to plan; take it out.`;
  if (found.instance === monitor.instance) return undefined;
  return `${found.id} is checked against instance ${found.instance}, this plan against ${monitor.instance}; a plan pools lists of one instance.`;
}

/** People also refer to a list by its name. */
function unknown(id: string, { monitor, known }: Pick<Naming, "monitor" | "known">): string {
  if (id === "all") return "is no list; write lists: all, without brackets.";
  const lists = known.monitors.filter((one) => one.plan === undefined && one.parts.length > 0 && one.id !== monitor.id);
  const ids = lists.map((one) => one.id);
  const name = nearest(
    id,
    lists.map((one) => one.name),
  );
  const near = nearest(id, ids) ?? lists.find((one) => one.name === name)?.id;
  const shown = ids.slice(0, MOST_SHOWN).join(", ");
  const more = ids.length > MOST_SHOWN ? ` and ${ids.length - MOST_SHOWN} more` : "";
  const there = ids.length === 0 ? "there is no list with parts yet" : `there are ${shown}${more}`;
  const word = printable(id, 64);
  return near === undefined
    ? `there is no list ${word}; ${there}.`
    : `there is no list ${word}; did you mean ${near}? (${there})`;
}

const MOST_SHOWN = 20;
/** Nobody reads more of them, and finding out what was meant takes a while. */
const MOST_PROBLEMS = 100;

function nothing({ plan, instance }: Monitor): string {
  return plan?.lists === "all"
    ? `there is no active list with parts of instance ${instance}, so nothing would be counted; add or activate one, or set active: false here.`
    : "all of these lists are inactive, so nothing would be counted; activate one of them.";
}

function tooMany(count: number, most: number): string {
  return `these lists have ${count} entries together, where ${most} are the most (limits.parts in partwatch.yaml).`;
}

function isNamed(id: string): (one: { readonly id: string }) => boolean {
  return (one) => one.id.toLowerCase() === id.toLowerCase();
}

function memberOf({ id, name, parts }: Monitor): PlanMember {
  return { id, name, entries: parts.length };
}
