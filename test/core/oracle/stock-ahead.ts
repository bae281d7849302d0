import type { StockAhead } from "../../../src/core/calculation/ahead/stock-ahead.ts";
import { type Settled, settled } from "./counting.ts";
import { byDay, daysAfter, later } from "./days.ts";
import { exactly, least, positive, shown, sum } from "./numbers.ts";
import { words } from "./resolving.ts";
import { incomingOf, partOf, type Question, stockOf } from "./world.ts";

/** One thing that comes (above 0) or goes. */
interface Change {
  readonly kind: "order" | "build" | "for_build" | "for_sale" | "for_list";
  readonly reference: string;
  readonly supplier?: string;
  readonly amount: bigint;
  readonly due: string | null;
  /** Of an order or build: its pk. */
  readonly of?: number;
  /** null: it counts on its day, or on none. */
  readonly because: "late" | "not_placed" | "undated" | null;
}

/** Rule 24, naively: each day is summed up from the beginning, and each order and build is tried for each number of days. */
export function stockAheadOf(q: Question, pk: number): StockAhead {
  const { name, ipn, units, minimumStock } = partOf(q, pk);
  const changes = [...ordersOf(q, pk), ...buildsOf(q, pk), ...demandsOf(q, pk), ...entriesOf(q, pk)].filter(
    ({ amount }) => amount !== 0n,
  );
  const start = stockOf(q, pk);
  const days = daysOf(q, changes);
  const there = (date: string) => start + come(q, changes, date);
  const minimum = positive(exactly(minimumStock));
  const depth = days.map(there).reduce(least);
  const first = days.find((date) => there(date) === depth) ?? q.today;
  return {
    schema_version: 1,
    part: { pk, name, ipn, units },
    today: q.today,
    in_stock: shown(start),
    minimum: shown(minimum),
    days: days.map((date) => ({
      date,
      stock: shown(there(date)),
      movements: changes.filter((it) => dayOf(q, it) === date).map(toldOf),
    })),
    lowest: { date: first, stock: shown(depth) },
    below_zero: spans(days, (date) => there(date) < 0n),
    below_minimum: minimum === 0n ? [] : spans(days, (date) => there(date) < minimum),
    without_day: changes.flatMap((it) => (it.because === null ? [] : [{ ...toldOf(it), because: it.because }])),
    pull_in: depth >= 0n ? null : pullInOf(q, { start, changes }),
    problems: (turnOf(q).first.at(-1) ?? settled(q)).resolved.flatMap((it, index) => {
      const entry = q.parts[index];
      if (it === null || typeof it === "number" || entry === undefined) return [];
      return [{ list: listOf(index), words: words(entry), message: "said" }];
    }),
  };
}

/** The entries of the random lists are of two lists. */
export function listOf(entry: number): string {
  return entry % 2 === 0 ? "even" : "odd";
}

function ordersOf(q: Question, pk: number): Change[] {
  const named = (q.snapshot.purchaseOrderLines.get(pk) ?? []).map((line): Change => {
    const { orderReference: reference, supplierName: supplier, targetDate: due, order: of } = line;
    const because = line.placed ? reasonOf(q, due) : "not_placed";
    return { kind: "order", reference, supplier, due, of, because, amount: positive(exactly(line.outstanding)) };
  });
  return [...named, unnamed("order", incomingOf(q, pk).onOrder - sum(named.map(({ amount }) => amount)))];
}

function buildsOf(q: Question, pk: number): Change[] {
  const { inProduction } = incomingOf(q, pk);
  let left = inProduction;
  const named: Change[] = [];
  const builds = [...(q.snapshot.builds?.get(pk) ?? [])];
  builds.sort((a, b) => byDay(a.targetDate, b.targetDate) || a.pk - b.pk);
  for (const { pk: of, reference, targetDate: due, outstanding } of builds) {
    const amount = least(left, positive(exactly(outstanding)));
    left -= amount;
    named.push({ kind: "build", reference, due, of, because: reasonOf(q, due), amount });
  }
  return [...named, unnamed("build", left)];
}

/** What the part's own figures know beyond orders and builds. */
function unnamed(kind: "order" | "build", amount: bigint): Change {
  return { kind, reference: "", due: null, because: "undated", amount: positive(amount) };
}

function reasonOf(q: Question, due: string | null): Change["because"] {
  if (due === null) return "undated";
  return due < q.today ? "late" : null;
}

