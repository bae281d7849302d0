import type { Policy } from "../monitor.ts";
import { partIndex } from "./part-index.ts";
import { type Quantity, quantityOf } from "./quantity.ts";
import type { Part, Snapshot } from "./snapshot.ts";

/**
 * What other orders take away from a part's own stock, by `policy.demand`. `open_orders`: for builds and for sales each
 * the greater of required and allocated. A variant's allocation beyond its own requirement serves the templates above
 * it, so there it is taken off what they have committed beyond their own allocations: nearest first, per kind.
 */
export function committedOf(
  part: Part,
  { demand, snapshot }: { readonly demand: Policy["demand"]; readonly snapshot: Snapshot },
): Quantity {
  switch (demand) {
    case "none":
      return 0;
    case "allocated":
      return KINDS.reduce((sum, kind) => sum + kind.allocated(part), 0);
    case "open_orders":
      return KINDS.reduce((sum, kind) => sum + greaterOf(kind, part), 0) - (served(snapshot).get(part.pk) ?? 0);
    default:
      return demand satisfies never;
  }
}

interface Kind {
  readonly required: (part: Part) => Quantity;
  readonly allocated: (part: Part) => Quantity;
}

const KINDS: readonly Kind[] = [
  {
    required: (part) => positive(part.requiredForBuildOrders),
    allocated: (part) => positive(part.allocatedToBuildOrders),
  },
  {
    required: (part) => positive(part.requiredForSalesOrders),
    allocated: (part) => positive(part.allocatedToSalesOrders),
  },
];

function greaterOf(kind: Kind, part: Part): Quantity {
  return Math.max(kind.required(part), kind.allocated(part));
}

// The same for all checks that share the snapshot.
const servedBySnapshot = new WeakMap<Snapshot, ReadonlyMap<number, Quantity>>();

function served(snapshot: Snapshot): ReadonlyMap<number, Quantity> {
  const known = servedBySnapshot.get(snapshot);
  if (known !== undefined) return known;
  const found = new Map<number, Quantity>();
  for (const kind of KINDS) serveTemplates(kind, { snapshot, found });
  servedBySnapshot.set(snapshot, found);
  return found;
}

/** Adds, by pk of template, how much of its commitment is served by its variants' allocations. */
function serveTemplates(
  kind: Kind,
  { snapshot, found }: { readonly snapshot: Snapshot; readonly found: Map<number, Quantity> },
): void {
  const index = partIndex(snapshot);
  const open = new Map<number, Quantity>();
  for (const variant of index.inPkOrder) {
    if (variant.variantOf === null) continue;
    let beyond = kind.allocated(variant) - kind.required(variant);
    if (beyond <= 0) continue;
    for (const template of index.templates(variant)) {
      const unserved = open.get(template.pk) ?? Math.max(0, kind.required(template) - kind.allocated(template));
      const taken = Math.min(beyond, unserved);
      open.set(template.pk, unserved - taken);
      beyond -= taken;
      if (taken > 0) found.set(template.pk, (found.get(template.pk) ?? 0) + taken);
    }
  }
}

function positive(value: number): Quantity {
  return Math.max(0, quantityOf(value));
}
