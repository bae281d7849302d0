import type { PartNode } from "../bom.ts";
import type { Count, CountInput } from "../count.ts";
import { plain, type Quantity, quantityOf } from "../quantity.ts";
import type { Demand, Part } from "../snapshot.ts";
import { type Calendar, type Event, eventsOf } from "./incoming.ts";
import { turnsOf } from "./turns.ts";

/** Something that comes to the stock of a part, or goes from it. */
export interface Movement {
  readonly kind: "order" | "build" | "for_build" | "for_sale" | "for_list";
  /** The order's or build's reference, or the list's id; empty: InvenTree names none. */
  readonly reference: string;
  /** Of an order. */
  readonly supplier?: string;
  /** As it comes or goes; what goes is negative. */
  readonly quantity: number;
  /** The day that InvenTree or the list names, YYYY-MM-DD; null: none. */
  readonly due: string | null;
}

/** A movement in the calculation: when it happens, and of which order or build it is. */
export interface Planned {
  readonly movement: Movement;
  readonly quantity: Quantity;
  /** null: unknown. */
  readonly day: string | null;
  /** Why there is no day. */
  readonly because: "late" | "not_placed" | "undated" | null;
  /** What can be asked to come earlier. */
  readonly source?: { readonly kind: "order" | "build"; readonly pk: number };
}

/** What an entry of a list requires of a part. */
export interface ListDemand {
  /** The id of its list. */
  readonly list: string;
  readonly quantity: Quantity;
  readonly neededBy: string | null;
}

/** What orders and builds bring: a day that has passed is none, and what nobody has placed has none either. */
export function coming(part: Part, calendar: Calendar): readonly Planned[] {
  return eventsOf(part, { ...calendar, leadTime: null }).map((event) => {
    const { day, quantity } = event;
    const because = day === null ? reasonOf(event) : null;
    return { ...comesFrom(event), quantity, day, because };
  });
}

function comesFrom({ source, quantity }: Event): Pick<Planned, "movement" | "source"> {
  const amount = plain(quantity);
  if (source?.kind === "build") {
    if (source.build === null) return unnamed("build", amount);
    const { pk, reference, targetDate: due } = source.build;
    return { movement: { kind: "build", reference, quantity: amount, due }, source: { kind: "build", pk } };
  }
  const line = source?.line ?? null;
  if (line === null) return unnamed("order", amount);
  const { order: pk, orderReference: reference, supplierName: supplier, targetDate: due } = line;
  return { movement: { kind: "order", reference, supplier, quantity: amount, due }, source: { kind: "order", pk } };
}

function unnamed(kind: "order" | "build", quantity: number): Pick<Planned, "movement"> {
  return { movement: { kind, reference: "", quantity, due: null } };
}

function reasonOf({ because }: Event): Planned["because"] {
  return because === "late" || because === "not_placed" ? because : "undated";
}

/**
 * What open builds and sales and the entries of lists take: what is overdue, today. Throws an Error where the policy
 * counts builds and sales and the snapshot lacks them.
 */
export function going(
  part: Part,
  { wanted, ...calendar }: Calendar & { readonly wanted: readonly ListDemand[] },
): readonly Planned[] {
  const taken = demandsOf(part, calendar).map(({ kind, reference, outstanding, targetDate: due }) =>
    goes({ kind: kind === "build" ? "for_build" : "for_sale", reference, due }, { outstanding, ...calendar }),
  );
  const listed = wanted.map(({ list: reference, quantity, neededBy: due }) =>
    goes({ kind: "for_list", reference, due }, { outstanding: plain(quantity), ...calendar }),
  );
  return [...taken, ...listed].filter(({ quantity }) => quantity !== 0);
}

function demandsOf(part: Part, { snapshot, policy }: Calendar): readonly Demand[] {
  if (policy.demand === "none") return [];
  if (snapshot.demands === undefined) throw new Error("The snapshot lacks what open builds and sales require");
  return snapshot.demands.get(part.pk) ?? [];
}

function goes(
  named: Pick<Movement, "kind" | "reference" | "due">,
  { outstanding, today }: { readonly outstanding: number } & Pick<Calendar, "today">,
): Planned {
  const quantity = -quantityOf(outstanding) + 0;
  const day = named.due !== null && named.due < today ? today : named.due;
  return {
    movement: { ...named, quantity: plain(quantity) },
    quantity,
    day,
    because: day === null ? "undated" : null,
  };
}

/**
 * What each entry requires of these parts at its turn, by pk, beyond the entries before it: together, what all of them
 * require. An entry of which a part is required less than before gives that back.
 */
export function wantedOf(
  parts: readonly Part[],
  {
    whole,
    input,
    listOf,
  }: { readonly whole: Count; readonly input: CountInput; readonly listOf: (entry: number) => string },
): ReadonlyMap<number, readonly ListDemand[]> {
  const wanted = new Map<number, ListDemand[]>(parts.map(({ pk }) => [pk, []]));
  for (const { entry, count, before } of turnsOf(whole, input)) {
    for (const [pk, its] of wanted) {
      const node: PartNode | undefined = count.graph.byPk.get(pk);
      const required = node === undefined ? 0 : count.netting.required.of(node);
      const quantity = required - before(pk).required;
      if (quantity !== 0) its.push({ list: listOf(entry), quantity, neededBy: input.parts[entry]?.needed_by ?? null });
    }
  }
  return wanted;
}
