// A snapshot as large as catalogues get, made by rule: the same each time.
import type { BomLine, Part, Snapshot } from "../../src/core/calculation/snapshot.ts";

export interface DeepSize {
  readonly parts: number;
  readonly bomLines: number;
  /** Of assemblies, one below the other. */
  readonly levels: number;
}

/** The parts of the uppermost level have the lowest pks. */
export function deepSnapshot({ parts, bomLines, levels }: DeepSize): Snapshot {
  const width = Math.floor(parts / (levels + 1));
  const assemblies = width * levels;
  const linesOf = (pk: number) =>
    Math.floor((pk * bomLines) / assemblies) - Math.floor(((pk - 1) * bomLines) / assemblies);
  const lines = new Map<number, readonly BomLine[]>();
  for (let pk = 1; pk <= assemblies; pk++) {
    const below = Math.ceil(pk / width) * width;
    const own = Array.from({ length: linesOf(pk) }, (_, index) =>
      lineAt({ pk: pk * 100 + index, part: pk, subPart: below + 1 + ((pk * 31 + index * 97) % width) }),
    );
    lines.set(pk, own);
  }
  const rows = Array.from({ length: width * (levels + 1) }, (_, index) => partAt(index + 1, assemblies));
  return {
    serverUrl: "http://127.0.0.1",
    apiVersion: 530,
    readAt: "2026-11-20T07:00:00.000Z",
    currency: "EUR",
    parts: new Map(rows.map((part) => [part.pk, part])),
    bomLines: lines,
    supplierParts: new Map(),
    purchaseOrderLines: new Map(),
  };
}

/** A tenth of each part: about eleven lines of them let what is required grow slowly from level to level. */
function lineAt(of: Pick<BomLine, "pk" | "part" | "subPart">): BomLine {
  return {
    ...of,
    quantity: 0.1,
    setupQuantity: 0,
    attrition: of.pk % 10 === 0 ? 2 : 0,
    roundingMultiple: null,
    optional: of.pk % 30 === 0,
    consumable: false,
    inherited: false,
    allowVariants: of.pk % 7 === 0,
    validated: true,
    reference: "",
    substitutes: [],
  };
}

function partAt(pk: number, assemblies: number): Part {
  return {
    pk,
    name: `Part ${pk}`,
    ipn: `P-${pk}`,
    revision: null,
    units: "",
    link: null,
    category: null,
    variantOf: null,
    active: true,
    assembly: pk <= assemblies,
    purchaseable: pk > assemblies,
    virtual: false,
    consumable: false,
    isTemplate: false,
    minimumStock: 0,
    inStock: pk % 5,
    externalStock: 0,
    allocatedToBuildOrders: 0,
    allocatedToSalesOrders: 0,
    requiredForBuildOrders: pk % 11 === 0 ? 1 : 0,
    requiredForSalesOrders: 0,
    onOrder: 0,
    building: 0,
    scheduledToBuild: 0,
    pricingMin: 1,
    pricingMax: 2,
  };
}
