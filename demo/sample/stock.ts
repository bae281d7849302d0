import type { StockSpec } from "./specs.ts";

export interface LocationSpec {
  /** From the top, with slashes. */
  readonly path: string;
  readonly description: string;
  readonly is?: readonly ("external" | "structural")[];
}

export const SAMPLE_LOCATIONS: readonly LocationSpec[] = [
  { path: "Workshop", description: "Ground floor", is: ["structural"] },
  { path: "Workshop/Reel Rack", description: "Reels and cut tape, dry" },
  { path: "Workshop/Bins", description: "Small parts" },
  { path: "Workshop/Fridge", description: "2–10 °C" },
  { path: "Store", description: "Cellar", is: ["structural"] },
  { path: "Store/Shelf A", description: "Boxes, cables, packaging" },
  { path: "Store/Shelf B", description: "Finished goods" },
  { path: "Kontor Assembly, Kiel", description: "Contract assembler; stock of ours lies there", is: ["external"] },
];

const RACK = "Workshop/Reel Rack";
const BINS = "Workshop/Bins";
const FRIDGE = "Workshop/Fridge";
const SHELF = "Store/Shelf A";
const GOODS = "Store/Shelf B";
const KIEL = "Kontor Assembly, Kiel";

/** What lies where. */
export const STOCK: readonly StockSpec[] = [
  ...at(RACK, {
    "IC-0001": 20,
    "IC-0002": 8,
    "IC-0003": 240,
    "IC-0004": 96,
    "IC-0005": 14,
    "IC-0006": 22,
    "DIO-0001": 1_650,
    "LED-0001": 880,
    "SEN-0001": 15,
    "SEN-0002": 41,
    "SEN-0003": 6,
    "CAP-0002": 6_400,
    "CAP-0003": 2_150,
    "CAP-0004": 3_800,
    "RES-0001-R": 8_400,
    "RES-0001-T": 300,
    "RES-0002": 9_100,
    "RES-0003": 7_700,
    "RES-0004": 4_950,
    "IND-0001": 310,
    "IND-0002": 1_240,
    "FER-0001": 2_600,
    "FUS-0001": 420,
    "XTL-0001": 460,
    "XTL-0002": 5,
    "RF-0001": 52,
    "RF-0002": 180,
    "RF-0003": 74,
    "SHD-0001": 66,
    "LBL-0001": 340,
  }),
  { part: "CAP-0001", quantity: 3_000, location: RACK, batch: "R-2231" },
  { part: "CAP-0001", quantity: 210, location: RACK, batch: "cut tape" },
  ...at(BINS, {
    "CON-0001": 30,
    "CON-0002": 520,
    "CON-0003": 18,
    "CON-0004": 9,
    "CON-0005": 200,
    "CON-0006": 1_400,
    "CON-0007": 310,
    "NTC-0001": 48,
    "BAT-0002": 37,
    "GSK-0001": 12,
    "SCR-0001": 620,
    "SCR-0002": 910,
    "WSH-0001": 700,
    "CLP-0001": 44,
    "LBL-0002": 96,
    "LBL-0003": 140,
    "PCB-0020": 65,
    "PCB-0030": 7,
    "CPU-0001": 5,
    "ANT-0001": 26,
    "ANT-0002": 12,
  }),
  { part: "PCB-0010/A", quantity: 14, location: BINS },
  { part: "PCB-0010/B", quantity: 18, location: BINS, batch: "2612" },
  { part: "PCB-0010/B", quantity: 12, location: KIEL, batch: "2612" },
  { part: "CHM-0001", quantity: 350, location: FRIDGE, batch: "SP-119", expiresIn: 71 },
  { part: "CHM-0001", quantity: 120, location: FRIDGE, batch: "SP-097", expiresIn: -18 },
  { part: "CHM-0002", quantity: 1.35, location: FRIDGE, batch: "CC-04", expiresIn: 205 },
  { part: "BAT-0001", quantity: 64, location: SHELF, batch: "B-2025-44" },
  { part: "BAT-0001", quantity: 16, location: SHELF, batch: "B-2023-09", expiresIn: -40 },
  ...at(SHELF, {
    "ENC-0001-G": 31,
    "ENC-0002": 6,
    "WIR-0001": 62.5,
    "WIR-0002": 38.4,
    "WIR-0003": 41.2,
    "HST-0001": 12.4,
    "CBL-0012": 11,
    "PSU-0001": 7,
    "PKG-0001": 85,
    "DOC-0001": 130,
    "PRB-0004": 3,
  }),
  { part: "ENC-0001-N", quantity: 9, location: SHELF },
  { part: "ENC-0001-N", quantity: 2, location: SHELF, batch: "scratched", status: 55 },
  ...at(GOODS, {
    "FW-100-868": 7,
    "FW-100-915": 2,
    "FW-200": 1,
    "PCA-0010/A": 3,
    "PCA-0010/B": 6,
    "PCA-0020": 20,
    "PWR-0005": 11,
    "CBL-0007": 12,
  }),
];

function at(location: string, amounts: Readonly<Record<string, number>>): readonly StockSpec[] {
  return Object.entries(amounts).map(([part, quantity]) => ({ part, quantity, location }));
}
