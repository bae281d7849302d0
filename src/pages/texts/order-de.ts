import type { Format } from "../../core/view/format.ts";
import type { OrderTexts } from "./order-en.ts";

/** Words about orders and what is to order, in German. */
export function orderDe(format: Format): OrderTexts {
  const count = (n: number, one: string, other: string) => `${format.quantity(n)} ${format.plural(n, { one, other })}`;
  return {
    ordersTitle: "Bestellungen",
    ordersOpen: (n) => `${format.quantity(n)} offen`,
    ordersWords: (rows) => `Offene Bestellungen. ${rows.join(", ")}.`,
    orderStatus: {
      late: "Überfällig",
      week: "In den nächsten 7 Tagen",
      later: "Später",
      undated: "Ohne Termin",
      not_placed: "Noch nicht bestellt",
    },
    basket: {
      title: (suppliers) => `Zu bestellen bei ${count(suppliers, "Lieferanten", "Lieferanten")}.`,
      none: "Nichts zu bestellen.",
      unknown: "Was jetzt zu bestellen ist, wissen wir nicht.",
      lead: (names) => `Für ${names}: jeder Fehlbestand einmal gezählt, jede Packung einmal gerundet.`,
      without: (names) => `Nicht mitgezählt, weil sie nicht im selben Lauf geprüft wurden: ${names}.`,
      sku: "Bestellnummer",
      each: "Einzeln",
      sum: "Summe",
      by: "Bestellen bis",
      reason: "Grund",
      nobodyOffers: "Niemand bietet an",
      unpriced: (n) => `${count(n, "Zeile", "Zeilen")} ohne Preis`,
      leftOut: (n) => `${count(n, "weitere Zeile fehlt", "weitere Zeilen fehlen")} hier; partwatch order zeigt alle.`,
      reasons: {
        no_supplier_part: "kein Lieferantenteil",
        none_active: "kein aktives Lieferantenteil",
        unreadable: "Angebote sind nicht lesbar",
        not_read: "fehlt nur allen Listen zusammen",
      },
      csv: "CSV",
    },
    asOf: (when) => `Stand ${when}`,
    stale: (when) => `Diese Zahlen sind vom ${when}: Neuere gibt es nicht.`,
    old: "Alt",
  };
}
