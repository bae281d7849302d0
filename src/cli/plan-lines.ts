import { planWords } from "../core/monitor.ts";
import { wrapToWidth } from "../core/text/text-width.ts";
import type { Io } from "./io.ts";

/** Below a table of monitors: `spring is a plan of 2 lists: boards, cables.` */
export function planLines(
  monitors: readonly { readonly id: string; readonly lists?: readonly string[] }[],
  { columns }: Pick<Io, "columns">,
): readonly string[] {
  return monitors.flatMap(({ id, lists }) =>
    lists === undefined ? [] : wrapToWidth(`${id} is a ${planWords(lists)}.`, columns),
  );
}
