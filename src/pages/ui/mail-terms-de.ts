// Words about mails, in German.
import type { mailTermsEn } from "./mail-terms-en.ts";

export const mailTermsDe: typeof mailTermsEn = {
  seeMail: "Mail ansehen",
  mailTitle: (name) => `Die Mail von ${name}`,
  mailAs: { html: "Wie sie aussieht", light: "Hell", dark: "Dunkel", txt: "Als Text" },
  download: "Herunterladen",
  allMails: "Alle Arten von Mails",
  galleryTitle: (kinds) => `${kinds} Arten von Mails.`,
  galleryLead: "Jede Mail, die Partwatch verschickt, mit erfundenen Zahlen, in beiden Sprachen, hell und dunkel.",
  templateBroken: "Ihre eigene Vorlage ist nicht verwendbar; gezeigt wird die eingebaute.",
  schemes: { light: "hell", dark: "dunkel" },
  mailKinds: {
    first: "Die erste Mail einer Liste",
    changed: "Etwas hat sich geändert",
    reminder: "Eine Erinnerung",
    correction: "Eine Berichtigung einer Mail, die vielleicht ankam",
    covered: "Wieder alles da",
    watching: "Mindestbestand",
    by_when: "Eine Liste mit Termin",
    plan: "Ein Plan aus mehreren Listen",
    together: "Mehrere Listen in einer Mail",
    opened: "An die Admins: Ein Problem beginnt",
    resolved: "An die Admins: Es ist behoben",
    test: "Die Testmail",
  },
};