function demandsOf(q: Question, pk: number): Change[] {
  if (q.policy.demand === "none") return [];
  return (q.snapshot.demands?.get(pk) ?? []).map(({ kind, reference, targetDate: due, outstanding }) => ({
    ...{ kind: kind === "build" ? ("for_build" as const) : ("for_sale" as const), reference, due },
    ...{ because: due === null ? ("undated" as const) : null, amount: -exactly(outstanding) },
  }));
}

/** What the first k entries of the turn require of it, less what the first k - 1 do. */
function entriesOf(q: Question, pk: number): Change[] {
  const { turn, first } = turnOf(q);
  const required = (k: number): bigint => {
    const { graph, counted } = first[k] ?? settled(q);
    return graph.order.includes(pk) ? counted.of(pk).required : 0n;
  };
  return turn.map((index, place): Change => {
    const due = q.parts[index]?.needed_by ?? null;
    const amount = required(place) - required(place + 1);
    return { kind: "for_list", reference: listOf(index), due, because: due === null ? "undated" : null, amount };
  });
}

interface Turns {
  readonly turn: readonly number[];
  /** The list of the first k entries of the turn, counted. */
  readonly first: readonly Settled[];
}

/** Kept for the other parts of the same question: an aid for speed alone. */
const known = new WeakMap<Question, Turns>();

function turnOf(q: Question): Turns {
  const found = known.get(q);
  if (found !== undefined) return found;
  const day = (index: number): string | null => q.parts[index]?.needed_by ?? null;
  const turn = [...q.parts.keys()].sort((a, b) => byDay(day(a), day(b)) || a - b);
  const first = [0, ...turn.map((_, place) => place + 1)].map((k) =>
    settled(q, (index) => turn.slice(0, k).includes(index)),
  );
  known.set(q, { turn, first });
  return { turn, first };
}

function dayOf(q: Question, { due, because }: Change): string | null {
  if (because !== null || due === null) return null;
  return due < q.today ? q.today : due;
}

function daysOf(q: Question, changes: readonly Change[]): string[] {
  return [...new Set([q.today, ...changes.flatMap((it) => dayOf(q, it) ?? [])])].sort();
}

/** All that has come and gone until the end of that day. */
function come(q: Question, changes: readonly Change[], date: string): bigint {
  return sum(changes.filter((it) => (dayOf(q, it) ?? "~") <= date).map(({ amount }) => amount));
}

function toldOf({ kind, reference, supplier, amount, due }: Change) {
  return { kind, reference, ...(supplier === undefined ? {} : { supplier }), quantity: shown(amount), due };
}

function spans(days: readonly string[], isBelow: (date: string) => boolean): StockAhead["below_zero"] {
  return days.flatMap((from, place) => {
    const before = days[place - 1];
    if (!isBelow(from) || (before !== undefined && isBelow(before))) return [];
    return [{ from, until: days.slice(place).find((date) => !isBelow(date)) ?? null }];
  });
}

function pullInOf(
  q: Question,
  { start, changes }: { readonly start: bigint; readonly changes: readonly Change[] },
): StockAhead["pull_in"] {
  const asked = (["build", "order"] as const).flatMap((kind) => {
    const its = changes.filter((it) => it.kind === kind && it.of !== undefined && dayOf(q, it) !== null);
    return [...new Set(its.map((it) => it.of ?? 0))].sort((a, b) => a - b).map((of) => ({ kind, of }));
  });
  const isIts = (it: Change, { kind, of }: { kind: string; of: number }): boolean =>
    it.kind === kind && it.of === of && dayOf(q, it) !== null;
  for (let days = 1; days <= 60; days += 1) {
    const sooner = (due: string): string => later(q.today, daysAfter(due, -days));
    for (const one of asked) {
      const moved = changes.map((it) => (isIts(it, one) && it.due !== null ? { ...it, due: sooner(it.due) } : it));
      if (daysOf(q, moved).some((date) => start + come(q, moved, date) < 0n)) continue;
      const its = changes.filter((it) => isIts(it, one));
      const { reference = "", supplier } = its[0] ?? {};
      const moves = its.map(({ due, amount }) => ({ from: due ?? "", to: sooner(due ?? ""), quantity: shown(amount) }));
      return { kind: one.kind, reference, ...(supplier === undefined ? {} : { supplier }), days, moves };
    }
  }
  return null;
}
