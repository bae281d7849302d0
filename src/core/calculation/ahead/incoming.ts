import type { ReadyPart } from "../../generated/report.ts";
import type { Policy } from "../../monitor.ts";
import { addDays } from "../../schedule/days.ts";
import { byDate } from "../deliveries.ts";
import { incomingOf } from "../incoming-quantity.ts";
import { type Quantity, quantityOf } from "../quantity.ts";
import type { BuildOrder, Part, PurchaseOrderLine, Snapshot } from "../snapshot.ts";

type Because = ReadyPart["because"];

/** Something that brings a part. */
export interface Event {
  /** null: unknown. */
  readonly day: string | null;
  readonly quantity: Quantity;
  readonly because: Because;
  /** Absent for what is still to order. */
  readonly source?: Source;
}

/** A line of a purchase order, or a build order; null: the part's own figures include more than orders and builds name. */
type Source =
  | { readonly kind: "order"; readonly line: PurchaseOrderLine | null }
  | { readonly kind: "build"; readonly build: BuildOrder | null };

/** When what is missing of a part is there, and what that rests on. */
export interface Arrival {
  readonly day: string | null;
  readonly because: Because;
  /** The day counts from an order that is not placed yet. */
  readonly ifOrdered: boolean;
}

export interface MissingPart {
  readonly missing: Quantity;
  /** What nothing on its way covers. */
  readonly lacking: Quantity;
  readonly made: boolean;
  /** Days from an order to its arrival; null: unknown. */
  readonly leadTime: number | null;
}

export interface Calendar {
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly today: string;
}

/**
 * The first day on which what is on its way covers all that is missing. What is to order comes a lead time from today,
 * and then everything on its way is waited for, too. null: nothing brings it, and it is to be built.
 */
export function arrivalOf(part: Part, wanted: MissingPart & Calendar): Arrival | null {
  const { missing, lacking, made } = wanted;
  const ordered: Event = { day: orderDay(wanted), quantity: lacking, because: "to_order" };
  const events = [...eventsOf(part, wanted), ...(lacking > 0 && !made ? [ordered] : [])].sort(byDay);
  let left = missing;
  const used: Event[] = [];
  for (const event of events) {
    used.push(event);
    left -= event.quantity;
    if (left <= 0 && lacking === 0) break;
  }
  const last = used.at(-1);
  if (last === undefined) return null;
  const ifOrdered = used.some(({ because }) => because === "to_order" || because === "not_placed");
  return { day: last.day, because: last.because, ifOrdered };
}

/** Open orders and builds; what is on its way by the part's own figures and in none of them has no day. */
export function eventsOf(part: Part, calendar: Calendar & Pick<MissingPart, "leadTime">): readonly Event[] {
  const { onOrder, inProduction } = incomingOf(part, calendar.policy);
  const orders = orderEvents(part, calendar);
  const builds = buildEvents(part, { ...calendar, most: inProduction });
  return [
    ...orders,
    ...builds,
    { ...UNNAMED, quantity: onOrder - sumOf(orders), source: { kind: "order" as const, line: null } },
    { ...UNNAMED, quantity: inProduction - sumOf(builds), source: { kind: "build" as const, build: null } },
  ].filter(({ quantity }) => quantity > 0);
}

const UNNAMED = { day: null, because: "undated" } as const;

function orderEvents(part: Part, calendar: Calendar & Pick<MissingPart, "leadTime">): readonly Event[] {
  return (calendar.snapshot.purchaseOrderLines.get(part.pk) ?? []).map((line) => {
    const { outstanding, targetDate, placed } = line;
    const source = { kind: "order" as const, line };
    const quantity = Math.max(0, quantityOf(outstanding));
    // What nobody has ordered yet comes as if it were ordered today.
    if (!placed) return { day: orderDay(calendar), quantity, because: "not_placed", source };
    return { ...dated(targetDate, { today: calendar.today, because: "on_order" }), quantity, source };
  });
}

/**
 * Not more than the policy counts as in production: what is being made is of the builds that were to end first, the
 * overdue ones among them.
 */
function buildEvents(part: Part, { snapshot, today, most }: Calendar & { readonly most: Quantity }): readonly Event[] {
  let left = most;
  return (snapshot.builds?.get(part.pk) ?? []).toSorted(byDate).map((build) => {
    const quantity = Math.min(left, Math.max(0, quantityOf(build.outstanding)));
    left -= quantity;
    const source = { kind: "build" as const, build };
    return { ...dated(build.targetDate, { today, because: "in_production" }), quantity, source };
  });
}

/** A day in the past counts as none: it is unknown when it will come. */
function dated(
  day: string | null,
  { today, because }: { readonly today: string; readonly because: Because },
): Pick<Event, "day" | "because"> {
  if (day === null) return { day, because: "undated" };
  return day < today ? { day: null, because: "late" } : { day, because };
}

function orderDay({ today, leadTime }: Pick<MissingPart & Calendar, "today" | "leadTime">): string | null {
  return leadTime === null ? null : addDays(today, leadTime);
}

/** Of what has no day, this comes first; on the same day, what is ordered comes before what is to be ordered. */
const SURE_FIRST: readonly Because[] = ["on_order", "in_production", "to_order", "late", "not_placed", "undated"];

function byDay(a: Event, b: Event): number {
  if (a.day !== b.day) return a.day === null ? 1 : b.day === null ? -1 : a.day < b.day ? -1 : 1;
  return SURE_FIRST.indexOf(a.because) - SURE_FIRST.indexOf(b.because);
}

function sumOf(events: readonly Event[]): Quantity {
  return events.reduce((sum, { quantity }) => sum + quantity, 0);
}
