import { type StockAhead, stockAhead } from "../core/calculation/ahead/stock-ahead.ts";
import { resolveEntries } from "../core/calculation/resolve.ts";
import { snapshotRequest } from "../core/calculation/snapshot-request.ts";
import type { ListEntry, Monitor } from "../core/monitor.ts";
import { localDate } from "../core/schedule/local-date.ts";
import type { Config } from "../core/settings/config.ts";
import { byCodeUnits } from "../core/text/code-units.ts";
import type { InventreeSource } from "./deps.ts";

/** How stock develops, or why that cannot be calculated for the given part. */
export type Developing =
  | { readonly kind: "developing"; readonly ahead: StockAhead }
  | { readonly kind: "refused"; readonly message: string };

/**
 * How the stock of one part develops, day by day, with what these lists of its server need. Nothing is recorded, nobody
 * is notified. Throws FailureError if the server cannot be read completely.
 */
export async function stockOf(input: {
  readonly part: Omit<ListEntry, "quantity">;
  readonly lists: readonly Monitor[];
  readonly defaults: Config["monitorDefaults"];
  readonly inventree: InventreeSource;
  readonly now: Date;
}): Promise<Developing> {
  const { inventree, now } = input;
  const { policy, timezone } = input.defaults;
  const entries = input.lists
    .toSorted((a, b) => byCodeUnits(a.id, b.id))
    .flatMap(({ id, parts }) => parts.map((entry) => ({ id, entry })));
  const parts = entries.map(({ entry }) => entry);
  const asked = { ...input.part, quantity: 1 };
  const need = { parts: [asked, ...parts], watch: [], policy, silences: [], byWhen: true, demands: true };
  const snapshot = await inventree.read(snapshotRequest([need]));
  const { entries: [found] = [], problems } = resolveEntries([asked], snapshot);
  if (found === undefined || found.part === null)
    return { kind: "refused", message: problems.map(({ message }) => message).join("\n") };
  if (found.part.virtual)
    return {
      kind: "refused",
      message: `${found.part.name} is virtual: there is no stock of it. Name a part below it.`,
    };
  const ahead = stockAhead(found.part, {
    ...{ parts, policy, snapshot, today: localDate(now, timezone) },
    listOf: (entry) => entries[entry]?.id ?? "",
  });
  return { kind: "developing", ahead };
}
