import type { Change } from "../../notification/change.ts";
import type { Language } from "../format.ts";

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
  /** Why an issue is closed that nobody looks after any more. */
  readonly ended: Readonly<Record<"gone" | "inactive" | "channel_off", string>>;
  readonly incident: Readonly<Record<"configuration" | "outage", string>>;
  readonly resolved: string;
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
    run: "Log of this run",
    allCovered: "All parts are covered.",
    onlyAside: "Nothing is short except what is silenced or dismissed.",
    how: "Tick a part to acknowledge it: reminders about it stop. Close the issue **as not planned** to dismiss its parts until more of them is missing; reopen it to undo that. It closes by itself when everything is covered.",
    recovered: "All covered: closed.",
    recoveredAside: "Nothing is short except what is silenced or dismissed: closed.",
    dismissed:
      "Closed as not planned: its parts are dismissed. You are notified again when more of one is missing than now.",
    stillShort: "Parts are still short, so this is open again. Close it **as not planned** to dismiss them.",
    ended: {
      gone: "This list is gone and no longer checked: closed.",
      inactive: "This list is switched off and no longer checked: closed.",
      channel_off: "This list no longer notifies by issue: closed.",
    },
    incident: { configuration: "Configuration problem", outage: "Outage" },
    resolved: "Resolved: closed.",
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
    run: "Protokoll dieses Laufs",
    allCovered: "Alle Teile sind gedeckt.",
    onlyAside: "Es fehlt nur, was stummgeschaltet oder zurückgestellt ist.",
    how: "Ein Häkchen nimmt ein Teil zur Kenntnis: Daran wird dann nicht mehr erinnert. Wer das Issue **als nicht geplant** schließt, stellt seine Teile zurück, bis mehr davon fehlt; wer es wieder öffnet, nimmt das zurück. Es schließt sich von selbst, wenn alles gedeckt ist.",
    recovered: "Alles gedeckt: geschlossen.",
    recoveredAside: "Es fehlt nur, was stummgeschaltet oder zurückgestellt ist: geschlossen.",
    dismissed:
      "Als nicht geplant geschlossen: Seine Teile sind zurückgestellt. Jedes wird wieder gemeldet, sobald mehr davon fehlt als jetzt.",
    stillShort:
      "Teile fehlen noch immer, darum ist dies wieder offen. **Als nicht geplant** schließen stellt sie zurück.",
    ended: {
      gone: "Diese Liste gibt es nicht mehr, sie wird nicht mehr geprüft: geschlossen.",
      inactive: "Diese Liste ist abgeschaltet, sie wird nicht mehr geprüft: geschlossen.",
      channel_off: "Diese Liste meldet nicht mehr per Issue: geschlossen.",
    },
    incident: { configuration: "Konfigurationsproblem", outage: "Ausfall" },
    resolved: "Behoben: geschlossen.",
  },
};
