import { addDays, daysBetween } from "../../schedule/days.ts";
import { plain } from "../quantity.ts";
import type { Planned } from "./movements.ts";

/** An order or build that would keep stock from falling below zero if it came earlier. */
export interface PullIn {
  readonly kind: "order" | "build";
  readonly reference: string;
  /** Of an order. */
  readonly supplier?: string;
  /** How many days earlier, at least. */
  readonly days: number;
  /** All its deliveries that have a day: when each would come instead. */
  readonly moves: readonly { readonly from: string; readonly to: string; readonly quantity: number }[];
}

interface Candidate {
  readonly source: Planned["source"] & {};
  readonly its: readonly Planned[];
}

/**
 * Of all orders and builds, the one that has to come the fewest days earlier for stock never to be below zero: builds
 * first, then the least pk. None of its deliveries comes before today. null: it is not below zero, or no single one helps.
 * `lowestOf` says what the least stock would be with these movements.
 */
export function pullIn(
  planned: readonly Planned[],
  { today, lowestOf }: { readonly today: string; readonly lowestOf: (planned: readonly Planned[]) => number },
): PullIn | null {
  if (lowestOf(planned) >= 0) return null;
  let best: { readonly candidate: Candidate; readonly days: number } | null = null;
  for (const candidate of candidatesOf(planned)) {
    const its = new Set(candidate.its);
    const helps = (days: number): boolean =>
      lowestOf(planned.map((each) => (its.has(each) ? earlier(each, { days, today }) : each))) >= 0;
    const days = fewest(helps, Math.max(...candidate.its.map(({ day }) => daysBetween(today, day ?? today))));
    if (days !== null && (best === null || days < best.days)) best = { candidate, days };
  }
  return best === null ? null : wordsOf(best.candidate, { days: best.days, today });
}

/** In the order in which they are preferred. */
function candidatesOf(planned: readonly Planned[]): readonly Candidate[] {
  const found = new Map<string, { readonly source: Planned["source"] & {}; readonly its: Planned[] }>();
  for (const each of planned) {
    const { source, day } = each;
    if (source === undefined || day === null) continue;
    const key = `${source.kind} ${source.pk}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { source, its: [each] });
    else known.its.push(each);
  }
  const rank = ({ source: { kind } }: Candidate): number => (kind === "build" ? 0 : 1);
  return [...found.values()].sort((a, b) => rank(a) - rank(b) || a.source.pk - b.source.pk);
}

/** Coming earlier never makes less of what is there: the least number that helps, by bisection. */
function fewest(helps: (days: number) => boolean, most: number): number | null {
  if (!helps(most)) return null;
  let [not, enough] = [0, most];
  while (enough - not > 1) {
    const middle = not + Math.floor((enough - not) / 2);
    if (helps(middle)) enough = middle;
    else not = middle;
  }
  return enough;
}

function earlier(each: Planned, { days, today }: { readonly days: number; readonly today: string }): Planned {
  if (each.day === null) return each;
  const day = addDays(each.day, -days);
  return { ...each, day: day < today ? today : day };
}

function wordsOf(
  { source: { kind }, its }: Candidate,
  options: { readonly days: number; readonly today: string },
): PullIn | null {
  const [first] = its;
  if (first === undefined) return null;
  const { reference, supplier } = first.movement;
  const moves = its.flatMap((each) => {
    const to = earlier(each, options).day;
    return each.day === null || to === null ? [] : [{ from: each.day, to, quantity: plain(each.quantity) }];
  });
  return { kind, reference, ...(supplier === undefined ? {} : { supplier }), days: options.days, moves };
}
