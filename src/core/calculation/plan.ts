import type { PlannedList, PlanReport, Ready } from "../generated/report.ts";
import type { Plan, PlanMember } from "../monitor.ts";
import { type Count, type CountInput, countList } from "./count.ts";

/** What a plan says of its lists: when each is ready, and which parts are enough for each of them and not for all. */
export function planReport(
  { members, left_out }: Pick<Plan, "members" | "left_out">,
  { count, ready, ...input }: CountInput & { readonly count: Count; readonly ready: readonly Ready[] },
): PlanReport {
  const spans = spansOf(members);
  const lists = spans.map(({ member: { id, name, entries }, start, end }): PlannedList => {
    const own = ready.filter(({ entry }) => entry >= start && entry < end);
    return { id, name, entries, ...together(own) };
  });
  const lackedAlone = new Set(
    spans.flatMap(({ start, end }) => {
      const { graph, netting } = countList({ ...input, parts: input.parts.slice(start, end) });
      return graph.nodes.flatMap((node) => (netting.missing.of(node) > 0 ? [node.part.pk] : []));
    }),
  );
  const { graph, netting } = count;
  const lacked = graph.nodes.filter((node) => netting.required.of(node) > 0 && netting.missing.of(node) > 0);
  const not_for_all = lacked
    .filter(({ part }) => !part.virtual && !lackedAlone.has(part.pk))
    .map(({ part }) => part.pk)
    .sort((a, b) => a - b);
  return { lists, left_out: [...left_out], not_for_all };
}

/** From `start` up to, without, `end`. */
export interface Span<Member = unknown> {
  readonly member: Member;
  readonly start: number;
  readonly end: number;
}

/** Which of a plan's entries are whose. */
export function spansOf<Member extends Pick<PlanMember, "entries">>(
  members: readonly Member[],
): readonly Span<Member>[] {
  let start = 0;
  return members.map((member) => {
    const span = { member, start, end: start + member.entries };
    start = span.end;
    return span;
  });
}

/** The least certain first. */
const STATES: readonly Ready["state"][] = ["unknown", "if_ordered", "by", "now"];

/** Several entries as one: ready when the last of them is. */
function together(entries: readonly Ready[]): Pick<PlannedList, "state" | "date" | "in_time"> {
  const state = STATES.find((one) => entries.some((entry) => entry.state === one)) ?? "now";
  const dates = entries.map(({ date }) => date);
  const date = dates.includes(null) ? null : (dates.sort().at(-1) ?? null);
  const judged = entries.map(({ in_time }) => in_time).filter((inTime) => inTime !== null);
  return { state, date, in_time: judged.length === 0 ? null : judged.every(Boolean) };
}
