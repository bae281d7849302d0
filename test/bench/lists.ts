import type { ListEntry } from "../../src/core/monitor.ts";
import { assembliesOf, type CatalogueSize, LARGE } from "./catalogue.ts";

/** The list of monitor number `index`: two boards; of every fourth a module, too, and of every twentieth a device. Larger catalogues have the same first assemblies. */
export function listOf(index: number, size: CatalogueSize = LARGE): readonly ListEntry[] {
  const [modules, boards, devices] = [
    assembliesOf("module", size),
    assembliesOf("board", size),
    assembliesOf("device", size),
  ];
  const pick = (pks: readonly number[], at: number) => ({ pk: pks[at % pks.length] ?? 1, quantity: 1 + (index % 50) });
  return [
    pick(boards, index * 11),
    pick(boards, index * 13 + 5),
    ...(index % 4 === 1 ? [pick(modules, index * 7)] : []),
    ...(index % 20 === 11 ? [pick(devices, index * 3)] : []),
  ];
}
