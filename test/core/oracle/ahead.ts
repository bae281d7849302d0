import type { Ready, ReadyPart } from "../../../src/core/generated/report.ts";
import { type Arrival, arrivalOf } from "./arriving.ts";
import { leadTimeOf } from "./buying.ts";
import { type Counting, settled } from "./counting.ts";
import { byDay, daysAfter, later } from "./days.ts";
import { needed } from "./netting.ts";
import { shown } from "./numbers.ts";
import { words } from "./resolving.ts";
import { partOf, type Question } from "./world.ts";

/** What rules 17 to 22 say about a list of which an entry has a day, and about a plan. */
export interface Ahead {
  readonly ready: readonly Ready[];
  /** The last day on which to order a part, where there is one. */
  readonly orderBy: ReadonlyMap<number, string>;
  /** Parts that come too late for an entry that lacks them and has a day. */
  readonly tooLate: ReadonlySet<number>;
}

/** Rules 17 to 22, naively: the first k entries of the turn are counted for each k, and nothing is kept. */
export function lookAhead(q: Question, whole: Counting): Ahead | null {
  if (q.plan === undefined && !hasDay(q)) return null;
  const turn = q.parts
    .map((entry, index) => ({ index, day: entry.needed_by ?? null }))
    .sort((a, b) => byDay(a.day, b.day) || a.index - b.index)
    .map(({ index }) => index);
  const first = (k: number) => settled(q, (index) => turn.slice(0, k).includes(index));
  const ready: Ready[] = [];
  const orderBy = new Map<number, string>();
  const tooLate = new Set<number>();
  for (const [place, index] of turn.entries()) {
    const now = first(place + 1);
    const pk = now.resolved[index];
    if (typeof pk !== "number") {
      ready[index] = readyOf(q, index, { rows: [unresolved(q, index)], chain: 0 });
      continue;
    }
    const at: Turn = { pk, now, before: first(place), whole };
    const rows = waits(q, at);
    ready[index] = readyOf(q, index, { rows, chain: build(q) * chainOf(q, at.now, pk) });
    const day = q.parts[index]?.needed_by;
    if (day === undefined) continue;
    for (const row of lacking(q, at)) {
      const { toOrder } = at.now.counted.of(row.pk);
      const lead = leadTimeOf(q, row.pk, whole.counted.of(row.pk).toOrder);
      if (toOrder > 0n && lead !== null) {
        const last = daysAfter(day, -row.above - lead);
        const known = orderBy.get(row.pk);
        orderBy.set(row.pk, known === undefined || last < known ? last : known);
      }
      const arrives = row.arrival?.day ?? null;
      if (arrives === null || daysAfter(arrives, row.above) > day) tooLate.add(row.pk);
    }
  }
  return { ready, orderBy, tooLate };
}

export function hasDay(q: Question): boolean {
  return q.parts.some((entry) => entry.needed_by !== undefined);
}

interface Turn {
  readonly pk: number;
  readonly now: Counting;
  readonly before: Counting;
  readonly whole: Counting;
}

interface Wait {
  readonly row: ReadyPart;
  readonly ifOrdered: boolean;
  /** Days of builds from the part up to the entry. */
  readonly above: number;
}

interface Lack {
  readonly pk: number;
  readonly quantity: bigint;
  readonly above: number;
  readonly arrival: Arrival | null;
}

function build(q: Question): number {
  return q.leadTimes?.build ?? 0;
}

/** Rule 20: what an entry waits for; an assembly to build of which nothing is on its way is none of it. */
function waits(q: Question, at: Turn): Wait[] {
  return [...lacking(q, at), ...paidAlready(q, at)].flatMap(({ pk, quantity, above, arrival }) => {
    if (arrival === null) return [];
    const row = { part: pk, quantity: shown(quantity), arrives: arrival.day, because: arrival.because };
    return [{ row, above, ifOrdered: arrival.ifOrdered }];
  });
}

/** Rule 17: what is missing at this turn, beyond what was missing before. */
function lacking(q: Question, at: Turn): Lack[] {
  return linesOf(q, at)
    .map((pk) => ({ pk, quantity: at.now.counted.of(pk).missing - at.before.counted.of(pk).missing }))
    .filter(({ quantity }) => quantity > 0n)
    .map((it) => ({ ...it, ...comingTo(q, at, it.pk) }));
}

