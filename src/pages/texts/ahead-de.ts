import type { Format } from "../../core/view/format.ts";
import type { AheadTexts } from "./ahead-en.ts";

/** The same in German. */
export function aheadDe(format: Format): AheadTexts {
  const days = (n: number) => `${format.quantity(n)} ${format.plural(n, { one: "Tag", other: "Tage" })}`;
  return {
    today: "Heute",
    readAt: (when) => `Aus InvenTree gelesen: ${when}.`,
    oldReading: "Diese Zahlen sind alt.",
    howMany: {
      title: (assembly) => `${assembly}: Wie viele bis wann`,
      aside: "aus Bestand und offenen Bestellungen, mit dem, was begrenzt",
      wanted: (n) => `${n} gewünscht`,
      label: (n, part) => (part === "" ? n : `${n}: ${part}`),
      spoken: (assembly, steps) => `Wie viele ${assembly} bis wann. ${steps.join("; ")}.`,
      step: (day, n) => `${day}: ${n}`,
      more: (n, names) => `Nach jetzigem Stand nicht mehr als ${n}: Erst müsste ${names} kommen.`,
      enough: (day) => `So viele wie gewünscht ab ${day}.`,
      enoughNow: "So viele wie gewünscht ab heute.",
      columns: { day: "Ab", number: "Wie viele", limit: "Begrenzt durch" },
    },
    stock: {
      title: "Bestand voraus",
      aside: "Bestellungen, Bauaufträge, Verkäufe und Listen nach ihren Tagen",
      minimum: (n) => `Mindestbestand ${n}`,
      spoken: (part, { now, lowest, day }) =>
        `Bestand voraus von ${part}: jetzt ${now}, am tiefsten ${lowest} am ${day}.`,
      short: (n, from, until) => `${n} zu wenig vom ${from} bis ${until}, dann genug.`,
      shortOn: (n, from) => `${n} zu wenig ab ${from}.`,
      never: "Genug an jedem Tag, soweit bekannt.",
      belowMinimum: (day) => `Unter dem Mindestbestand ab ${day}.`,
      pull: (what, n) => `Käme ${what} ${days(n)} früher, ginge es nie aus.`,
      lowest: "Tiefster Stand",
      lowestLine: (day, n) => (n === null ? day : `${day}, für ${days(n)}`),
      empty: "Nichts mit einem Tag kommt oder geht.",
      moves: "Was kommt und geht",
      columns: { day: "Tag", what: "Was", change: "Änderung", left: "Danach" },
      noDay: "Kein Tag bekannt",
      late: (day) => `überfällig seit ${day}`,
      because: { late: "überfällig", undated: "ohne Tag", not_placed: "noch nicht bestellt" },
      what: {
        order: "Bestellung",
        build: "Bauauftrag",
        for_build: "Für Bauauftrag",
        for_sale: "Für Auftrag",
        for_list: "Für Liste",
      },
      unnamed: "InvenTree nennt keinen",
      counted: (lists) => `Gezählt für diese Listen: ${lists}.`,
    },
    buy: {
      title: "Wo kaufen",
      columns: { supplier: "Lieferant", packs: "Packungen", each: "Je Packung", sum: "Summe" },
      forQuantity: (n) => `für ${n}`,
      noPrice: "kein Preis",
    },
  };
}
