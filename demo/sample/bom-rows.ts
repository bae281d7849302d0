import type { BomLineRow, PartRow, SubstituteRow } from "../inventree/tables.ts";
import type { Keyed } from "./keyed.ts";
import type { BomSpec } from "./specs.ts";

export interface BomTables {
  readonly bomLines: readonly BomLineRow[];
  readonly substitutes: readonly SubstituteRow[];
}

/** BOM lines and their substitutes. */
export function bomTables(boms: readonly BomSpec[], parts: Keyed<PartRow>): BomTables {
  const specs = boms.flatMap(({ assembly, lines }) => lines.map((line) => ({ assembly, line })));
  const bomLines = specs.map(({ assembly, line }, index): BomLineRow => {
    const is = new Set(line.is);
    return {
      pk: index + 1,
      part: parts.row(assembly).pk,
      sub_part: parts.row(line.part).pk,
      quantity: line.quantity,
      raw_amount: String(line.quantity),
      setup_quantity: line.setup ?? 0,
      attrition: line.attrition ?? 0,
      rounding_multiple: line.multiple ?? null,
      optional: is.has("optional"),
      consumable: is.has("consumable"),
      inherited: is.has("inherited"),
      allow_variants: is.has("variants"),
      validated: !is.has("unvalidated"),
      reference: line.reference ?? "",
      note: line.note ?? "",
    };
  });
  const replacing = specs.flatMap(({ line }, index) =>
    (line.substitutes ?? []).map((key) => ({ bom_item: index + 1, part: parts.row(key).pk })),
  );
  return { bomLines, substitutes: replacing.map((row, index) => ({ pk: index + 1, ...row })) };
}
