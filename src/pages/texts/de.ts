import type { Format } from "../../core/view/format.ts";
import type { PageTexts } from "./en.ts";

/** German. */
export function de(format: Format): PageTexts {
  const count = (n: number, one: string, other: string) => `${format.quantity(n)} ${format.plural(n, { one, other })}`;
  const lists = (n: number) => count(n, "Liste", "Listen");
  const days = (n: number) => count(Math.round(n), "Tag", "Tage");
  const inLists = (n: number) => count(n, "Liste", "Listen");
  return {
    skip: "Zum Inhalt",
    navigation: "Seiten",
    find: "Liste oder Teil suchen",
    found: "Gefunden",
    foundOne: "1 Treffer",
    foundMany: "{n} Treffer",
    foundNone: "Nichts gefunden",
    onThisPage: "Auf dieser Seite",
    morePages: "Weitere Seiten",
    pages: {
      overview: "Übersicht",
      lists: "Listen",
      parts: "Teile",
      order: "Zu bestellen",
      alerts: "Meldungen",
      runs: "Läufe",
      settings: "Einstellungen",
    },
    stalePage:
      "Diese Seite ist alt: Seitdem hätte geprüft werden sollen, und nichts Neueres wurde veröffentlicht. Die Zahlen können überholt sein.",
    percent: (n) => `${n} %`,
    more: (n) => `und ${n} weitere`,
    of: (n) => `von ${n}`,
    asTable: "Als Liste",
    sentence: {
      noList: "Es gibt noch keine Liste.",
      allInactive: "Alle Listen sind abgeschaltet.",
      neverChecked: "Es wurde noch nichts geprüft.",
      unknown: "Was jetzt fehlt, wissen wir nicht.",
      short: ({ missing, low, lists: n, of }) => {
        const short = missing === 0 ? [] : [count(missing, "Teil fehlt", "Teile fehlen")];
        const watched =
          low === 0
            ? []
            : [
                missing === 0
                  ? count(low, "Teil wird knapp", "Teile werden knapp")
                  : `${format.quantity(low)} ${format.plural(low, { one: "wird", other: "werden" })} knapp`,
              ];
        const where = of === 1 ? "" : `, in ${format.quantity(n)} von ${lists(of)}`;
        return `${[...short, ...watched].join(" und ")}${where}.`;
      },
      covered: (n) => (n === 1 ? "Alles ist gedeckt." : `Alles ist gedeckt, in allen ${lists(n)}.`),
      partlyKnown: (unknown, of) =>
        unknown === of
          ? "Was jetzt fehlt, wissen wir nicht."
          : `Soweit wir wissen, fehlt nichts: ${format.quantity(unknown)} von ${lists(of)} konnten nicht oder noch nicht geprüft werden.`,
    },
    neverKnown: "Es war noch nie etwas bekannt.",
    asKnown: (when, words) => `Stand ${when}: ${words}`,
    asOf: (when) => `Stand ${when}`,
    onOrder: ({ nothing, late }) =>
      `${[
        nothing > 0 ? `Für ${format.quantity(nothing)} davon ist zu wenig bestellt` : "Alle sind bestellt",
        ...(late > 0
          ? [late === 1 ? "eine Lieferung ist überfällig" : `${format.quantity(late)} Lieferungen sind überfällig`]
          : []),
      ].join(", und ")}.`,
    someStale: (n) => `${n === 1 ? "Eine Liste hat" : `${format.quantity(n)} Listen haben`} alte Zahlen.`,
    lastCheck: (when) => `Letzte Prüfung ${when}.`,
    nextCheck: (when) => `Nächste Prüfung ${when}.`,
    since: (when) => `Seit ${when}:`,
    sinceDay: (day) => `seit ${day}`,
    planOf: (lists) => (lists === 1 ? "Plan aus 1 Liste" : `Plan aus ${lists} Listen`),
    shortSince: (day) => `Unvollständig seit ${day.replace(/\.$/, "")}.`,
    adminsTold: (when) => `Die Verantwortlichen wurden am ${when} benachrichtigt.`,
    fileBroken: (file) => `${file} ist fehlerhaft.`,
    nothingChecked: "Bis das behoben ist, wird keine Liste geprüft.",
    listsBroken: (n) =>
      n === 1 ? "Eine Liste wird nicht geprüft." : `${format.quantity(n)} Listen werden nicht geprüft.`,
    stateBroken: "Ein Teil der Aufzeichnungen ist nicht lesbar.",
    stateBrokenList: "Was zu dieser Liste aufgezeichnet ist, ist nicht lesbar; siehe Übersicht.",
    checksOverdue: (n) =>
      n === 1 ? "Eine Prüfung ist überfällig." : `${format.quantity(n)} Prüfungen sind überfällig.`,
    expectedAt: "Erwartet",
    lookAtSchedule: "Prüfen Sie, was Partwatch startet: Zeitplan, Runner.",
    notChecked: "Diese Liste wird nicht geprüft.",
    checkFailed: "Die letzte Prüfung ist fehlgeschlagen.",
    notificationFailed: "Die letzte Benachrichtigung ist fehlgeschlagen.",
    figuresOf: (when) => `Die Zahlen unten sind vom ${when}.`,
    toldBefore: (n, when) => `${format.quantity(n)} fehlend, benachrichtigt am ${when}.`,
    foundNow: (n) => `Die letzte Prüfung fand ${format.quantity(n)}.`,
    tiles: {
      short: "Fehlende Teile",
      toOrder: "Zu bestellen",
      late: "Überfällige Lieferungen",
      covered: "Listen gedeckt",
      canBuild: "Heute baubar",
      notified: "Benachrichtigt",
      free: "Frei",
      wanted: "Von Listen benötigt",
      onOrder: "Bestellt",
    },
    sinceYesterday: (change) =>
      change === 0
        ? "so viele wie am Vortag"
        : `${format.quantity(Math.abs(change))} ${change > 0 ? "mehr" : "weniger"} als am Vortag`,
    spark: (first, last) =>
      `${format.quantity(first)} vor dreißig Tagen, ${format.quantity(last)} bei der letzten Prüfung`,
    partsToOrder: (n) => (n === 0 ? "nichts zu bestellen" : n === 1 ? "Teil" : "verschiedene Teile"),
    noneLate: "keine überfällig",
    lateSince: (day) => `längste seit ${day}`,
    allChecked: "alle geprüft",
    allLists: (n) => (n === "1" ? "Die eine Liste" : `Alle ${n} Listen`),
    moreLists: (n) => `und ${n} weitere Listen`,
    allParts: (n) => (n === "1" ? "Das eine Teil" : `Alle ${n} Teile`),
    listStatus: {
      broken: "Fehlerhaft",
      unreadable: "Unlesbar",
      failed: "Fehlgeschlagen",
      overdue: "Überfällig",
      short: "Fehlend",
      new: "Noch nicht geprüft",
      covered: "Gedeckt",
      inactive: "Abgeschaltet",
    },
    counts: {
      short: (n) => `${n} fehlend`,
      low: (n) => `${n} knapp`,
      out: (n) => `${n} nicht vorrätig`,
      critical: (n) => `${n} kritisch`,
    },
    columns: {
      state: "Status",
      list: "Liste",
      lists: "Listen",
      days: "30 Tage",
      coverage: "Deckung",
      next: "Nächste Prüfung",
      part: "Teil",
      missing: "Fehlt",
      required: "Benötigt",
      available: "Verfügbar",
      toOrder: "Zu bestellen",
      delivery: "Nächste Lieferung",
      lacking: "Fehlmenge",
      count: "Teile",
      share: "Anteil",
      since: "Seit",
      quantity: "Menge",
      action: "Was zu tun ist",
      when: "Wann",
      result: "Ergebnis",
      short: "Fehlend",
      duration: "Dauer",
    },
    last: "Letzte",
    next: "Nächste",
    after: "Danach",
    schedule: "Zeitplan",
    overdueSince: "überfällig seit",
    neverChecked: "Nie geprüft",
    firstCheck: "Die erste Prüfung läuft zur nächsten geplanten Zeit.",
    nothingTold: "Noch keine Benachrichtigung",
    nothingToldText: "Zahlen erscheinen mit der ersten Benachrichtigung.",
    nobodyNotified: "noch niemand",
    noList: {
      title: "Noch keine Liste",
      text: "Eine Liste sagt, was Sie bauen oder vorrätig halten wollen. Legen Sie eine Datei in monitors/ an, oder starten Sie partwatch init.",
    },
    listsTitle: (n) => `${lists(n)}.`,
    pageOf: (page, of) => `Seite ${page} von ${of}`,
    stockTitle: "Bestand für Geplantes",
    stockWords: (rows) => `Bestand für Geplantes. ${rows.join(", ")}.`,
    partsInLists: (n, of) => `${n} Teile in ${lists(of)}`,
    stock: {
      nothing_ordered: "Fehlt, zu wenig bestellt",
      on_its_way: "Fehlt, unterwegs",
      to_build: "Hier zu bauen",
      below_minimum: "Unter Minimum",
      silenced: "Stummgeschaltet",
      enough: "Genug",
    },
    heldUp: "Teile, die am meisten aufhalten",
    deliveriesTitle: "Kommende Lieferungen",
    deliveriesAside: "Größe: Teile der Bestellung",
    deliveriesWords: (n) => `${count(n, "Lieferung", "Lieferungen")} auf einer Zeitachse`,
    together: {
      title: "Reicht für jede, nicht für alle",
      lead: "Jede Liste ist für sich gegen den ganzen Bestand gerechnet. Zusammen gebaut gehen diese aus:",
      row: (free, wanted) => `${free} frei, ${wanted} benötigt`,
    },
    coverageLine: (available, requested) =>
      `${format.quantity(available)} von ${count(requested, "Eintrag", "Einträgen")} vorhanden`,
    about: (money) => `etwa ${money}`,
    limitedBy: (names) => `begrenzt durch ${names}`,
    channel: (channel) => (channel === "email" ? "Mail" : channel),
    life: (name, from, to) => (to === undefined ? `${name}: seit ${from}` : `${name}: ${from} bis ${to}`),
    lives: (open, resolved) =>
      `${count(open, "offene Meldung", "offene Meldungen")}, ${format.quantity(resolved)} in den letzten vier Wochen erledigt`,
    alertsAside: (open, seen) => `${format.quantity(open)} offen, ${format.quantity(seen)} davon zur Kenntnis genommen`,
    shortParts: "Fehlende Teile",
    withNotifications: "mit Benachrichtigungen",
    checks: "Prüfungen",
    checkWords: (notified, unchanged, failed) =>
      `Die letzten Prüfungen: ${format.quantity(notified)} benachrichtigt, ${format.quantity(unchanged)} ohne Neues, ${format.quantity(failed)} fehlgeschlagen`,
    outcomes: {
      notified: "benachrichtigt",
      partly_notified: "teils benachrichtigt",
      unchanged: "unverändert",
      elsewhere: "von anderem Lauf benachrichtigt",
      failed: "fehlgeschlagen",
      skipped: "ausgelassen",
    },
    took: (ms) =>
      ms < 1000
        ? "unter 1 s"
        : ms < 90_000
          ? `${format.quantity(Math.round(ms / 1000))} s`
          : `${format.quantity(Math.round(ms / 60_000))} min`,
    partsTitle: (n) => (n === 0 ? "Noch keine Teile." : `${count(n, "Teil", "Teile")} in Gebrauch.`),
    partsLead: "Jedes Teil, das eine aktive Liste verlangt, wie zuletzt benachrichtigt.",
    searchFinds: "Die Suche findet alle.",
    missingInLists: (quantity, n) => `${quantity} fehlen in ${inLists(n)}, jede für sich gerechnet.`,
    lacksTogether: (quantity) => `Allen Listen zusammen fehlen ${quantity}.`,
    partlyOld: "Ein Teil dieser Zahlen ist alt.",
    stockLine: (stock, committed) => `${stock} am Lager, ${committed} gebunden`,
    inLists,
    toOrderLine: (quantity) => `${quantity} zu bestellen`,
    whereNeeded: "Wo es gebraucht wird",
    eachAlone: "jede Liste für sich gerechnet",
    minimumOf: (quantity) => `Minimum ${quantity}`,
    alertsTitle: (n, fresh) => {
      if (n === 0) return "Keine Meldung ist offen.";
      return `${count(n, "Meldung", "Meldungen")}${fresh === 0 ? "" : fresh === 1 ? ", eine davon neu" : `, ${format.quantity(fresh)} davon neu`}.`;
    },
    alertsLead: ({ acknowledged, dismissed, resolved, days: usual }) =>
      [
        `${format.quantity(acknowledged)} zur Kenntnis genommen, ${format.quantity(dismissed)} zurückgestellt.`,
        ...(resolved === 0 || usual === undefined
          ? []
          : [
              `${format.quantity(resolved)} in der letzten Woche erledigt; die Hälfte davon in höchstens ${count(Math.max(1, Math.round(usual)), "Tag", "Tagen")}.`,
            ]),
      ].join(" "),
    alertGroups: {
      active: "Offen",
      acknowledged: "Zur Kenntnis genommen",
      dismissed: "Zurückgestellt",
      silenced: "Stummgeschaltet",
      resolved: "Erledigt",
    },
    alertKinds: {
      short: "Fehlend",
      critical: "Kritisch",
      low: "Knapp",
      out: "Nicht vorrätig",
      late: "Nicht rechtzeitig",
      order_now: "Jetzt bestellen",
      unresolved: "Nicht gefunden",
    },
    noAlerts: "Nichts anzusehen",
    longestFirst: "längste zuerst",
    newestFirst: "neueste zuerst",
    forDays: (n) => (n === 0 ? "heute" : days(n)),
    resolvedOn: (day, n) =>
      `erledigt ${day}, ${n === 0 ? "innerhalb eines Tages" : `nach ${count(n, "Tag", "Tagen")}`}`,
    until: (day) => `bis ${day}`,
    untilMore: (quantity) => `bis mehr als ${quantity}`,
    acknowledgeHint:
      "Um eine Meldung zur Kenntnis zu nehmen, starten Sie den Befehl daneben, oder haken Sie das Teil im Issue der Liste ab. Es bleibt in den Mails; Erinnerungen hören auf.",
    runsTitle: (n, failed) =>
      `${count(n, "Prüfung", "Prüfungen")} in den letzten 24 Stunden, ${failed === 0 ? "keine fehlgeschlagen" : `${format.quantity(failed)} fehlgeschlagen`}.`,
    footer: (when) => `Stand ${when}`,
    nothingKnown: "Noch kein Lauf",
    checkOf: (name) => `Prüfung von ${name}`,
    deliveryOf: (order) => `Lieferung: ${order}`,
    badgeUnknown: "unbekannt",
    badgeCovered: "gedeckt",
    badgeShort: (n) => `${n} fehlend`,
    feed: "Feed der Änderungen",
    calendar: "Kalender",
    inventory: "Daten als JSON",
    badge: "Badge",
    listFile: "Die Datei der Liste",
    csv: "Alle Teile als CSV",
  };
}
