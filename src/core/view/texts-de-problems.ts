import type { DataQuality, ReportProblem } from "../generated/report.ts";

/** By kind and fields; undefined where only the report's own words say it. */
export function germanProblem(problem: ReportProblem): string | undefined {
  const { words } = problem;
  const pks = problem.matches.join(", ");
  switch (problem.kind) {
    case "not_found":
      return `Kein Teil heißt ${words}; bitte Schreibweise prüfen (Groß- und Kleinschreibung zählt) oder \`pk\` angeben.`;
    case "ambiguous":
      return `${problem.matches.length} Teile heißen ${words}: pk ${pks}; bitte \`ipn\`, \`version\` oder \`pk\` angeben.`;
    case "unknown_policy_part":
      return `policy.buy nennt ${words}, aber es gibt kein solches Teil.`;
    case "unknown_location":
      return `Es gibt keinen Lagerort ${words}.`;
    case "unknown_watch_part":
      return `watch nennt ${words}, aber es gibt kein solches Teil.`;
    case "unknown_category":
      return `Es gibt keine Kategorie ${words}.`;
    case "quantity_too_large":
      return `${words}: Die Menge ist zu groß, um genau gezählt zu werden.`;
    default:
      return undefined;
  }
}

/** By kind; undefined where only the report's own words say it. */
export function germanQuality(quality: DataQuality, path: string): string | undefined {
  switch (quality.kind) {
    case "inactive_part":
      return "Das Teil ist inaktiv, wird aber benötigt.";
    case "not_obtainable":
      return "Das Teil fehlt und ist weder kaufbar noch eine Baugruppe.";
    case "no_supplier_part":
      return "Das Teil fehlt und hat kein Lieferantenteil.";
    case "assembly_without_bom":
      return "Die Baugruppe hat keine Stückliste; sie wird gekauft.";
    case "bom_not_validated":
      return "Die Stückliste ist nicht geprüft.";
    case "cycle":
      return `Die Stückliste läuft im Kreis: ${path}.`;
    case "odd_phantom":
      return "Die virtuelle Baugruppe hat Varianten mit Bestand, der nicht gezählt wird.";
    default:
      return undefined;
  }
}
