import type { ListEntry } from "../../monitor.ts";
import { countList } from "../count.ts";
import { plain, type Quantity, quantityOf } from "../quantity.ts";
import { boughtByPolicy } from "../resolve.ts";
import type { Part } from "../snapshot.ts";
import { countStock } from "../stock.ts";
import type { Calendar } from "./incoming.ts";
import { coming, going, type ListDemand, type Movement, type Planned, wantedOf } from "./movements.ts";
import { type PullIn, pullIn } from "./pull-in.ts";

/** How the stock of a part develops. Quantities are in its unit, days YYYY-MM-DD. */
export interface StockAhead {
  readonly schema_version: 1;
  readonly part: { readonly pk: number; readonly name: string; readonly ipn: string | null; readonly units: string };
  readonly today: string;
  /** Own stock at hand, before anything of today comes or goes. */
  readonly in_stock: number;
  /** Minimum stock; 0: none. */
  readonly minimum: number;
  /** Today, and each later day on which something comes or goes. */
  readonly days: readonly StockDay[];
  /** The first of the days with the least stock. */
  readonly lowest: { readonly date: string; readonly stock: number };
  readonly below_zero: readonly Span[];
  readonly below_minimum: readonly Span[];
  /** What comes or goes on an unknown day: it is in no day. */
  readonly without_day: readonly (Movement & { readonly because: "late" | "not_placed" | "undated" })[];
  readonly pull_in: PullIn | null;
  /** Entries of lists that could not be calculated: what they take is in no day. */
  readonly problems: readonly { readonly list: string; readonly words: string; readonly message: string }[];
}

interface StockDay {
  readonly date: string;
  /** What is there at the end of the day. */
  readonly stock: number;
  readonly movements: readonly Movement[];
}

/** From the first day on which stock is below, until the day on which it no longer is; null: as far as is known. */
interface Span {
  readonly from: string;
  readonly until: string | null;
}

export interface StockAheadInput extends Calendar {
  /** The entries of all lists that take from the part. */
  readonly parts: readonly ListEntry[];
  /** The id of an entry's list. */
  readonly listOf: (entry: number) => string;
}

/**
 * Rule 24 of docs/stock-ahead.md: what is there of a part from today on, as what has a day comes and goes. Throws an
 * Error where the snapshot lacks what the policy counts.
 */
export function stockAhead(part: Part, input: StockAheadInput): StockAhead {
  const [ahead] = stocksAhead([part], input);
  if (ahead === undefined) throw new Error("One part has one stock");
  return ahead;
}

/** The same of several parts, whose lists are counted once. */
export function stocksAhead(parts: readonly Part[], input: StockAheadInput): readonly StockAhead[] {
  const { snapshot, policy, listOf } = input;
  const stock = countStock(input);
  const counting = { ...input, stock, buy: boughtByPolicy(policy, snapshot) };
  const whole = countList(counting);
  const wanted = wantedOf(parts, { whole, input: counting, listOf });
  const problems = whole.problems
    .toSorted((a, b) => (a.entry ?? 0) - (b.entry ?? 0))
    .flatMap(({ entry, words, message }) => (entry === null ? [] : [{ list: listOf(entry), words, message }]));
  return parts.map((part) => ({
    ...developing(part, { ...input, start: stock.of(part).inStock, wanted: wanted.get(part.pk) ?? [] }),
    problems,
  }));
}

function developing(
  part: Part,
  { start, wanted, ...input }: StockAheadInput & { readonly start: Quantity; readonly wanted: readonly ListDemand[] },
): Omit<StockAhead, "problems"> {
  const { today } = input;
  const planned = [...coming(part, input), ...going(part, { ...input, wanted })];
  const days = daysOf(planned, { start, today });
  const lowest = lowestOf(days);
  const minimum = Math.max(0, quantityOf(part.minimumStock));
  const { pk, name, ipn, units } = part;
  return {
    schema_version: 1,
    part: { pk, name, ipn, units },
    today,
    in_stock: plain(start),
    minimum: plain(minimum),
    days: days.map(({ date, stock: there, movements }) => ({ date, stock: plain(there), movements })),
    lowest: { date: lowest.date, stock: plain(lowest.stock) },
    below_zero: spansBelow(0, days),
    below_minimum: minimum === 0 ? [] : spansBelow(minimum, days),
    without_day: planned.flatMap(({ movement, because }) => (because === null ? [] : [{ ...movement, because }])),
    pull_in: pullIn(planned, { today, lowestOf: (moved) => lowestOf(daysOf(moved, { start, today })).stock }),
  };
}

interface Day {
  readonly date: string;
  readonly stock: Quantity;
  readonly movements: readonly Movement[];
}

function daysOf(
  planned: readonly Planned[],
  { start, today }: { readonly start: Quantity; readonly today: string },
): readonly [Day, ...Day[]] {
  const byDay = Map.groupBy(planned, ({ day }) => day);
  const later = [...byDay.keys()].flatMap((day) => (day === null || day === today ? [] : [day])).sort();
  let stock = start;
  const dayOf = (date: string): Day => {
    const its = byDay.get(date) ?? [];
    for (const { quantity } of its) stock += quantity;
    return { date, stock, movements: its.map(({ movement }) => movement) };
  };
  return [dayOf(today), ...later.map(dayOf)];
}

function lowestOf([first, ...later]: readonly [Day, ...Day[]]): Day {
  return later.reduce((lowest, day) => (day.stock < lowest.stock ? day : lowest), first);
}

function spansBelow(limit: Quantity, days: readonly Day[]): readonly Span[] {
  const spans: Span[] = [];
  let from: string | null = null;
  for (const { date, stock } of days) {
    if (stock < limit) from ??= date;
    else if (from !== null) {
      spans.push({ from, until: date });
      from = null;
    }
  }
  return from === null ? spans : [...spans, { from, until: null }];
}
