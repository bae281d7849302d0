import type { Format } from "../format.ts";
import type { AdminTexts } from "./texts.ts";
import { incidentOf, isAboutCertificate, isAboutRedirect } from "./texts-trouble.ts";

/** What admins read, in German. */
export function deAdmin(format: Format): AdminTexts {
  const count = (n: number, one: string, other: string) => `${format.quantity(n)} ${format.plural(n, { one, other })}`;
  const andOthers = (address: string, others: number) =>
    others === 0 ? address : `${address} und ${count(others, "weitere", "weitere")}`;
  return {
    title: (key) =>
      incidentOf(key, {
        unreachable: (instance) => `InvenTree${instance} ist nicht erreichbar`,
        refused: (instance) => `InvenTree${instance} weist Partwatch ab`,
        incomplete: (instance) => `InvenTree${instance} konnte nicht vollständig gelesen werden`,
        mail: "Mails können nicht zugestellt werden",
        state: "Der State-Branch ist beschädigt",
        overdue: "Prüfungen sind überfällig",
        issue: "Issues können nicht geschrieben werden",
        webhook: (variable) => `Der Webhook aus ${variable} kann nicht aufgerufen werden`,
        file: (path) => `${path} ist fehlerhaft`,
        check: (monitor) => `Die Liste ${monitor} kann nicht berechnet werden`,
        address: (address) => `Mails an ${address} werden abgelehnt`,
        addresses: (address, others) => `Mails an ${andOthers(address, others)} werden abgelehnt`,
        unconfirmed: (monitor, channel) => `Ob ${monitor} per ${channel} zugestellt wurde, ist nicht bekannt`,
        other: (other) => `Störung: ${other}`,
      }),
    overTitle: (key) =>
      incidentOf(key, {
        unreachable: (instance) => `InvenTree${instance} ist wieder erreichbar`,
        refused: (instance) => `InvenTree${instance} lässt Partwatch wieder zu`,
        incomplete: (instance) => `InvenTree${instance} ist wieder vollständig lesbar`,
        mail: "Mails werden wieder zugestellt",
        state: "Der State-Branch ist wieder in Ordnung",
        overdue: "Keine Prüfung ist mehr überfällig",
        issue: "Issues können wieder geschrieben werden",
        webhook: (variable) => `Der Webhook aus ${variable} funktioniert wieder`,
        file: (path) => `${path} ist wieder in Ordnung`,
        check: (monitor) => `Die Liste ${monitor} kann wieder berechnet werden`,
        address: (address) => `Mails an ${address} werden wieder angenommen`,
        addresses: (address, others) => `Mails an ${andOthers(address, others)} werden wieder angenommen`,
        unconfirmed: (monitor, channel) => `${monitor} wird per ${channel} wieder zugestellt`,
        other: (other) => `Behoben: ${other}`,
      }),
    usualFix: (key, cause) =>
      incidentOf(key, {
        unreachable: () =>
          isAboutCertificate(cause)
            ? "Bitte das Zertifikat des Servers erneuern, mit vollständiger Kette und für den Rechnernamen in INVENTREE_URL. Hat es eine eigene Zertifizierungsstelle ausgestellt, deren Datei dort, wo Partwatch läuft, in NODE_EXTRA_CA_CERTS nennen. Der nächste Lauf holt alles nach."
            : "Bitte prüfen, ob InvenTree läuft und ob INVENTREE_URL von dort erreichbar ist, wo Partwatch läuft. Nichts muss wiederholt werden: Der nächste Lauf holt alles nach.",
        refused: () =>
          isAboutRedirect(cause)
            ? "Bitte INVENTREE_URL auf die Adresse setzen, die die Ursache nennt, wenn es die des eigenen Servers ist. Danach den Lauf neu starten oder den nächsten abwarten."
            : "Bitte prüfen, ob INVENTREE_API_TOKEN gültig ist und sein Benutzer sehen darf, was die Ursache nennt. Danach den Lauf neu starten oder den nächsten abwarten.",
        incomplete: () =>
          "Bitte InvenTrees eigenes Protokoll zu dieser Anfrage ansehen. Bis es vollständig lesbar ist, wird nichts gemeldet, und nichts gilt als erledigt.",
        mail: "Bitte die Mail-Einstellungen prüfen (EMAIL_SMTP_SERVER, EMAIL_SMTP_PORT, EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_USERNAME, EMAIL_PASSWORD). Was nicht zugestellt wurde, sendet der nächste Lauf.",
        state:
          "Bitte die Datei auf dem State-Branch wie oben beschrieben korrigieren oder aus einem früheren Commit wiederherstellen. Bis dahin wird über diese Listen nichts gemeldet.",
        overdue:
          "Bitte ansehen, was diese Prüfungen startet: Ist der Zeitplan abgeschaltet, ein Runner weg, ein Job abgebrochen? GitHub hält Zeitpläne öffentlicher Repositories nach 60 Tagen ohne Aktivität an. `partwatch doctor` findet es heraus.",
        issue: "Bitte beheben, was die Ursache beschreibt. Was nicht geschrieben wurde, schreibt der nächste Lauf.",
        webhook: (variable) =>
          `Bitte den Server und die Adresse in ${variable} prüfen. Was nicht zugestellt wurde, sendet der nächste Lauf.`,
        file: (path) =>
          `Bitte ${path} in einem Pull Request korrigieren; \`partwatch validate\` zeigt alle Probleme. ${/\.ya?ml$/i.test(path) ? "Bis dahin wird die Datei nicht geprüft." : "Bis dahin haben Mails die eingebaute Vorlage."}`,
        check: () => "Bitte die Liste wie oben beschrieben korrigieren. Bis dahin wird über sie nichts gemeldet.",
        address: (address) => `Bitte ${address} berichtigen oder aus den Listen nehmen, die sie nennen.`,
        addresses: (_address, _others, isTheirs) =>
          isTheirs
            ? "Bitte diese Adressen berichtigen oder aus den Listen nehmen, die sie nennen."
            : "Bitte beim Betreiber des Mailservers klären, was seine Antwort bedeutet: ob EMAIL_SENDER_ADDRESS an diese Adressen senden darf und ob dafür eine Anmeldung nötig ist.",
        unconfirmed: () =>
          "Bitte die Empfänger fragen, ob die Nachricht angekommen ist, und im Log des Mailservers oder Empfängers nachsehen. Was sich von nun an ändert, wird wie gewohnt gesendet.",
        other: () => "Siehe das Protokoll des Laufs.",
      }),
    begins: "Braucht Aufmerksamkeit",
    over: "Behoben",
    since: "Seit",
    overAt: "Behoben am",
    lasted: "Begann",
    cause: "Ursache",
    wasCause: "Ursache",
    fix: "Was zu tun ist",
    monitors: "Betroffene Listen",
    run: "Protokoll dieses Laufs",
    once: "Sie erhalten eine Mail, wenn eine Störung beginnt, und eine, wenn sie behoben ist.",
    preheader: (n) => (n === 0 ? "" : `${count(n, "Liste ist", "Listen sind")} betroffen`),
  };
}
