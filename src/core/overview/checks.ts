import type { RecentCheck } from "../notification/state.ts";
import type { ListRow } from "./lists.ts";

/** A check with the list that it was of. */
export interface ListCheck {
  readonly list: ListRow;
  readonly check: RecentCheck;
}

/** The lists' last checks on record, the newest first. */
export function listChecks(lists: readonly ListRow[]): readonly ListCheck[] {
  return lists
    .flatMap((list) => list.recent.map((check) => ({ time: Date.parse(check.at), list, check })))
    .sort((a, b) => b.time - a.time);
}
