import { withItemLeft, withReceived } from "../inventree/changes.ts";
import type { Tables } from "../inventree/tables.ts";

/** Something that happens in the sample's workshop. */
export interface SampleEvent {
  /** A sentence for people. */
  readonly words: string;
  readonly change: (tables: Tables) => Tables;
}

/** The controllers of PO-0043 arrive: what was short of them is no longer. */
export const deliveryArrives: SampleEvent = {
  words: "A delivery arrives: PO-0043, 100 × STM32U575CIT6 (IC-0001).",
  change: (tables) => {
    const order = tables.purchaseOrders.find((row) => row.reference === "PO-0043");
    const supplierPart = tables.supplierParts.find((row) => row.SKU === "HN-IC-0001");
    const line = tables.purchaseOrderLines.find((row) => row.order === order?.pk && row.part === supplierPart?.pk);
    if (!line) throw new Error("The sample's PO-0043 is gone");
    const location = tables.locations.find((row) => row.name === "Reel Rack");
    return withReceived(tables, { line: line.pk, ...(location ? { location: location.pk } : {}) });
  },
};

/** The reel of 100 nF capacitors is empty: only cut tape is left. */
export const reelRunsOut: SampleEvent = {
  words: "A reel runs out: R-2231, 3,000 × Capacitor 100 nF 0402 (CAP-0001).",
  change: (tables) => {
    const reel = tables.stockItems.find((row) => row.batch === "R-2231");
    if (!reel) throw new Error("The sample's reel R-2231 is gone");
    return withItemLeft(tables, { item: reel.pk, quantity: 0 });
  },
};
