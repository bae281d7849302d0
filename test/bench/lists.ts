import type { ListEntry } from "../../src/core/monitor.ts";
import { assembliesOf, LARGE } from "./catalogue.ts";

// Larger catalogues have the same first assemblies.
const MODULES = assembliesOf("module", LARGE);
const BOARDS = assembliesOf("board", LARGE);
const DEVICES = assembliesOf("device", LARGE);

/** The list of monitor number `index`: two boards; of every fourth a module, too, and of every twentieth a device. */
export function listOf(index: number): readonly ListEntry[] {
  const pick = (pks: readonly number[], at: number) => ({ pk: pks[at % pks.length] ?? 1, quantity: 1 + (index % 50) });
  return [
    pick(BOARDS, index * 11),
    pick(BOARDS, index * 13 + 5),
    ...(index % 4 === 1 ? [pick(MODULES, index * 7)] : []),
    ...(index % 20 === 11 ? [pick(DEVICES, index * 3)] : []),
  ];
}
