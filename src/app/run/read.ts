import { type BoughtParts, boughtParts, NOTHING, type OrderingList } from "../../core/calculation/buying/to-order.ts";
import type { Offers, Snapshot } from "../../core/calculation/snapshot.ts";
import { type NeedSource, snapshotRequest } from "../../core/calculation/snapshot-request.ts";
import { type Failure, FailureError, failureOf } from "../../core/failure.ts";
import type { Monitor } from "../../core/monitor.ts";
import { localDate } from "../../core/schedule/local-date.ts";
import type { Deps, InventreeSource } from "../deps.ts";
import type { Selected } from "./select.ts";

/** The snapshot of an instance, or why every check of that instance fails. */
export type SnapshotResult =
  | { readonly kind: "read"; readonly snapshot: Snapshot }
  | { readonly kind: "failed"; readonly failure: Failure };

/**
 * The snapshot of these lists; if something is missing or low, also its suppliers and what is on order; if something
 * is to be ordered, also prices.
 * These can be chosen only once the rest is known, and are not needed by lists that lack nothing.
 */
export async function readFor(
  lists: readonly (NeedSource & Pick<Monitor, "timezone">)[],
  { inventree, now }: { readonly inventree: InventreeSource; readonly now: Date },
): Promise<Snapshot> {
  const snapshot = await inventree.read(snapshotRequest(lists));
  const dated = lists.map((list) => ({ ...list, today: localDate(now, list.timezone) }));
  const bought = dated.map((list) => boughtPartsOf(list, snapshot));
  const ofLists = together(bought.map(({ ofList }) => ofList));
  const all = together([ofLists, ...bought.map(({ watched }) => watched)]);
  if (all.supplied.size + all.ordered.size === 0) return snapshot;
  const isRequired = ofLists.supplied.size + ofLists.ordered.size > 0;
  return withOffers(snapshot, await inventree.readOffers({ ...all, isRequired }));
}

function withOffers(snapshot: Snapshot, { purchaseOrderLines, ...offers }: Offers): Snapshot {
  if (purchaseOrderLines === undefined) return { ...snapshot, ...offers };
  const lines = new Map([...snapshot.purchaseOrderLines, ...purchaseOrderLines]);
  return { ...snapshot, ...offers, purchaseOrderLines: lines };
}

function together(parts: readonly BoughtParts[]): BoughtParts {
  const union = (which: keyof BoughtParts) => new Set(parts.flatMap((one) => [...one[which]]));
  return { toOrder: union("toOrder"), supplied: union("supplied"), ordered: union("ordered") };
}

/** A list that cannot be calculated fails when it is checked, with the reason. */
function boughtPartsOf(list: OrderingList, snapshot: Snapshot): ReturnType<typeof boughtParts> {
  try {
    return boughtParts(list, snapshot);
  } catch {
    return { ofList: NOTHING, watched: NOTHING };
  }
}

/** Each server is read once, for everything that all its due monitors need. */
export async function readInstances(
  deps: Deps,
  { selected, now }: { readonly selected: readonly Pick<Selected, "monitor">[]; readonly now: Date },
): Promise<ReadonlyMap<string, SnapshotResult>> {
  const monitors = Map.groupBy(
    selected.map(({ monitor }) => monitor),
    (monitor) => monitor.instance,
  );
  const readings = [...monitors].map(async ([instance, group]): Promise<[string, SnapshotResult]> => {
    try {
      // What open orders require comes line by line then, and each line has its day.
      const lists = group.map((list) => ({ ...list, demands: list.policy.demand === "open_orders", orders: true }));
      const snapshot = await readFor(lists, { inventree: deps.inventree(instance), now });
      return [instance, { kind: "read", snapshot }];
    } catch (error) {
      if (!(error instanceof FailureError))
        deps.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error), { step: "inventree" });
      return [instance, { kind: "failed", failure: failureOf(error) }];
    }
  });
  return new Map(await Promise.all(readings));
}
