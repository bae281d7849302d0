// Writes what is to be ordered as draft orders in InvenTree. Pending orders count as on order, so a basket is added to them
// completely, and repeating one that failed half way adds only what is left.
import type { Basket, BasketLine } from "../core/calculation/buying/basket.ts";
import { type Failure, FailureError } from "../core/failure.ts";
import { clip } from "../core/text/plain-text.ts";
import type { OrderDesk, PendingOrder } from "../inventree/order-desk.ts";

/** The order for one supplier. */
export interface OrderDraft {
  readonly supplier: string;
  readonly company: number;
  /** The pending order that is added to; null: a new one. */
  readonly order: PendingOrder | null;
  readonly lines: readonly DraftLine[];
  /** Ids of the lists. */
  readonly lists: readonly string[];
}

export interface DraftLine {
  readonly supplierPart: number;
  readonly name: string;
  readonly packs: number;
  readonly lists: readonly string[];
}

export interface Drafts {
  readonly drafts: readonly OrderDraft[];
  /** Lines that cannot be put into an order: the server does not say which supplier's part it is. */
  readonly leftOut: readonly BasketLine[];
}

/** What would be written for a basket into InvenTree as it is now. Throws FailureError. */
export async function planDrafts(basket: Basket, desk: Pick<OrderDesk, "pendingOf">): Promise<Drafts> {
  const drafts: OrderDraft[] = [];
  for (const { supplier, lines } of basket.suppliers) {
    // Two companies may have the same name.
    for (const [company, those] of Map.groupBy(lines, (line) => (line.supplier_part === null ? null : line.company))) {
      if (company === null) continue;
      drafts.push({
        supplier,
        company,
        order: (await desk.pendingOf(company)) ?? null,
        lines: those.flatMap(({ supplier_part: supplierPart, name, packs, lists }) =>
          supplierPart === null ? [] : [{ supplierPart, name, packs, lists }],
        ),
        lists: [...new Set(those.flatMap(({ lists }) => lists))].sort(),
      });
    }
  }
  const all = basket.suppliers.flatMap(({ lines }) => lines);
  return { drafts, leftOut: all.filter((line) => line.supplier_part === null || line.company === null) };
}

/** Whether both would write the same. */
export function isSameDrafts(a: Drafts, b: Drafts): boolean {
  return JSON.stringify(a.drafts) === JSON.stringify(b.drafts);
}

export interface WrittenOrder {
  readonly supplier: string;
  readonly order: PendingOrder;
  readonly isNew: boolean;
  /** How many lines it was given, of how many. */
  readonly lines: number;
  readonly of: number;
}

export interface OrderWriteResult {
  /** Orders that exist now, also the one that something failed in. */
  readonly written: readonly WrittenOrder[];
  /** Why the rest was not written. */
  readonly failure?: Failure;
  /** Suppliers for whom nothing is known to have been written. */
  readonly left: readonly string[];
}

/** Writes them one after the other, and stops at the first failure. Never throws FailureError. */
export async function writeDrafts(
  drafts: readonly OrderDraft[],
  desk: Pick<OrderDesk, "create" | "add">,
): Promise<OrderWriteResult> {
  const written: WrittenOrder[] = [];
  for (const [index, draft] of drafts.entries()) {
    const failure = await writeDraft(draft, { desk, note: (one) => written.splice(index, 1, one) });
    if (failure === undefined) continue;
    const left = drafts.slice(written.length).map(({ supplier }) => supplier);
    return { written, failure, left };
  }
  return { written, left: [] };
}

async function writeDraft(
  { supplier, company, order: known, lines, lists }: OrderDraft,
  { desk, note }: { readonly desk: Pick<OrderDesk, "create" | "add">; readonly note: (written: WrittenOrder) => void },
): Promise<Failure | undefined> {
  try {
    const description = clip(`For ${lists.join(", ")}`, MOST_DESCRIPTION);
    const order = known ?? (await desk.create({ company, description }));
    const base = { supplier, order, isNew: known === null, of: lines.length };
    note({ ...base, lines: 0 });
    for (const [index, line] of lines.entries()) {
      const { supplierPart, packs, lists: needing } = line;
      await desk.add({ order: order.pk, supplierPart, packs, reference: clip(needing.join(" "), MOST_REFERENCE) });
      note({ ...base, lines: index + 1 });
    }
    return undefined;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
}

/** InvenTree's limits, in characters. */
const MOST_DESCRIPTION = 250;
const MOST_REFERENCE = 100;
