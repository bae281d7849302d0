import type { DataQuality } from "../generated/report.ts";
import { byCodeUnits } from "../text/code-units.ts";
import { bomLinesOf, type Cycle, type Graph, type PartNode } from "./bom.ts";
import type { Netting } from "./netting.ts";
import { partOf } from "./part-index.ts";
import type { Snapshot } from "./snapshot.ts";
import type { StockCount } from "./stock.ts";
import { partName } from "./why.ts";

/** Bounds what a hopelessly cyclic catalogue writes into a report. */
const LONGEST_PATH = 100;

/** Flaws of the parts behind a list: not wrong in the list, but to be fixed in InvenTree. Sorted. */
export function dataQualityOf(input: {
  readonly graph: Graph;
  readonly netting: Netting;
  /** Bought parts of which something is missing. */
  readonly short: ReadonlySet<PartNode>;
  readonly snapshot: Snapshot;
  readonly stock: StockCount;
}): DataQuality[] {
  const { graph, netting, short, snapshot, stock } = input;
  const walked = graph.nodes.slice(0, graph.walked);
  const really = (node: PartNode): boolean => netting.exploded.of(node) > 0;
  const found = [
    ...walked.filter((node) => !node.part.active).map((node) => finding("inactive_part", node)),
    ...walked
      .filter((node) => short.has(node) && !node.part.purchaseable && !node.part.assembly)
      .map((node) => finding("not_obtainable", node)),
    ...walked
      .filter((node) => short.has(node) && node.part.purchaseable && !hasSupplierPart(node, snapshot))
      .map((node) => finding("no_supplier_part", node)),
    ...walked
      .filter((node) => node.part.assembly && bomLinesOf(node.part, snapshot).length === 0)
      .map((node) => finding("assembly_without_bom", node)),
    ...walked
      .filter((node) => really(node) && bomLinesOf(node.part, snapshot).some((line) => !line.validated))
      .map((node) => finding("bom_not_validated", node)),
    ...graph.cycles.map((cycle) => cycleFinding(cycle, snapshot)),
    ...walked
      .filter((node) => node.part.virtual && node.part.assembly && hasStockedVariant(node, stock))
      .map((node) => finding("odd_phantom", node)),
  ];
  return found.sort(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || byCodeUnits(a.name, b.name) || a.pk - b.pk,
  );
}

type Kind = Exclude<DataQuality["kind"], "cycle">;

const ORDER: readonly DataQuality["kind"][] = [
  "cycle",
  "not_obtainable",
  "no_supplier_part",
  "assembly_without_bom",
  "bom_not_validated",
  "inactive_part",
  "odd_phantom",
];

const WORDS: Readonly<Record<Kind, string>> = {
  inactive_part: "is inactive and is still on the list or in a BOM",
  not_obtainable: "is short, and is neither purchaseable nor an assembly",
  no_supplier_part: "is short and purchaseable, and has no supplier part",
  assembly_without_bom: "is an assembly without BOM, so it is not built here",
  bom_not_validated: "is built from a BOM that is not validated",
  odd_phantom: "is a virtual assembly whose variants are in stock; it is exploded all the same",
};

function finding(kind: Kind, { part }: PartNode): DataQuality {
  return { kind, pk: part.pk, name: part.name, path: [], message: `${part.name} (pk ${part.pk}) ${WORDS[kind]}` };
}

function cycleFinding({ line, path }: Cycle, snapshot: Snapshot): DataQuality {
  const parts = path.length > LONGEST_PATH ? [...path.slice(0, LONGEST_PATH - 1), ...path.slice(-1)] : path;
  const owner = path.at(-2) ?? partOf(snapshot, line.part);
  const words = parts.map((part) => part.name).join(" → ");
  return {
    kind: "cycle",
    pk: owner.pk,
    name: owner.name,
    path: parts.map(partName),
    message: `The BOM needs itself: ${words}; line ${line.pk} of ${owner.name} (pk ${owner.pk}) is ignored`,
  };
}

function hasSupplierPart(node: PartNode, snapshot: Snapshot): boolean {
  return (snapshot.supplierParts.get(node.part.pk) ?? []).length > 0;
}

function hasStockedVariant(node: PartNode, stock: StockCount): boolean {
  return node.variants.some((variant) => stock.of(variant.part).inStock > 0);
}
