// What the pages in the browser show, over all lists: made from the lists' files and the state branch, without asking a server.
import type { BrokenStateFile, Incident } from "../notification/state.ts";
import { type BasketAhead, basketsAhead } from "./ahead.ts";
import { type ListAlert, listAlerts } from "./alerts.ts";
import { type ListCheck, listChecks } from "./checks.ts";
import { type ListRow, listRows, type OverviewInput, type UnusableFile } from "./lists.ts";
import { type OpenOrder, openOrders } from "./orders.ts";
import { type PartRow, partRows } from "./parts.ts";

export interface Overview {
  readonly now: Date;
  /** Those with problems first. */
  readonly lists: readonly ListRow[];
  /** Of active lists, each part of a server once; the most urgent first. */
  readonly parts: readonly PartRow[];
  /** Open purchase orders of these parts, the most urgent first. */
  readonly orders: readonly OpenOrder[];
  /** What each instance's lists have to order together. */
  readonly baskets: readonly BasketAhead[];
  /** Of all lists, the longest first; resolved ones too. */
  readonly alerts: readonly ListAlert[];
  /** The newest first. */
  readonly checks: readonly ListCheck[];
  readonly incidents: readonly (Incident & { readonly key: string })[];
  /** partwatch.yaml and the like: files that cannot be used and stand for no list. */
  readonly brokenFiles: readonly UnusableFile[];
  /** Files of the state branch that cannot be read. */
  readonly brokenState: readonly BrokenStateFile[];
  /** The newest check; null: there was none. */
  readonly lastCheck: Date | null;
  readonly nextCheck: Date | null;
}

/** Puts together what is known of all lists at that instant. */
export function overviewOf(input: OverviewInput): Overview {
  const { state, now } = input;
  const lists = listRows(input);
  const alerts = listAlerts(lists, state);
  const checks = listChecks(lists);
  const parts = partRows(lists, { alerts, state, now });
  return {
    now,
    lists,
    parts,
    orders: openOrders(parts, { at: now, orders: state.orders }),
    baskets: basketsAhead(input.monitors, { state, now }),
    alerts,
    checks,
    incidents: Object.entries(state.system).map(([key, incident]) => ({ key, ...incident })),
    brokenFiles: input.broken.filter(({ file }) => lists.every((list) => list.file !== file)),
    brokenState: state.broken,
    lastCheck: latest(lists.map(({ lastCheck }) => lastCheck)),
    nextCheck: earliest(lists.map(({ next }) => next)),
  };
}

function latest(instants: readonly (Date | null)[]): Date | null {
  return instants.reduce((last, one) => (last === null || (one !== null && one > last) ? one : last), null);
}

function earliest(instants: readonly (Date | null)[]): Date | null {
  return instants.reduce((first, one) => (first === null || (one !== null && one < first) ? one : first), null);
}
