import type { Change } from "../telling/change.ts";
import type { Language } from "./format.ts";

/** What is said on channels other than mail, beside the texts that all share. */
export interface ChannelTexts {
  /** What opens a message; empty where its rows say it all. */
  readonly opening: (kind: Change["kind"], covered: boolean) => string;
  readonly issue: IssueTexts;
}

export interface IssueTexts {
  readonly acknowledge: string;
  /** Head of the table: box, part, status, quantity, since. */
  readonly columns: readonly [string, string, string, string, string];
  readonly aside: string;
  /** Head of the table of silenced parts. */
  readonly asideColumns: readonly [string, string, string, string, string];
  readonly more: (count: string) => string;
  readonly list: string;
  readonly run: string;
  readonly allCovered: string;
  /** Nothing but what is silenced or dismissed. */
  readonly onlyAside: string;
  readonly how: string;
  readonly recovered: string;
  /** As onlyAside, of an issue that is closed. */
  readonly recoveredAside: string;
  readonly dismissed: string;
  readonly stillShort: string;
  readonly monitorGone: string;
  readonly trouble: Readonly<Record<"configuration" | "outage", string>>;
  readonly troubleOver: string;
}

/** The texts in a language. */
export function channelTextsFor(language: Language): ChannelTexts {
  return language === "de" ? DE : EN;
}

const EN: ChannelTexts = {
  opening: (kind, covered) => {
    switch (kind) {
      case "first":
        return covered ? "Monitoring started, all covered." : "Monitoring started: this is the first check.";
      case "reminder":
        return "Reminder: nothing changed, and it is still short.";
      case "unchanged":
        return "Nothing changed.";
      case "changed":
        return "";
      default:
        return kind satisfies never;
    }
  },
  issue: {
    acknowledge: "seen",
    columns: ["Acknowledge", "Part", "Status", "Quantity", "Since"],
    aside: "Silenced or dismissed",
    asideColumns: ["Part", "Status", "Quantity", "Reason", "Until"],
    more: (count) => `and ${count} more`,
    list: "The list",
    run: "The run that found this",
    allCovered: "All parts are covered.",
    onlyAside: "Nothing is short but what is silenced or dismissed.",
    how: "Tick a part to acknowledge it: reminders about it stop. Close the issue **as not planned** to dismiss its parts until more of them is lacking; reopen it to take that back. It closes by itself when all is covered.",
    recovered: "All covered: closed.",
    recoveredAside: "Nothing is short but what is silenced or dismissed: closed.",
    dismissed:
      "Closed as not planned: its parts are dismissed. Each is told again when more of it is lacking than now.",
    stillShort: "Parts are still short, so this is open again. Close it **as not planned** to dismiss them.",
    monitorGone: "This list is gone, so it is not checked any more: closed.",
    trouble: { configuration: "Configuration problem", outage: "Outage" },
    troubleOver: "Over: closed.",
  },
};

const DE: ChannelTexts = {
  opening: (kind, covered) => {
    switch (kind) {
      case "first":
        return covered ? "Überwachung begonnen, alles gedeckt." : "Überwachung begonnen: Dies ist die erste Prüfung.";
      case "reminder":
        return "Erinnerung: Nichts hat sich geändert, und es fehlt noch immer.";
      case "unchanged":
        return "Nichts hat sich geändert.";
      case "changed":
        return "";
      default:
        return kind satisfies never;
    }
  },
  issue: {
    acknowledge: "gesehen",
    columns: ["Zur Kenntnis", "Teil", "Status", "Menge", "Seit"],
    aside: "Stummgeschaltet oder zurückgestellt",
    asideColumns: ["Teil", "Status", "Menge", "Grund", "Bis"],
    more: (count) => `und ${count} weitere`,
    list: "Die Liste",
    run: "Der Lauf, der dies ergab",
    allCovered: "Alle Teile sind gedeckt.",
    onlyAside: "Es fehlt nur, was stummgeschaltet oder zurückgestellt ist.",
    how: "Ein Häkchen nimmt ein Teil zur Kenntnis: Daran wird dann nicht mehr erinnert. Wer das Issue **als nicht geplant** schließt, stellt seine Teile zurück, bis mehr davon fehlt; wer es wieder öffnet, nimmt das zurück. Es schließt sich von selbst, wenn alles gedeckt ist.",
    recovered: "Alles gedeckt: geschlossen.",
    recoveredAside: "Es fehlt nur, was stummgeschaltet oder zurückgestellt ist: geschlossen.",
    dismissed:
      "Als nicht geplant geschlossen: Seine Teile sind zurückgestellt. Jedes wird wieder gemeldet, sobald mehr davon fehlt als jetzt.",
    stillShort:
      "Teile fehlen noch immer, darum ist dies wieder offen. **Als nicht geplant** schließen stellt sie zurück.",
    monitorGone: "Diese Liste gibt es nicht mehr, sie wird nicht mehr geprüft: geschlossen.",
    trouble: { configuration: "Konfigurationsproblem", outage: "Ausfall" },
    troubleOver: "Vorbei: geschlossen.",
  },
};
