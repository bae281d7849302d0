import type { PartSpec } from "./specs.ts";

const BOX = "Mechanical/Enclosures";
const SCREW = "Mechanical/Fasteners";
const WIRE = "Cable and Wire";

/** What is screwed, glued, wired, printed or packed. */
export const HARDWARE: readonly PartSpec[] = [
  {
    key: "ENC-0001",
    name: "Station enclosure",
    description: "Polycarbonate, IP66, 120 × 80 × 55 mm; template of its colours",
    category: BOX,
    minimum: 10,
    price: [9.8, 13.5],
    is: ["template"],
  },
  {
    key: "ENC-0001-G",
    name: "Station enclosure, light grey",
    description: "Polycarbonate, IP66, RAL 7035",
    category: BOX,
    variantOf: "ENC-0001",
    price: [9.8, 12.9],
    is: ["bought"],
  },
  {
    key: "ENC-0001-N",
    name: "Station enclosure, moss green",
    description: "Polycarbonate, IP66, RAL 6005",
    category: BOX,
    variantOf: "ENC-0001",
    price: [10.4, 13.5],
    is: ["bought"],
  },
  bought("ENC-0002", {
    name: "Gateway enclosure",
    description: "Aluminium, IP67, 220 × 120 × 80 mm",
    category: BOX,
    minimum: 3,
    price: [24, 31],
  }),
  // Cut to measure by a workshop nearby that nobody entered as a supplier: data quality finds it.
  bought("GSK-0001", {
    name: "Vent gasket",
    description: "Silicone, with PTFE membrane, cut to drawing D-118",
    category: BOX,
    minimum: 0,
    price: [0.9, 1.3],
  }),
  bought("SHD-0001", {
    name: "Shield can 18 × 14 mm",
    description: "Tinned steel, two-piece",
    category: BOX,
    minimum: 20,
    price: [0.4, 0.7],
  }),
  bought("SCR-0001", {
    name: "Screw M4 × 16 A2",
    description: "ISO 4762, stainless",
    category: SCREW,
    minimum: 200,
    price: [0.06, 0.09],
  }),
  bought("SCR-0002", {
    name: "Screw M3 × 8 A2",
    description: "ISO 7380, stainless",
    category: SCREW,
    minimum: 200,
    price: [0.04, 0.07],
  }),
  bought("WSH-0001", {
    name: "Washer M4 A2",
    description: "ISO 7089, stainless",
    category: SCREW,
    minimum: 200,
    price: [0.01, 0.02],
  }),
  bought("CLP-0001", {
    name: "Pole clamp 40–60 mm",
    description: "Stainless band clamp",
    category: SCREW,
    minimum: 20,
    price: [1.4, 2.1],
  }),
  {
    ...bought("WIR-0001", {
      name: "Cable 4 × 0.14 mm² PUR",
      description: "Sensor cable, black, shielded",
      category: WIRE,
      minimum: 50,
      price: [1.15, 1.7],
    }),
    units: "m",
  },
  {
    ...bought("WIR-0002", {
      name: "Silicone wire 0.5 mm² red",
      description: "Very flexible, 180 °C",
      category: WIRE,
      minimum: 10,
      price: [0.32, 0.5],
    }),
    units: "m",
  },
  {
    ...bought("WIR-0003", {
      name: "Silicone wire 0.5 mm² black",
      description: "Very flexible, 180 °C",
      category: WIRE,
      minimum: 10,
      price: [0.32, 0.5],
    }),
    units: "m",
  },
  {
    ...bought("HST-0001", {
      name: "Heat-shrink 6 mm",
      description: "3 : 1, with glue, black",
      category: WIRE,
      minimum: 10,
      price: [0.7, 1.1],
    }),
    units: "m",
  },
  bought("CBL-0012", {
    name: "Patch cable 3 m outdoor",
    description: "Cat. 5e, UV-proof",
    category: WIRE,
    minimum: 5,
    price: [4.2, 6],
  }),
  bought("BAT-0001", {
    name: "LiFePO4 cell 18650",
    description: "3.2 V, 1,500 mAh",
    category: "Power",
    minimum: 40,
    price: [3.6, 4.9],
  }),
  bought("BAT-0002", {
    name: "Cell holder 2 × 18650",
    description: "With leads",
    category: "Power",
    minimum: 20,
    price: [1.1, 1.7],
  }),
  bought("PSU-0001", {
    name: "PoE injector 48 V",
    description: "0.5 A, EU plug",
    category: "Power",
    minimum: 3,
    price: [13, 18],
  }),
  bought("LBL-0001", {
    name: "Serial label",
    description: "Polyester, 20 × 8 mm, on strips of ten",
    category: "Labels and Packaging",
    minimum: 100,
    price: [0.03, 0.05],
  }),
  bought("LBL-0002", {
    name: "Cable label",
    description: "Wrap-around, sheets of 24",
    category: "Labels and Packaging",
    minimum: 48,
    price: [0.05, 0.08],
  }),
  bought("LBL-0003", {
    name: "Type label Fernwarte",
    description: "Polyester, UV-proof, 60 × 40 mm",
    category: "Labels and Packaging",
    minimum: 50,
    price: [0.21, 0.33],
  }),
  bought("PKG-0001", {
    name: "Carton 250 × 180 × 100",
    description: "Brown, FSC",
    category: "Labels and Packaging",
    minimum: 25,
    price: [0.55, 0.8],
  }),
  bought("DOC-0001", {
    name: "Quick guide",
    description: "A5, folded, German and English",
    category: "Labels and Packaging",
    minimum: 50,
    price: [0.18, 0.3],
  }),
  {
    ...bought("CHM-0001", {
      name: "Solder paste SAC305",
      description: "Type 4, no clean, keep at 2–10 °C",
      category: "Consumables",
      minimum: 200,
      price: [0.16, 0.24],
    }),
    units: "g",
  },
  {
    ...bought("CHM-0002", {
      name: "Conformal coating",
      description: "Acrylic, UV trace",
      category: "Consumables",
      minimum: 0.5,
      price: [38, 52],
    }),
    units: "l",
    is: ["bought", "consumable"],
  },
];

function bought(key: string, words: Omit<PartSpec, "key" | "is">): PartSpec {
  return { key, is: ["bought"], ...words };
}
