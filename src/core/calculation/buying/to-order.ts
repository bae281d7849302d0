import type { Watched } from "../../generated/report.ts";
import type { Monitor } from "../../monitor.ts";
import { looksAhead } from "../ahead/ready.ts";
import { type CountInput, countList } from "../count.ts";
import { boughtByPolicy } from "../resolve.ts";
import type { Snapshot } from "../snapshot.ts";
import { countStock } from "../stock.ts";
import { watchStock } from "../watch.ts";

/** A list and the policy by which it is counted. */
export interface OrderingList extends Pick<Monitor, "parts" | "plan" | "watch" | "policy"> {
  /** YYYY-MM-DD in its zone. */
  readonly today: string;
}

/** The bought parts of which somebody wants to know more than their stock. */
export interface BoughtParts {
  /** Something is to order of them: at which prices are they offered? */
  readonly toOrder: ReadonlySet<number>;
  /** Beside these, those that are missing although enough is on order, and all those of a list with days: who supplies them? */
  readonly supplied: ReadonlySet<number>;
  /** Missing or low, and on order: when does it come? */
  readonly ordered: ReadonlySet<number>;
}

/** What has to be known of suppliers for this list's parts, and for what it watches. */
export function boughtParts(
  list: OrderingList,
  snapshot: Snapshot,
): { readonly ofList: BoughtParts; readonly watched: BoughtParts } {
  const { parts, policy, today } = list;
  const counting = {
    ...{ parts, policy, snapshot },
    stock: countStock({ snapshot, policy, today }),
    buy: boughtByPolicy(policy, snapshot),
  };
  return {
    ofList: parts.length === 0 ? NOTHING : listed(list, counting),
    watched: list.watch.length === 0 ? NOTHING : watched(list, counting),
  };
}

export const NOTHING: BoughtParts = { toOrder: new Set(), supplied: new Set(), ordered: new Set() };

function listed(list: OrderingList, counting: CountInput): BoughtParts {
  const { graph, netting } = countList(counting);
  const nodes = graph.nodes.slice(0, graph.walked);
  const bought = nodes.filter((node) => !node.made);
  const toOrder = bought.filter((node) => netting.lacking.of(node) > 0);
  // How long a supplier takes decides by when something is there, on order or not.
  const missing = looksAhead(list) ? bought : bought.filter((node) => netting.missing.of(node) > 0);
  const { purchaseOrderLines } = counting.snapshot;
  const ordered = nodes.filter(
    (node) => netting.missing.of(node) > 0 && node.part.onOrder > 0 && !purchaseOrderLines.has(node.part.pk),
  );
  return { toOrder: pksOf(toOrder), supplied: pksOf([...toOrder, ...missing]), ordered: pksOf(ordered) };
}

function watched({ watch, today }: OrderingList, counting: CountInput): BoughtParts {
  const rows = watchStock(watch, { ...counting, today, suppliers: { prefer: [], avoid: [] } }).watched;
  const toOrder = new Set(rows.flatMap(({ pk, to_order: some }) => (some === undefined ? [] : [pk])));
  const isUnread = ({ on_order: some = 0, lacking, outlook }: Watched) =>
    some > 0 && lacking > 0 && outlook === undefined;
  return { toOrder, supplied: toOrder, ordered: new Set(rows.filter(isUnread).map(({ pk }) => pk)) };
}

function pksOf(nodes: readonly { readonly part: { readonly pk: number } }[]): ReadonlySet<number> {
  return new Set(nodes.map(({ part }) => part.pk));
}
