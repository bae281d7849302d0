import type { Movement } from "../../core/calculation/ahead/movements.ts";
import type { Format } from "../../core/view/format.ts";

/** What pages say about days to come, in English. */
export function aheadEn(format: Format) {
  const days = (n: number) => `${format.quantity(n)} ${format.plural(n, { one: "day", other: "days" })}`;
  return {
    today: "Today",
    readAt: (when: string) => `Read from InvenTree ${when}.`,
    oldReading: "These figures are old.",
    /** How many, by when. */
    howMany: {
      title: (assembly: string) => `${assembly}: how many, by when`,
      aside: "from stock and open orders, with what limits it",
      wanted: (n: string) => `${n} wanted`,
      label: (n: string, part: string) => (part === "" ? n : `${n}: ${part}`),
      spoken: (assembly: string, steps: readonly string[]) => `How many ${assembly}, by when. ${steps.join("; ")}.`,
      step: (day: string, n: string) => `${day}: ${n}`,
      more: (n: string, names: string) => `No more than ${n} as things stand: ${names} would have to come first.`,
      enough: (day: string) => `As many as wanted from ${day} on.`,
      enoughNow: "As many as wanted from today on.",
      columns: { day: "From", number: "How many", limit: "Limited by" },
    },
    /** Stock of a part. */
    stock: {
      title: "Stock ahead",
      aside: "orders, builds, sales and lists, by their days",
      minimum: (n: string) => `minimum ${n}`,
      spoken: (part: string, figures: { readonly now: string; readonly lowest: string; readonly day: string }) =>
        `Stock ahead of ${part}: ${figures.now} now, at its lowest ${figures.lowest} on ${figures.day}.`,
      short: (n: string, from: string, until: string) => `${n} short from ${from} to ${until}, then enough.`,
      shortOn: (n: string, from: string) => `${n} short from ${from} on.`,
      never: "Enough on every day, as far as is known.",
      belowMinimum: (day: string) => `Below its minimum from ${day} on.`,
      pull: (what: string, n: number) => `If ${what} came ${days(n)} earlier, it would never run out.`,
      lowest: "Lowest point",
      lowestLine: (day: string, n: number | null) => (n === null ? `${day}` : `${day}, for ${days(n)}`),
      empty: "Nothing with a day comes or goes.",
      moves: "What comes and goes",
      columns: { day: "Day", what: "What", change: "Change", left: "Then" },
      noDay: "No day known",
      late: (day: string) => `late since ${day}`,
      because: { late: "late", undated: "without a day", not_placed: "not placed yet" },
      what: {
        order: "Order",
        build: "Build",
        for_build: "For build",
        for_sale: "For sales order",
        for_list: "For list",
      } as Readonly<Record<Movement["kind"], string>>,
      unnamed: "InvenTree names none",
      counted: (lists: string) => `Counted for these lists: ${lists}.`,
    },
    buy: {
      title: "Where to buy",
      columns: { supplier: "Supplier", packs: "Packs", each: "Per pack", sum: "Sum" },
      forQuantity: (n: string) => `for ${n}`,
      noPrice: "no price",
    },
  };
}

export type AheadTexts = ReturnType<typeof aheadEn>;
