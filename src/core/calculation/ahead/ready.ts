import type { Ready, ReadyPart } from "../../generated/report.ts";
import { entryWords, type LeadTimes, type ListEntry, type Monitor } from "../../monitor.ts";
import { addDays } from "../../schedule/days.ts";
import type { PartNode } from "../bom.ts";
import type { Count, CountInput } from "../count.ts";
import { plain, quantityOf } from "../quantity.ts";
import { neededBy } from "../requirement.ts";
import { type Chains, chainsOf } from "./chains.ts";
import { type Arrival, arrivalOf } from "./incoming.ts";
import { leadTimeOf } from "./lead-times.ts";
import { type Turn, turnsOf } from "./turns.ts";

export interface AheadInput extends CountInput {
  /** YYYY-MM-DD in the monitor's zone. */
  readonly today: string;
  readonly leadTimes: LeadTimes;
  /** The supplier from whom a part would be ordered; null: nobody offers it. */
  readonly supplierOf: (pk: number) => string | null;
}

/** What a list's dates come to. */
export interface Ahead {
  /** In the order of the list. */
  readonly ready: Ready[];
  /** By pk: the last day on which a part that has to be ordered can be ordered in time. */
  readonly orderBy: ReadonlyMap<number, string>;
  /** pks of the bought parts for which an entry with a date waits longer than that date allows. */
  readonly tooLate: ReadonlySet<number>;
}

/** Whether each entry is ready, by when, and what it waits for: each at its turn, so that nothing is promised twice. */
export function lookAhead(whole: Count, input: AheadInput): Ahead {
  const orderBy = new Map<number, string>();
  const tooLate = new Set<number>();
  const ready: Ready[] = [];
  for (const turn of turnsOf(whole, input)) {
    const asked = input.parts[turn.entry];
    if (asked === undefined) continue;
    const chains = turn.node === null ? null : chainsOf(turn.node, turn.count);
    const waits = chains === null ? [] : waitsOf(chains, { turn, input });
    const needed = asked.needed_by;
    for (const wait of needed === undefined ? [] : waits) judge(wait, { needed, orderBy, tooLate });
    ready.push(readyOf(asked, { turn, waits, chains, input }));
  }
  ready.sort((a, b) => a.entry - b.entry);
  return { ready, orderBy, tooLate };
}

/** Whether somebody has said by when an entry is needed. */
export function hasDates(parts: readonly ListEntry[]): boolean {
  return parts.some(({ needed_by }) => needed_by !== undefined);
}

/** Whether it is asked when entries are there: of a plan always. */
export function looksAhead({ parts, plan }: Pick<Monitor, "parts" | "plan">): boolean {
  return plan !== undefined || hasDates(parts);
}

/** One part that an entry waits for. */
interface Wait {
  readonly row: ReadyPart;
  readonly node: PartNode;
  readonly arrival: Arrival;
  /** Days from its arrival until the entry is built. */
  readonly buildDays: number;
  /** null: nothing of it has to be ordered for this entry, or it is unknown how long that takes. */
  readonly leadTime: number | null;
}

function waitsOf(
  chains: Chains,
  { turn, input }: { readonly turn: Turn; readonly input: AheadInput },
): readonly Wait[] {
  const { netting, order } = turn.count;
  const { policy, snapshot, today, leadTimes } = input;
  const build = leadTimes.build ?? 0;
  const needed = neededParts(turn);
  return order.flatMap((node): readonly Wait[] => {
    const lacks = netting.missing.of(node) - turn.before(node.part.pk).missing;
    const isPaid = needed.has(node) && isPaidFor(node, turn);
    if (lacks <= 0 && !isPaid) return [];
    const above = chains.above(node);
    const leadTime = leadTimeOf(node.part, { leadTimes, supplier: input.supplierOf(node.part.pk) });
    const lacking = netting.lacking.of(node);
    const wanted = { missing: netting.missing.of(node), lacking, made: node.made, leadTime, snapshot, policy, today };
    const arrival = arrivalOf(node.part, wanted);
    if (arrival === null) return [];
    const row = { part: node.part.pk, quantity: plain(lacks), arrives: arrival.day, because: arrival.because };
    const isOrdered = !node.made && lacking > 0 && lacks > 0;
    const buildDays = (above ?? chains.longest) * build;
    return [{ row, node, arrival, buildDays, leadTime: isOrdered ? leadTime : null }];
  });
}

