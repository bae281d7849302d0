// Dieselben Wörter auf Deutsch.
import type { orderTermsEn } from "./order-terms-en.ts";

export const orderTermsDe: typeof orderTermsEn = {
  whatToOrder: "Was zu bestellen ist",
  orderTitle: (suppliers) =>
    suppliers === 1 ? "Bei 1 Lieferanten zu bestellen" : `Bei ${suppliers} Lieferanten zu bestellen`,
  nothingToOrder: "Nichts zu bestellen.",
  orderLead: (lists) => `Für ${lists}: Jeder Fehlbestand zählt einmal, Packungen werden einmal gerundet.`,
  orderColumns: { sum: "Summe", by: "Bestellen bis", reason: "Grund" },
  unpriced: (n) => (n === 1 ? "1 Position ohne Preis" : `${n} Positionen ohne Preis`),
  nobodyOffers: "Ohne Anbieter",
  offerReasons: {
    no_supplier_part: "kein Lieferantenteil",
    none_active: "kein aktives Lieferantenteil",
    unreadable: "Angebote nicht lesbar",
  },
  notCounted: "Nicht in diesen Zahlen",
  orderBroken: (files) => `Eine Bestellung, in der eine Liste fehlt, wäre zu klein. Zuerst korrigieren: ${files}.`,
  orderNoLists: "Keine aktive Liste hat Teile: Es gibt nichts, wofür zu bestellen wäre.",
  orderNoToken: (name) =>
    `Mit einem eigenen Token, ${name}, lassen sich hier Bestellentwürfe anlegen: siehe „Draft orders“ in docs/buying.md.`,
  orderLacks: (name, role) =>
    `Dem Token in ${name} fehlt ${role}: Geben Sie einer Gruppe seines Benutzers in InvenTree die Rolle purchase order (add).`,
  orderChanged:
    "Was zu bestellen ist, hat sich seit der Anzeige geändert. Es wurde nichts geschrieben; sehen Sie noch einmal nach.",
  orderBusy: "Es werden gerade Entwürfe geschrieben.",
  draftsTitle: "Bestellentwürfe in InvenTree",
  draftsText: "Geschrieben werden offene Entwürfe; aufgegeben wird keine Bestellung.",
  draftNew: (supplier, lines) => `${supplier}: ein neuer Entwurf, ${lineWords(lines)}.`,
  draftMore: (supplier, reference, lines) => `${supplier}: ${lineWords(lines)} mehr im Entwurf ${reference}.`,
  draftsWrite: "Entwürfe schreiben",
  draftsDone: "Die Entwürfe sind geschrieben.",
  draftWritten: ({ reference, supplier, isNew, done, of }) =>
    `${reference} (${supplier}): ${isNew ? "neu, " : "ergänzt um "}${done === of ? lineWords(of) : `${done} von ${lineWords(of)}`}.`,
  draftsLook: "Prüfen Sie sie in InvenTree und geben Sie sie dort auf.",
  draftsStopped: "Nicht alles wurde geschrieben.",
  draftsLeft: (suppliers) => `Nichts weiter geschrieben für ${suppliers}.`,
  draftsAgain: "Unten steht, was jetzt noch zu bestellen ist: Schreiben Sie es noch einmal.",
};

function lineWords(lines: number): string {
  return lines === 1 ? "1 Position" : `${lines} Positionen`;
}
