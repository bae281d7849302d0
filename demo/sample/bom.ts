import type { BomSpec, LineSpec } from "./specs.ts";

/** Who consists of what. Reels lose 2 % in the pick-and-place machine; a feeder eats a leader of tape once per build. */
export const BOM: readonly BomSpec[] = [
  {
    assembly: "FW-100",
    lines: [
      inherited({ part: "PCA-0010/B", quantity: 1 }),
      inherited({ part: "PWR-0005", quantity: 1 }),
      { part: "ENC-0001", quantity: 1, is: ["inherited", "variants"] },
      inherited({ part: "GSK-0001", quantity: 1 }),
      inherited({ part: "SCR-0002", quantity: 4 }),
      inherited({ part: "KIT-0001", quantity: 1 }),
      inherited({ part: "LBL-0003", quantity: 1 }),
      inherited({ part: "PKG-0001", quantity: 1 }),
      inherited({ part: "DOC-0001", quantity: 1 }),
      { part: "PRB-0004", quantity: 1, is: ["inherited", "optional"], note: "Only for orchards" },
    ],
  },
  { assembly: "FW-100-868", lines: [{ part: "ANT-0001", quantity: 1 }] },
  { assembly: "FW-100-915", lines: [{ part: "ANT-0002", quantity: 1 }] },
  {
    assembly: "FW-200",
    lines: [
      { part: "PCA-0030", quantity: 1 },
      { part: "ENC-0002", quantity: 1 },
      { part: "ANT-0001", quantity: 1 },
      { part: "PSU-0001", quantity: 1 },
      { part: "CBL-0012", quantity: 1 },
      { part: "KIT-0001", quantity: 1 },
      { part: "LBL-0003", quantity: 1 },
    ],
  },
  {
    assembly: "PCA-0010/A",
    lines: [
      { part: "PCB-0010/A", quantity: 1 },
      { part: "IC-0001", quantity: 1, reference: "U1" },
      { part: "SEN-0001", quantity: 1, reference: "U3" },
      tape("CAP-0001", { quantity: 12, reference: "C1-C12" }),
    ],
  },
  {
    assembly: "PCA-0010/B",
    lines: [
      { part: "PCB-0010/B", quantity: 1 },
      { part: "IC-0001", quantity: 1, reference: "U1" },
      { part: "PCA-0020", quantity: 1, reference: "U2" },
      { part: "SEN-0001", quantity: 1, reference: "U3" },
      { part: "SEN-0002", quantity: 1, reference: "U4" },
      { part: "SEN-0003", quantity: 1, reference: "U5", is: ["optional"], note: "Greenhouse option" },
      { part: "IC-0002", quantity: 1, reference: "U6", substitutes: ["IC-0003"] },
      { part: "IC-0004", quantity: 1, reference: "U7" },
      { ...tape("CAP-0001", { quantity: 14, reference: "C1-C14" }), setup: 25 },
      tape("CAP-0002", { quantity: 6, reference: "C15-C20" }),
      tape("CAP-0003", { quantity: 4, reference: "C21-C24" }),
      tape("CAP-0004", { quantity: 2, reference: "C25 C26" }),
      { ...tape("RES-0001", { quantity: 8, reference: "R1-R8" }), is: ["variants"] },
      tape("RES-0002", { quantity: 4, reference: "R9-R12" }),
      tape("RES-0003", { quantity: 3, reference: "R13-R15" }),
      tape("RES-0004", { quantity: 2, reference: "R16 R17" }),
      { part: "IND-0001", quantity: 1, reference: "L1" },
      tape("FER-0001", { quantity: 2, reference: "FB1 FB2" }),
      { part: "DIO-0001", quantity: 3, reference: "D1-D3" },
      { part: "LED-0001", quantity: 1, reference: "D4" },
      { part: "XTL-0001", quantity: 1, reference: "Y1" },
      { part: "CON-0001", quantity: 2, reference: "J1 J2" },
      { part: "CON-0002", quantity: 1, reference: "J3" },
      { part: "CON-0003", quantity: 1, reference: "J4", is: ["optional"], note: "Development only" },
      { part: "LBL-0001", quantity: 1, multiple: 10 },
      { part: "CHM-0001", quantity: 0.9, is: ["consumable"] },
      { part: "CHM-0002", quantity: 0.004 },
    ],
  },
  {
    assembly: "PCA-0020",
    lines: [
      { part: "PCB-0020", quantity: 1 },
      { part: "RF-0001", quantity: 1, reference: "U1" },
      { part: "XTL-0002", quantity: 1, reference: "Y1" },
      { part: "RF-0002", quantity: 1, reference: "J1" },
      { part: "RF-0003", quantity: 1, reference: "T1" },
      tape("IND-0002", { quantity: 3, reference: "L1-L3" }),
      tape("CAP-0001", { quantity: 6, reference: "C1-C6" }),
      tape("CAP-0004", { quantity: 4, reference: "C7-C10" }),
      { ...tape("RES-0001", { quantity: 2, reference: "R1 R2" }), is: ["variants"] },
      { part: "SHD-0001", quantity: 1 },
      { part: "CHM-0001", quantity: 0.2, is: ["consumable"] },
    ],
  },
  {
    assembly: "PCA-0030",
    lines: [
      { part: "PCB-0030", quantity: 1 },
      { part: "CPU-0001", quantity: 1 },
      { part: "PCA-0020", quantity: 1 },
      { part: "IC-0005", quantity: 1, reference: "U1" },
      { part: "IC-0006", quantity: 1, reference: "U2" },
      { part: "CON-0004", quantity: 1, reference: "J1" },
      tape("CAP-0001", { quantity: 22, reference: "C1-C22" }),
      tape("CAP-0003", { quantity: 8, reference: "C23-C30" }),
      { ...tape("RES-0001", { quantity: 12, reference: "R1-R12" }), is: ["variants"] },
      { part: "CHM-0001", quantity: 1.6, is: ["consumable"] },
    ],
  },
  {
    assembly: "PWR-0005",
    lines: [
      { part: "BAT-0001", quantity: 2 },
      { part: "BAT-0002", quantity: 1 },
      { part: "FUS-0001", quantity: 1 },
      { part: "NTC-0001", quantity: 1 },
      { part: "CON-0007", quantity: 1 },
      { part: "WIR-0002", quantity: 0.15, attrition: 5 },
      { part: "WIR-0003", quantity: 0.15, attrition: 5 },
      { part: "HST-0001", quantity: 0.04 },
    ],
  },
  {
    assembly: "CBL-0007",
    lines: [
      { part: "WIR-0001", quantity: 2.1, attrition: 3, setup: 1.5, is: ["unvalidated"] },
      { part: "CON-0005", quantity: 1, is: ["unvalidated"] },
      { part: "CON-0006", quantity: 4, is: ["unvalidated"] },
      { part: "HST-0001", quantity: 0.08, is: ["unvalidated"] },
      { part: "LBL-0002", quantity: 2, multiple: 24, is: ["unvalidated"] },
    ],
  },
  {
    assembly: "KIT-0001",
    lines: [
      { part: "SCR-0001", quantity: 4 },
      { part: "WSH-0001", quantity: 4 },
      { part: "CLP-0001", quantity: 2 },
    ],
  },
];

function inherited(line: LineSpec): LineSpec {
  return { ...line, is: ["inherited"] };
}

function tape(part: string, line: Pick<LineSpec, "quantity" | "reference">): LineSpec {
  return { part, attrition: 2, ...line };
}
