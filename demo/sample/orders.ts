import type { BuildSpec, PurchaseSpec, SaleSpec } from "./specs.ts";

export const PURCHASES: readonly PurchaseSpec[] = [
  {
    reference: "PO-0041",
    supplier: "Halbleiter Nord",
    description: "Sensors for the autumn series",
    status: "placed",
    ordered: -34,
    due: -6,
    lines: [
      { sku: "HN-SEN-0001", packs: 50, price: 4.1 },
      { sku: "HN-SEN-0002", packs: 40, received: 40, price: 2.45 },
    ],
  },
  {
    reference: "PO-0042",
    supplier: "Kabelhaus Lauffen",
    description: "Panel sockets",
    status: "placed",
    ordered: -9,
    due: 21,
    lines: [{ sku: "KL-M8-4-B", packs: 20, price: 29 }],
  },
  {
    reference: "PO-0043",
    supplier: "Halbleiter Nord",
    description: "Controllers",
    status: "placed",
    ordered: -12,
    due: 2,
    lines: [
      { sku: "HN-IC-0001", packs: 100, price: 6.35 },
      { sku: "HN-IC-0005", packs: 10, due: 16, price: 1.82 },
    ],
  },
  {
    reference: "PO-0044",
    supplier: "Halbleiter Nord",
    description: "Oscillators, to be negotiated",
    status: "draft",
    lines: [{ sku: "HN-XTL-0002", packs: 60 }],
  },
  {
    reference: "PO-0038",
    supplier: "Druckerei Sommer",
    description: "Labels and guides",
    status: "complete",
    ordered: -80,
    due: -62,
    lines: [{ sku: "DS-QG-FW", packs: 2, received: 2, price: 24 }],
  },
];

export const SALES: readonly SaleSpec[] = [
  {
    reference: "SO-0107",
    customer: "Obsthof Marten",
    description: "Second orchard",
    status: "in progress",
    due: 12,
    lines: [
      { part: "FW-100-868", quantity: 9, shipped: 4, allocated: 3, price: 249 },
      { part: "CBL-0007", quantity: 8, allocated: 8, price: 19.5 },
    ],
  },
  {
    reference: "SO-0109",
    customer: "Stadtwerke Bruck",
    description: "Gateways for the town hall and the mill",
    status: "pending",
    due: 30,
    lines: [{ part: "FW-200", quantity: 2, price: 389 }],
  },
  {
    reference: "SO-0098",
    customer: "Prairie Weather Co-op",
    description: "Trial",
    status: "complete",
    due: -45,
    lines: [{ part: "FW-100-915", quantity: 3, shipped: 3, price: 265 }],
  },
];

export const SAMPLE_BUILDS: readonly BuildSpec[] = [
  {
    reference: "BO-0031",
    title: "Sensor boards, week 47",
    part: "PCA-0010/B",
    quantity: 10,
    status: "production",
    due: 5,
    outputs: 10,
    allocated: { "IC-0001": 10, "SEN-0001": 10, "PCA-0020": 10, "CON-0001": 20 },
  },
  {
    reference: "BO-0032",
    title: "Gateways for Bruck",
    part: "PCA-0030",
    quantity: 4,
    status: "pending",
    due: 18,
    allocated: { "CPU-0001": 4 },
  },
  {
    reference: "BO-0033",
    title: "Stations for the second orchard",
    part: "FW-100-868",
    quantity: 5,
    status: "pending",
    due: 11,
  },
  {
    reference: "BO-0029",
    title: "Cables, October",
    part: "CBL-0007",
    quantity: 40,
    completed: 40,
    status: "complete",
    due: -25,
    consumed: { "WIR-0001": 88.02, "CON-0005": 40, "CON-0006": 160, "HST-0001": 3.2, "LBL-0002": 96 },
  },
];
