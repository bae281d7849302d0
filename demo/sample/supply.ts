import type { SupplySpec } from "./specs.ts";

export interface CompanySpec {
  readonly name: string;
  readonly description: string;
  readonly is: "supplier" | "customer";
}

export const COMPANIES: readonly CompanySpec[] = [
  { name: "Ostwind Elektronik", description: "Distributor, components", is: "supplier" },
  { name: "Halbleiter Nord", description: "Distributor, semiconductors and sensors", is: "supplier" },
  { name: "Leiterplatten Kranz", description: "Printed circuit boards", is: "supplier" },
  { name: "Kabelhaus Lauffen", description: "Cable, wire, connectors", is: "supplier" },
  { name: "Gehäuse & Norm", description: "Enclosures and fasteners", is: "supplier" },
  { name: "Akku Depot", description: "Cells and power supplies", is: "supplier" },
  { name: "Druckerei Sommer", description: "Labels, guides, cartons", is: "supplier" },
  { name: "Obsthof Marten", description: "Orchards, 40 stations in the field", is: "customer" },
  { name: "Stadtwerke Bruck", description: "Flood gauges", is: "customer" },
  { name: "Prairie Weather Co-op", description: "Customer in Manitoba", is: "customer" },
];

/** Who sells what, in which packs; bought parts that nobody sells are left out on purpose. */
export const SUPPLIES: readonly SupplySpec[] = [
  ...sold({ supplier: "Halbleiter Nord", mark: "HN" }, [
    "IC-0001",
    "IC-0002",
    "IC-0003",
    "IC-0004",
    "IC-0005",
    "IC-0006",
    "CPU-0001",
  ]),
  ...sold({ supplier: "Halbleiter Nord", mark: "HN" }, [
    "SEN-0001",
    "SEN-0002",
    "SEN-0003",
    "RF-0001",
    "XTL-0002",
    "PRB-0004",
  ]),
  ...sold({ supplier: "Ostwind Elektronik", mark: "OW" }, [
    "RF-0002",
    "RF-0003",
    "IND-0001",
    "XTL-0001",
    "NTC-0001",
    "SHD-0001",
  ]),
  ...sold({ supplier: "Ostwind Elektronik", mark: "OW" }, [
    "ANT-0001",
    "ANT-0002",
    "CON-0002",
    "CON-0003",
    "CON-0004",
    "FUS-0001",
  ]),
  {
    part: "IC-0001",
    supplier: "Ostwind Elektronik",
    sku: "OW-IC-0001-TR",
    mpn: "STM32U575CIT6TR",
    pack: 1_500,
    inactive: true,
  },
  reel("CAP-0001", {
    pack: 4_000,
    prices: [
      [1, 15.6],
      [5, 13.9],
    ],
  }),
  reel("CAP-0002", { pack: 4_000, prices: [[1, 34]] }),
  reel("CAP-0003", { pack: 2_000, prices: [[1, 42]] }),
  reel("CAP-0004", { pack: 4_000, prices: [[1, 21]] }),
  reel("RES-0001-R", { pack: 10_000, prices: [[1, 9.8]] }),
  { part: "RES-0001-T", supplier: "Ostwind Elektronik", sku: "OW-RES-0001-T", pack: 100, prices: [[1, 0.35]] },
  reel("RES-0002", { pack: 10_000, prices: [[1, 9.8]] }),
  reel("RES-0003", { pack: 10_000, prices: [[1, 9.8]] }),
  reel("RES-0004", { pack: 10_000, prices: [[1, 10.4]] }),
  reel("IND-0002", { pack: 500, prices: [[1, 22]] }),
  reel("FER-0001", { pack: 4_000, prices: [[1, 38]] }),
  reel("DIO-0001", { pack: 3_000, prices: [[1, 104]] }),
  reel("LED-0001", { pack: 2_000, prices: [[1, 61]] }),
  { part: "PCB-0010/B", supplier: "Leiterplatten Kranz", sku: "PCB-0010-B", pack: 50, prices: [[1, 168]] },
  { part: "PCB-0020", supplier: "Leiterplatten Kranz", sku: "PCB-0020-A", pack: 100, prices: [[1, 143]] },
  { part: "PCB-0030", supplier: "Leiterplatten Kranz", sku: "PCB-0030-A", pack: 10, prices: [[1, 96]] },
  { part: "CON-0001", supplier: "Kabelhaus Lauffen", sku: "KL-M8-4-B", pack: 10, prices: [[1, 29]] },
  { part: "CON-0005", supplier: "Kabelhaus Lauffen", sku: "KL-M8-4-S", pack: 25, prices: [[1, 82]] },
  { part: "CON-0006", supplier: "Kabelhaus Lauffen", sku: "KL-AEH-014", pack: 500, prices: [[1, 6.4]] },
  { part: "CON-0007", supplier: "Kabelhaus Lauffen", sku: "KL-PHR-2", pack: 100, prices: [[1, 10.5]] },
  {
    part: "WIR-0001",
    supplier: "Kabelhaus Lauffen",
    sku: "KL-PUR-4014-100",
    pack: 100,
    prices: [
      [1, 124],
      [5, 117],
    ],
  },
  { part: "WIR-0002", supplier: "Kabelhaus Lauffen", sku: "KL-SIF-05-RD", pack: 50, prices: [[1, 17]] },
  { part: "WIR-0003", supplier: "Kabelhaus Lauffen", sku: "KL-SIF-05-BK", pack: 50, prices: [[1, 17]] },
  { part: "HST-0001", supplier: "Kabelhaus Lauffen", sku: "KL-HST-6-5", pack: 5, prices: [[1, 4.2]] },
  { part: "CBL-0012", supplier: "Kabelhaus Lauffen", sku: "KL-PATCH-3-UV", prices: [[1, 5.1]] },
  ...sold({ supplier: "Gehäuse & Norm", mark: "GN" }, ["ENC-0001-G", "ENC-0001-N", "ENC-0002", "CLP-0001"]),
  { part: "SCR-0001", supplier: "Gehäuse & Norm", sku: "GN-4762-M4-16", pack: 100, prices: [[1, 6.9]] },
  { part: "SCR-0002", supplier: "Gehäuse & Norm", sku: "GN-7380-M3-8", pack: 100, prices: [[1, 5.2]] },
  { part: "WSH-0001", supplier: "Gehäuse & Norm", sku: "GN-7089-M4", pack: 100, prices: [[1, 1.8]] },
  {
    part: "BAT-0001",
    supplier: "Akku Depot",
    sku: "AD-LFP-18650",
    pack: 20,
    prices: [
      [1, 79],
      [5, 74],
    ],
  },
  ...sold({ supplier: "Akku Depot", mark: "AD" }, ["BAT-0002", "PSU-0001"]),
  { part: "LBL-0001", supplier: "Druckerei Sommer", sku: "DS-SER-20x8", pack: 250, prices: [[1, 9]] },
  { part: "LBL-0002", supplier: "Druckerei Sommer", sku: "DS-WRAP-24", pack: 24, prices: [[1, 1.6]] },
  { part: "LBL-0003", supplier: "Druckerei Sommer", sku: "DS-TYP-FW", pack: 100, prices: [[1, 26]] },
  { part: "PKG-0001", supplier: "Druckerei Sommer", sku: "DS-KT-250", pack: 25, prices: [[1, 16.5]] },
  { part: "DOC-0001", supplier: "Druckerei Sommer", sku: "DS-QG-FW", pack: 100, prices: [[1, 24]] },
  { part: "CHM-0001", supplier: "Ostwind Elektronik", sku: "OW-SAC305-500", pack: 500, prices: [[1, 96]] },
  { part: "CHM-0002", supplier: "Ostwind Elektronik", sku: "OW-CC-AC-1L", prices: [[1, 44]] },
];

/** By the piece. */
function sold(seller: { supplier: string; mark: string }, parts: readonly string[]): readonly SupplySpec[] {
  return parts.map((part) => ({ part, supplier: seller.supplier, sku: `${seller.mark}-${part}` }));
}

/** A pack is a reel. */
function reel(part: string, terms: Pick<SupplySpec, "pack" | "prices">): SupplySpec {
  return { part, supplier: "Ostwind Elektronik", sku: `OW-${part}`, ...terms };
}
