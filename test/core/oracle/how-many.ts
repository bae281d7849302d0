import type { HowMany, Report, WithoutDay } from "../../../src/core/generated/report.ts";
import { throughAllLevels } from "./capacity.ts";
import { exactly, least, positive, shown, sum } from "./numbers.ts";
import type { Walk } from "./walk.ts";
import { incomingOf, isMade, partOf, type Question, variantsBelow } from "./world.ts";

type Figures = Report["how_many"] & {};

/** Rule 23, naively: for each day anew, all that has come until then is put beside what is available. */
export function howManyOf(
  q: Question,
  graph: Walk,
  { assemblies, claimed }: { assemblies: readonly number[]; claimed: Figures },
): Figures {
  return Object.fromEntries(
    assemblies.map((assembly): [string, HowMany] => {
      const coming = below(q, graph, assembly).flatMap((pk) => comingOf(q, pk));
      const days = [...new Set(coming.flatMap(({ day }) => day ?? []))].sort();
      const steps = [null, ...days].slice(0, 60).map((date, place) => {
        const come = (pk: number): bigint =>
          sum(coming.filter((it) => it.pk === pk && isCome(it.day, date)).map((it) => it.quantity));
        const number = claimed[assembly]?.steps[place]?.number ?? null;
        const figure = throughAllLevels(q, graph, { assembly, come, claimed: number === null ? null : BigInt(number) });
        return { date, number: figure.all_levels, limited_by: figure.limited_by };
      });
      return [`${assembly}`, { steps, without_day: withoutDay(coming) }];
    }),
  );
}

/** Parts that are named in the steps. */
export function namedInSteps(figures: Figures): number[] {
  return Object.values(figures).flatMap((it) => [
    ...(it?.steps ?? []).flatMap(({ limited_by }) => limited_by),
    ...(it?.without_day ?? []).map(({ part }) => part),
  ]);
}

interface Coming {
  readonly pk: number;
  readonly quantity: bigint;
  readonly day: string | null;
  readonly because: WithoutDay["because"] | null;
}

function isCome(day: string | null, until: string | null): boolean {
  return day !== null && until !== null && day <= until;
}

/** All that is built into the assembly, with what may stand in for it. */
function below(q: Question, graph: Walk, assembly: number): number[] {
  const walked = new Set([assembly]);
  const found = new Set<number>();
  for (const pk of walked) {
    for (const line of isMade(q, pk) ? graph.lines(pk) : []) {
      walked.add(line.subPart);
      const standIns = [...variantsBelow(q, line.subPart).map((it) => it.pk), ...line.substitutes];
      for (const each of [line.subPart, ...standIns]) found.add(each);
    }
  }
  found.delete(assembly);
  return [...found].filter((pk) => !partOf(q, pk).virtual).sort((a, b) => a - b);
}

/** What orders and builds bring, and what the part's own figures know beyond them: that has no day. */
function comingOf(q: Question, pk: number): Coming[] {
  const { onOrder, inProduction } = incomingOf(q, pk);
  const orders = (q.snapshot.purchaseOrderLines.get(pk) ?? []).map((line) => ({
    quantity: positive(exactly(line.outstanding)),
    ...(line.placed ? due(q, line.targetDate) : { day: null, because: "not_placed" as const }),
  }));
  let counted = inProduction;
  const builds = [...(q.snapshot.builds?.get(pk) ?? [])]
    .sort((a, b) =>
      (a.targetDate ?? "~") < (b.targetDate ?? "~") ? -1 : a.targetDate === b.targetDate ? a.pk - b.pk : 1,
    )
    .map((build) => {
      const quantity = least(counted, positive(exactly(build.outstanding)));
      counted -= quantity;
      return { quantity, ...due(q, build.targetDate) };
    });
  const unknown = [onOrder - sum(orders.map((it) => it.quantity)), counted].map((quantity) => ({
    quantity,
    day: null,
    because: "undated" as const,
  }));
  return [...orders, ...builds, ...unknown].filter(({ quantity }) => quantity > 0n).map((it) => ({ pk, ...it }));
}

function due(q: Question, day: string | null): Pick<Coming, "day" | "because"> {
  if (day === null) return { day, because: "undated" };
  return day < q.today ? { day: null, because: "late" } : { day, because: null };
}

function withoutDay(coming: readonly Coming[]): WithoutDay[] {
  return [...new Set(coming.map(({ pk }) => pk))].flatMap((part) =>
    (["late", "not_placed", "undated"] as const).flatMap((because) => {
      const quantity = sum(coming.filter((it) => it.pk === part && it.because === because).map((it) => it.quantity));
      return quantity > 0n ? [{ part, quantity: shown(quantity), because }] : [];
    }),
  );
}
