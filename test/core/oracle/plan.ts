import type { PlannedList, PlanReport, Ready } from "../../../src/core/generated/report.ts";
import type { PlanMember } from "../../../src/core/monitor.ts";
import { type Counting, settled } from "./counting.ts";
import { later } from "./days.ts";
import { partOf, type Question } from "./world.ts";

/** Rule 28: when each list of a plan is ready, and of which parts each of them alone has enough, but not all together. */
export function planOf(q: Question, { graph, counted }: Counting, ready: readonly Ready[]): PlanReport | null {
  if (q.plan === undefined) return null;
  const { members, left_out } = q.plan;
  const whose = members.flatMap((member) => Array.from({ length: member.entries }, () => member));
  const alone = members.map((member) =>
    settled({ ...q, parts: q.parts.filter((_, index) => whose[index] === member) }),
  );
  const lacks = (counting: Counting, pk: number) =>
    counting.graph.order.includes(pk) && counting.counted.of(pk).missing > 0n;
  return {
    lists: members.map((member) =>
      listOf(
        member,
        ready.filter(({ entry }) => whose[entry] === member),
      ),
    ),
    left_out: [...left_out],
    not_for_all: graph.order
      .filter((pk) => !partOf(q, pk).virtual && counted.of(pk).required > 0n && counted.of(pk).missing > 0n)
      .filter((pk) => !alone.some((counting) => lacks(counting, pk)))
      .sort((a, b) => a - b),
  };
}

function listOf({ id, name, entries }: PlanMember, own: readonly Ready[]): PlannedList {
  const has = (state: Ready["state"]) => own.some((entry) => entry.state === state);
  const state = has("unknown") ? "unknown" : has("if_ordered") ? "if_ordered" : has("by") ? "by" : "now";
  let date: string | null = null;
  for (const entry of own) if (entry.date !== null) date = date === null ? entry.date : later(date, entry.date);
  const withDay = own.filter(({ needed_by }) => needed_by !== null);
  const in_time = withDay.length === 0 ? null : !withDay.some((entry) => entry.in_time === false);
  return { id, name, entries, state, date: state === "unknown" ? null : date, in_time };
}
