import type { Language } from "../format.ts";

/** The words of the mail that doctor sends on request. */
export interface TestMailTexts {
  readonly subject: string;
  readonly status: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly once: string;
}

const EN: TestMailTexts = {
  subject: "[Partwatch] Test mail",
  status: "Test",
  title: "Mail works",
  lines: [
    "Your mail server accepted this mail from Partwatch, so it will accept reports as well.",
    "If it went to the spam folder, have the sender's domain name your mail server (SPF, DKIM, DMARC).",
  ],
  once: "You get this mail because you are an admin of Partwatch, and somebody requested it with `partwatch doctor --send-test-mail`.",
};

const DE: TestMailTexts = {
  subject: "[Partwatch] Testmail",
  status: "Test",
  title: "Mail funktioniert",
  lines: [
    "Ihr Mailserver hat diese Mail von Partwatch angenommen und nimmt damit auch Berichte an.",
    "Landete sie im Spam-Ordner, sollte die Domain des Absenders Ihren Mailserver nennen (SPF, DKIM, DMARC).",
  ],
  once: "Sie erhalten diese Mail als Admin von Partwatch, weil jemand sie mit `partwatch doctor --send-test-mail` angefordert hat.",
};

/** In the admins' language. */
export function testMailTexts(language: Language): TestMailTexts {
  return language === "de" ? DE : EN;
}
