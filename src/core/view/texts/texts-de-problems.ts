import type { DataQuality, ReportProblem } from "../../generated/report.ts";

/** By kind and fields; undefined where only the report's own words say it. */
export function germanProblem(problem: ReportProblem): string | undefined {
  const { words } = problem;
  const pks = problem.matches.join(", ");
  const near = nearWords(problem.message);
  switch (problem.kind) {
    case "not_found":
      if (near !== undefined) return `Kein Teil ${meant(words, "one")}; ${near}`;
      return `Kein Teil ${meant(words, "one")}; bitte Schreibweise (Groß- und Kleinschreibung zählt) und Version prüfen, oder das Teil in InvenTree anlegen.`;
    case "ambiguous":
      return `${problem.matches.length} Teile ${meant(words, "several")}: pk ${pks}; bitte \`ipn\`, \`version\` oder \`pk\` angeben.`;
    case "unknown_policy_part":
      return `Es gibt kein Teil ${words}; bitte in \`policy.buy\` berichtigen oder entfernen.`;
    case "unknown_location":
      return `Es gibt keinen Lagerort ${words}; bitte in \`policy.stock.locations\` oder \`watch\` berichtigen oder entfernen.`;
    case "unknown_watch_part":
      return `Es gibt kein Teil ${words}; bitte in \`watch\` berichtigen oder entfernen.`;
    case "unknown_category":
      return `Es gibt keine Kategorie ${words}; bitte in \`watch\` oder \`silences\` berichtigen oder entfernen.`;
    case "quantity_too_large":
      return `Mengen von pk ${pks} gehen über 10.000.000.000 hinaus, darum zählt dieser Eintrag nicht; bitte seine Menge verringern oder Stücklisten und Bestand dieses Teils berichtigen.`;
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
      return "Das Teil fehlt, ist kaufbar und hat kein Zuliefererteil.";
    case "assembly_without_bom":
      return "Die Baugruppe hat keine Stückliste, sie wird hier also nicht gebaut.";
    case "bom_not_validated":
      return "Die Stückliste, nach der gebaut wird, ist nicht geprüft.";
    case "cycle":
      return `Die Stückliste braucht sich selbst: ${path}; die letzte Position auf diesem Weg zählt nicht.`;
    case "odd_phantom":
      return "Die virtuelle Baugruppe hat Varianten mit Bestand; sie wird trotzdem ganz aufgelöst.";
    default:
      return undefined;
  }
}

/** What the report proposes instead, and what cannot be seen. */
function nearWords(message: string): string | undefined {
  const [, proposal, why = ""] = /; did you mean (.+)\?(?: (.*))?$/s.exec(message) ?? [];
  if (proposal === undefined) return undefined;
  const reason = WHY.find(([english]) => why.startsWith(english))?.[1] ?? "";
  const [code] = /U\+[0-9A-F]{4,6}/.exec(why) ?? [];
  return `ist ${proposal} gemeint?${reason}${code === undefined ? "" : ` (${code})`}`;
}

const WHY = [
  ["Upper and lower case", " Groß- und Kleinschreibung zählt."],
  ["Only the form of a letter", " Nur die Form eines Buchstabens ist anders, den man für denselben hält."],
  ["Only a blank differs: the word in InvenTree", " Nur ein Leerzeichen ist anders, und zwar in InvenTree."],
  ["Only a blank differs", " Nur ein Leerzeichen ist anders, und zwar in der Liste."],
] as const;

/** `heißt Nut in Version C`, `haben die IPN I-1`: what the list's own words (`Nut, version C`, `ipn=I-1`, `#4`) ask for. */
function meant(words: string, parts: "one" | "several"): string {
  const [, key = words, version] = /^(.*), version (.*)$/s.exec(words) ?? [];
  const [, pk] = /^#(\d+)$/.exec(key) ?? [];
  const [, ipn] = /^ipn=(.+)$/s.exec(key) ?? [];
  const has = parts === "one" ? "hat" : "haben";
  const named = parts === "one" ? "heißt" : "heißen";
  const what = pk !== undefined ? `${has} pk ${pk}` : ipn !== undefined ? `${has} die IPN ${ipn}` : `${named} ${key}`;
  return version === undefined ? what : `${what} in Version ${version}`;
}
