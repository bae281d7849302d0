import type { Snapshot } from "../core/calculation/snapshot.ts";
import type { Failure } from "../core/failure.ts";
import { FailureError, failureOf } from "../core/failure.ts";
import { needOf } from "../inventree/need.ts";
import type { Deps } from "./deps.ts";
import type { Selected } from "./select.ts";

/** The snapshot of an instance, or why every check of that instance fails. */
export type Reading =
  | { readonly kind: "read"; readonly snapshot: Snapshot }
  | { readonly kind: "failed"; readonly failure: Failure };

/** Each server is asked once for everything that all its due monitors need. */
export async function readInstances(
  deps: Deps,
  selected: readonly Pick<Selected, "monitor">[],
): Promise<ReadonlyMap<string, Reading>> {
  const monitors = Map.groupBy(
    selected.map(({ monitor }) => monitor),
    (monitor) => monitor.instance,
  );
  const readings = [...monitors].map(async ([instance, group]): Promise<[string, Reading]> => {
    try {
      return [instance, { kind: "read", snapshot: await deps.inventree(instance).read(needOf(group)) }];
    } catch (error) {
      if (!(error instanceof FailureError))
        deps.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error), { step: "inventree" });
      return [instance, { kind: "failed", failure: failureOf(error) }];
    }
  });
  return new Map(await Promise.all(readings));
}