/** Rule 17: what is missing and the entry needs, though setup or rounding of earlier entries pay for it. */
function paidAlready(q: Question, at: Turn): Lack[] {
  const { now, before } = at;
  const missing = (pk: number): bigint => now.counted.of(pk).missing;
  const isPaid = (pk: number): boolean =>
    missing(pk) > 0n &&
    missing(pk) === before.counted.of(pk).missing &&
    now.counted.of(pk).required === before.counted.of(pk).required;
  const needs = new Set([at.pk]);
  for (const pk of needs) {
    const isWaitedFor = partOf(q, pk).virtual || missing(pk) > before.counted.of(pk).missing || isPaid(pk);
    if (isWaitedFor) for (const sub of builtFrom(now, pk)) needs.add(sub);
  }
  return linesOf(q, at)
    .filter((pk) => needs.has(pk) && isPaid(pk))
    .map((pk) => ({ pk, quantity: 0n, ...comingTo(q, at, pk) }));
}

function linesOf(q: Question, { now }: Turn): number[] {
  return now.graph.order.filter((pk) => !partOf(q, pk).virtual && now.counted.of(pk).required > 0n);
}

function comingTo(q: Question, { pk: entry, now, whole }: Turn, pk: number): Pick<Lack, "above" | "arrival"> {
  const chain = aboveOf(q, now, { entry, pk }) ?? chainOf(q, now, entry);
  const arrival = arrivalOf(q, pk, { tally: now.counted.of(pk), whole: whole.counted.of(pk).toOrder });
  return { above: build(q) * chain, arrival };
}

/** The parts that the builds of an assembly really take. */
function builtFrom({ graph, counted }: Counting, pk: number): number[] {
  return graph
    .lines(pk)
    .filter((line) => needed(line, counted.of(pk).built) > 0n)
    .map((line) => line.subPart);
}

/** A build takes its days; a phantom's none. */
function step(q: Question, pk: number): number {
  return partOf(q, pk).virtual ? 0 : 1;
}

/** Rule 19: how many assemblies are built one after the other above a part; null: it is not below the entry. */
function aboveOf(q: Question, now: Counting, { entry, pk }: { entry: number; pk: number }): number | null {
  if (entry === pk) return 0;
  const ways = builtFrom(now, entry)
    .map((sub) => aboveOf(q, now, { entry: sub, pk }))
    .filter((it) => it !== null);
  return ways.length === 0 ? null : Math.max(...ways) + step(q, entry);
}

/** Rule 19: the longest chain of builds from an entry's part down. */
function chainOf(q: Question, now: Counting, pk: number): number {
  if (now.counted.of(pk).built === 0n) return 0;
  return step(q, pk) + Math.max(0, ...builtFrom(now, pk).map((sub) => chainOf(q, now, sub)));
}

function unresolved(q: Question, index: number): Wait {
  const entry = q.parts[index];
  if (entry === undefined) throw new Error("No such entry");
  const row = { part: words(entry), quantity: entry.quantity, arrives: null, because: "unresolved" } as const;
  return { row, above: 0, ifOrdered: false };
}

/** Rules 20 and 21. */
function readyOf(q: Question, index: number, { rows, chain }: { rows: readonly Wait[]; chain: number }): Ready {
  const entry = q.parts[index];
  if (entry === undefined) throw new Error("No such entry");
  const needed_by = entry.needed_by ?? null;
  let date: string | null = daysAfter(q.today, chain);
  for (const { row, above } of rows) {
    date = row.arrives === null || date === null ? null : later(date, daysAfter(row.arrives, above));
  }
  const waits_for = rows.map(({ row }) => row).sort((a, b) => -byDay(a.arrives, b.arrives) || pkOf(a) - pkOf(b));
  const in_time = needed_by === null ? null : date !== null && date <= needed_by;
  return { entry: index, words: words(entry), state: stateOf(rows, date), date, in_time, needed_by, waits_for };
}

function pkOf({ part }: ReadyPart): number {
  return typeof part === "number" ? part : 0;
}

function stateOf(rows: readonly Wait[], date: string | null): Ready["state"] {
  if (rows.length === 0) return "now";
  if (date === null) return "unknown";
  return rows.some(({ ifOrdered }) => ifOrdered) ? "if_ordered" : "by";
}
