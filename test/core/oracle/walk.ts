import type { BomLine } from "../../../src/core/calculation/snapshot.ts";
import { bomOf, countedLines, partOf, type Question, templatesAbove, variantsBelow } from "./world.ts";

/** What rule 2 finds: the parts on the walk, the lines that close no cycle, the cycles, and rule 3's order. */
export interface Walk {
  /** All parts on the walk, in the order of rule 3. */
  readonly order: readonly number[];
  /** The lines of an assembly that count, by pk, without those that close a cycle. */
  readonly lines: (assembly: number) => readonly BomLine[];
  /** Each cycle once, as the pks from the part that is met again to itself. */
  readonly cycles: readonly (readonly number[])[];
}

/** Rules 2 and 3 for the parts that the entries mean, in list order. */
export function walk(q: Question, roots: readonly number[]): Walk {
  const reached = new Set<number>();
  const ignored = new Set<string>();
  const cycles: number[][] = [];

  const visit = (pk: number, path: readonly number[]): void => {
    if (reached.has(pk)) return;
    reached.add(pk);
    const here = [...path, pk];
    for (const line of countedLines(q, pk)) {
      if (!here.includes(line.subPart)) {
        visit(line.subPart, here);
        continue;
      }
      ignored.add(`${pk}/${line.pk}`);
      cycles.push([...here.slice(here.indexOf(line.subPart)), line.subPart]);
    }
  };
  for (const root of roots) visit(root, []);

  const lines = (assembly: number): BomLine[] =>
    countedLines(q, assembly).filter((line) => !ignored.has(`${assembly}/${line.pk}`));
  return { order: inOrder(q, { reached, lines }), lines, cycles };
}

interface Reach {
  readonly reached: ReadonlySet<number>;
  readonly lines: (assembly: number) => readonly BomLine[];
}

interface Before {
  readonly first: number;
  readonly after: number;
}

/** Rule 3: after all that require it; then the wishes, each unless it closes a cycle; then the least pk. */
function inOrder(q: Question, { reached, lines }: Reach): number[] {
  const parts = [...reached].sort((a, b) => a - b);
  const holds: Before[] = parts.flatMap((first) => lines(first).map((line) => ({ first, after: line.subPart })));
  for (const wishes of [variantWishes, templateWishes, substituteWishes]) {
    const sorted = wishes(q, { parts, lines }).sort((a, b) => a.after - b.after || a.first - b.first);
    for (const wish of sorted) if (!leads(holds, wish.after, wish.first)) holds.push(wish);
  }
  const order: number[] = [];
  while (order.length < parts.length) {
    const next = parts.find(
      (part) => !order.includes(part) && holds.every((it) => it.after !== part || order.includes(it.first)),
    );
    if (next === undefined) throw new Error("No part's turn");
    order.push(next);
  }
  return order;
}

function leads(holds: readonly Before[], from: number, to: number): boolean {
  const seen = new Set([from]);
  for (const part of seen) for (const it of holds) if (it.first === part) seen.add(it.after);
  return seen.has(to);
}

interface OnWalk {
  readonly parts: readonly number[];
  readonly lines: (assembly: number) => readonly BomLine[];
}

function requirers({ parts, lines }: OnWalk, wanted: number): number[] {
  return parts.filter((assembly) => lines(assembly).some((line) => line.subPart === wanted));
}

function variantWishes(q: Question, on: OnWalk): Before[] {
  return on.parts.flatMap((variant) =>
    templatesAbove(q, variant)
      .filter((template) => on.parts.includes(template.pk))
      .flatMap((template) => requirers(on, variant).map((first) => ({ first, after: template.pk }))),
  );
}

function templateWishes(q: Question, on: OnWalk): Before[] {
  return on.parts
    .filter((part) => partOf(q, part).isTemplate || variantsBelow(q, part).length > 0)
    .flatMap((variant) =>
      templatesAbove(q, variant)
        .filter((template) => on.parts.includes(template.pk))
        .map((template) => ({ first: variant, after: template.pk })),
    );
}

function substituteWishes(q: Question, on: OnWalk): Before[] {
  const lines = on.parts.flatMap((assembly) => on.lines(assembly));
  return lines.flatMap((line) =>
    line.substitutes
      .filter((substitute) => q.snapshot.parts.has(substitute))
      .flatMap((substitute) => requirers(on, substitute).map((first) => ({ first, after: line.subPart }))),
  );
}

/** The names on a path, as reports show them. */
export function named(q: Question, path: readonly number[]): { pk: number; name: string }[] {
  return path.map((pk) => ({ pk, name: partOf(q, pk).name }));
}

/** Whether an assembly has a BOM line, of whatever sort, that nobody has validated. */
export function hasUnvalidated(q: Question, assembly: number): boolean {
  return bomOf(q, assembly).some((line) => !line.validated);
}
