import type { Format } from "./format.ts";
import type { Texts } from "./texts.ts";
import { deAdmin } from "./texts-de-admin.ts";
import { germanProblem, germanQuality } from "./texts-de-problems.ts";

/** German. */
export function de(format: Format): Texts {
  const count = (n: number, one: string, other: string) => `${format.quantity(n)} ${format.plural(n, { one, other })}`;
  return {
    subjectShort: "Teile fehlen",
    subjectCovered: "alles gedeckt",
    partsShort: (n) => `${count(n, "Teil fehlt", "Teile fehlen")}`,
    watchedShort: (n) => `${count(n, "überwachtes Teil ist", "überwachte Teile sind")} knapp oder nicht vorrätig`,
    allCovered: "Alles gedeckt",
    preheader: (counts) =>
      [
        counts.short > 0 ? `${format.quantity(counts.short)} fehlen` : "nichts fehlt",
        ...(counts.out > 0 ? [`${format.quantity(counts.out)} nicht vorrätig`] : []),
        ...(counts.low > 0 ? [`${format.quantity(counts.low)} knapp`] : []),
        `${format.quantity(counts.toBuild)} zu bauen`,
        `${format.quantity(counts.critical)} kritisch`,
        `Deckung ${counts.coverage}`,
      ].join(" · "),
    checkedAt: (instant) => `Geprüft ${instant}`,
    neededFor: (assemblies) => `für ${assemblies}`,
    since: (day) => `seit ${day}`,
    optionalPart: (optional, required) => `${optional} von ${required} optional`,
    owedPart: (owed) => `davon ${owed} für frühere Aufträge`,
    coveredPart: (substitutes) => `ersetzt durch ${substitutes}`,
    shortSince: (day) => `Es fehlt etwas seit ${day}`,
    facts: {
      requested: "Teile angefordert",
      available: "Teile verfügbar",
      coverage: "Deckung",
      short: "Fehlend",
      to_build: "Zu bauen",
      critical: "Kritisch",
      unresolved: "Nicht gefunden",
      low: "Knapp",
      out: "Nicht vorrätig",
      lines: "Teile geprüft",
    },
    ofRequested: (requested) => `von ${requested} angefordert`,
    sections: {
      changed: "Was sich geändert hat",
      missing: "Fehlend",
      to_order: "Zu bestellen",
      to_build: "Zu bauende Baugruppen",
      critical: "Kritisch",
      alternatives: "Alternativen",
      watched: "Überwachter Bestand",
      problems: "Probleme mit der Liste",
      data_quality: "Datenqualität",
      can_build: "Was der Bestand hergibt",
      cost: "Kosten",
      silenced: "Stummgeschaltet",
      parts: "Alle Teile",
    },
    columns: {
      part: "Teil",
      ipn: "IPN",
      version: "Version",
      units: "Einheit",
      status: "Status",
      required: "Benötigt",
      optional: "Optional",
      in_stock: "Bestand",
      committed: "Gebunden",
      available: "Verfügbar",
      borrowed: "Aus Varianten",
      on_order: "Bestellt",
      in_production: "In Produktion",
      missing: "Fehlt",
      owed: "Geschuldet",
      to_order: "Zu bestellen",
      order_quantity: "Bestellmenge",
      to_build: "Zu bauen",
      critical: "Unter Minimum um",
      delivery: "Nächste Lieferung",
      covered_by: "Ersetzt durch",
      needed_for: "Benötigt für",
      notes: "Hinweise",
      since: "Seit",
      change: "Änderung",
      kind: "Art",
      before: "Vorher",
      now: "Jetzt",
      for: "Anstelle von",
      substitute: "Ersatzteil",
      free: "Frei",
      minimum: "Minimum",
      lacking: "Es fehlen",
      location: "Lagerort",
      entry: "Eintrag",
      problem: "Was zu beheben ist",
      remark: "Bemerkung",
      cost: "Kosten für",
      least: "Mindestens",
      most: "Höchstens",
      unpriced: "Ohne Preis",
      quantity: "Menge",
      reason: "Grund",
      until: "Bis",
      assembly: "Baugruppe",
      can_build: "Über alle Ebenen",
      direct: "Aus Teilen am Lager",
      limited_by: "Begrenzt durch",
    },
    status: {
      short: "fehlt",
      not_found: "nicht gefunden",
      ambiguous: "mehrdeutig",
      on_its_way: "unterwegs",
      in_production: "in Produktion",
      to_build: "zu bauen",
      critical: "kritisch",
      enough: "genug",
      enough_with_variants: "genug, mit Varianten",
      enough_with_substitutes: "genug, mit Ersatzteilen",
      too_large: "zu viel zum Rechnen",
      low: "knapp",
      out: "nicht vorrätig",
    },
    change: { new: "neu", worsened: "schlechter", corrected: "jetzt", improved: "besser", resolved: "erledigt" },
    changeKind: {
      short: "fehlt",
      build: "zu bauen",
      critical: "kritisch",
      low: "knapp",
      out: "nicht vorrätig",
      unresolved: "nicht gefunden",
    },
    changeLead: (change, covered) => {
      switch (change.kind) {
        case "first":
          return covered ? "Überwachung begonnen, alles gedeckt." : "Überwachung begonnen: Dies ist die erste Prüfung.";
        case "reminder":
          return "Erinnerung: Seit der letzten Mail hat sich nichts geändert, und es fehlt noch immer etwas.";
        case "unchanged":
          return "Seit der letzten Mail hat sich nichts geändert.";
        case "changed":
          return "";
      }
    },
    listEdited: "Die Liste wurde bearbeitet.",
    mayHaveSaidOtherwise: (times) => `Eine Mail von ${times} kann etwas anderes gesagt haben.`,
    nowSilenced: (n) => `${count(n, "Teil wurde", "Teile wurden")} stummgeschaltet.`,
    outlook: (outlook, day, onOrder) => {
      switch (outlook.state) {
        case "covered":
          return day;
        case "late":
          return `überfällig seit ${day}`;
        case "undated":
          return "bestellt, kein Termin";
        case "not_covered":
          return onOrder > 0 ? "zu wenig bestellt" : "nichts bestellt";
      }
    },
    flag: {
      optional: "optional",
      template: "Vorlage",
      inactive: "inaktiv",
      policy_buy: "laut policy.buy gekauft",
    },
    note: {
      stock_narrowed: "nur ein Teil des Bestands zählt",
      variants_used: "nutzt Bestand von Varianten",
    },
    policy: (fields) => `Gezählt nach der policy dieser Liste: ${fields}.`,
    stockNarrowed: "Es zählt nur Bestand, den policy.stock zulässt; gebunden zählt alles, was Aufträge binden.",
    locationWatch:
      "Mit Lagerort zählt nur der Bestand dort; Bindungen sind nicht nach Orten aufgeteilt und bleiben außer Betracht.",
    consumablesLeftOut: (n) =>
      `${count(n, "Verbrauchsmaterial ist", "Verbrauchsmaterialien sind")} nicht mitgerechnet.`,
    nothingLimits: "ohne Grenze",
    silencedPart: "stummgeschaltet",
    costOf: { required: "alles Benötigte", missing: "das Fehlende", to_order: "das zu Bestellende" },
    noEnd: "bis sich etwas ändert",
    problem: (problem) => germanProblem(problem) ?? problem.message,
    quality: (quality, path) => germanQuality(quality, path) ?? quality.message,
    more: (n) => `und ${n} weitere`,
    moreInCsv: (n) => `und ${n} weitere in der angehängten CSV-Datei`,
    mail: {
      attached: "Jedes Teil mit allen Zahlen steht in der angehängten CSV-Datei.",
      why: (name) => `Sie erhalten diese Mail, weil Sie zu den Empfängern der Liste „${name}“ gehören.`,
      editList: "Liste bearbeiten oder verlassen",
      thisRun: "Der Lauf, der dies ergab",
      openInvenTree: "In InvenTree öffnen",
      partLink: "Link",
      summary: "Zusammenfassung",
    },
    admin: deAdmin(format),
  };
}