/** The entry's part, and down from it what is built into a part that the entry waits for. */
function neededParts(turn: Turn): ReadonlySet<PartNode> {
  const { netting, order } = turn.count;
  const needed = new Set(turn.node === null ? [] : [turn.node]);
  // Each part comes after all that require it, so that whether it is needed is final when it is looked at.
  for (const node of order) {
    const lacks = netting.missing.of(node) > turn.before(node.part.pk).missing;
    if (!needed.has(node) || !(node.part.virtual || lacks || isPaidFor(node, turn))) continue;
    for (const line of node.lines) if (neededBy(line, netting.exploded.of(node)) > 0) needed.add(line.sub);
  }
  return needed;
}

/** Whether earlier entries' setup or rounding pay for all that this turn needs of a part which is missing: still it has to come. */
function isPaidFor(node: PartNode, { count: { netting }, before }: Turn): boolean {
  const { missing, required } = before(node.part.pk);
  return missing > 0 && netting.missing.of(node) === missing && netting.required.of(node) === required;
}

function judge(
  { node, arrival, buildDays, leadTime }: Wait,
  verdict: {
    readonly needed: string | undefined;
    readonly orderBy: Map<number, string>;
    readonly tooLate: Set<number>;
  },
): void {
  const { needed, orderBy, tooLate } = verdict;
  if (needed === undefined) return;
  const { pk } = node.part;
  if (!node.made && (arrival.day === null || addDays(arrival.day, buildDays) > needed)) tooLate.add(pk);
  if (leadTime === null) return;
  const day = addDays(needed, -(buildDays + leadTime));
  const known = orderBy.get(pk);
  if (known === undefined || day < known) orderBy.set(pk, day);
}

function readyOf(
  asked: ListEntry,
  {
    turn: { entry },
    waits,
    chains,
    input,
  }: {
    readonly turn: Turn;
    readonly waits: readonly Wait[];
    /** null: the entry means no part. */
    readonly chains: Chains | null;
    readonly input: AheadInput;
  },
): Ready {
  const needed_by = asked.needed_by ?? null;
  const words = entryWords(asked);
  const unresolved: ReadyPart = {
    part: words,
    quantity: plain(quantityOf(asked.quantity)),
    arrives: null,
    because: "unresolved",
  };
  if (chains === null)
    return {
      entry,
      words,
      state: "unknown",
      date: null,
      in_time: onTime(null, needed_by),
      needed_by,
      waits_for: [unresolved],
    };
  const builds = addDays(input.today, chains.longest * (input.leadTimes.build ?? 0));
  const days = waits.map(({ arrival, buildDays }) => (arrival.day === null ? null : addDays(arrival.day, buildDays)));
  // Days are texts of one form: the last in their order is the latest.
  const date = days.includes(null) ? null : ([builds, ...days].sort().at(-1) ?? null);
  return {
    entry,
    words,
    state: stateOf(waits),
    date,
    in_time: onTime(date, needed_by),
    needed_by,
    waits_for: waits.map(({ row }) => row).sort(byUrgency),
  };
}

function stateOf(waits: readonly Wait[]): Ready["state"] {
  if (waits.length === 0) return "now";
  if (waits.some(({ arrival }) => arrival.day === null)) return "unknown";
  return waits.some(({ arrival }) => arrival.ifOrdered) ? "if_ordered" : "by";
}

/** null: nobody has said by when it is needed. */
function onTime(date: string | null, needed: string | null): boolean | null {
  if (needed === null) return null;
  return date !== null && date <= needed;
}

/** What has no day first, then the latest, then by pk. */
function byUrgency(a: ReadyPart, b: ReadyPart): number {
  if (a.arrives !== b.arrives) {
    if (a.arrives === null) return -1;
    if (b.arrives === null) return 1;
    return a.arrives > b.arrives ? -1 : 1;
  }
  return Number(a.part) - Number(b.part);
}
