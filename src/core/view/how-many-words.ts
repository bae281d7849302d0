import type { HowMany, Report } from "../generated/report.ts";
import type { Format } from "./format.ts";
import { textsFor } from "./texts/texts-for.ts";

/** What is on its way and in no step; empty: nothing. */
export function withoutDayWords(
  { without_day: rows }: HowMany,
  { format, name }: { readonly format: Format; readonly name: (pk: number) => string },
): string {
  if (rows.length === 0) return "";
  const { howMany, because: reasons } = textsFor(format);
  const words = rows.map(
    ({ part, quantity, because }) => `${format.quantity(quantity)} ${name(part)} (${reasons[because]})`,
  );
  return `${howMany.withoutDay}: ${words.join("; ")}`;
}

/** Names by pk, of all parts that the report names. */
export function namesOf({ lines, names = {} }: Report): ReadonlyMap<number, string> {
  return new Map([
    ...Object.entries(names).map(([pk, name]) => [Number(pk), name ?? ""] as const),
    ...lines.map(({ pk, name }) => [pk, name] as const),
  ]);
}
