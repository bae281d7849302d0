// What each rule of docs/calculation.md finds out reaches the reader, wherever a report is read and in both languages.
import { expect, it } from "vitest";
import { calculate } from "../../src/core/calculation/calculate.ts";
import { DEFAULT_POLICY, type Policy } from "../../src/core/monitor.ts";
import { viewMarkdown } from "../../src/core/view/markdown.ts";
import { renderView } from "../../src/core/view/terminal.ts";
import { viewOf } from "../../src/core/view/view.ts";
import { renderReportMail } from "../../src/notify/email/report-mail.ts";
import { snapshotOf } from "../core/calculation/snapshot-builder.ts";
import { AT, monitor, notification } from "./fixtures.ts";

type Saying = readonly [rule: string, en: string, de: string];

const SAYINGS: readonly Saying[] = [
  ["1: an entry that means no part", "No part is named Ghost", "Kein Teil heißt Ghost"],
  ["2: a cycle", "The BOM needs itself: Loop → Back → Loop", "Die Stückliste braucht sich selbst: Loop › Back › Loop"],
  ["4: attrition, setup and rounding", "1,230", "1.230"],
  ["5: stock of variants", "enough, with variants", "genug, mit Varianten"],
  ["5: borrowed", "From variants", "Aus Varianten"],
  ["5: narrowed stock", "Only stock that policy.stock allows", "Es zählt nur Bestand, den policy.stock zulässt"],
  ["6: owed", "Backlog", "Rückstand"],
  ["7: to build", "Sub-assemblies to build", "Zu bauende Baugruppen"],
  ["7: order quantity", "Order quantity", "Bestellmenge"],
  ["policies", "policy: substitutes: use; buy: Module.", "policy dieser Liste: substitutes: use; buy: Module."],
  ["8: bought by policy", "bought by policy", "laut policy.buy gekauft"],
  ["9: optional", "Optional", "Optional"],
  ["9: consumables", "1 consumable is left out", "1 Verbrauchsmaterial ist nicht mitgerechnet"],
  ["10: substitutes that are used", "3 Chip B", "3 Chip B"],
  ["10: enough with them", "enough, with substitutes", "genug, mit Ersatzteilen"],
  ["10: alternatives", "Instead of", "Anstelle von"],
  ["11: critical", "Below minimum by", "Unter Minimum um"],
  ["12: can build", "What stock allows", "Was der Bestand hergibt"],
  ["12: can build at once", "From parts at hand", "Aus Teilen am Lager"],
  ["13: why", "Board › Frame", "Board › Frame"],
  ["14: cost", "€1,845.00", "1.845,00 €"],
  ["14: without a price", "Without a price", "Ohne Preis"],
  ["15: outlook", "late since 3 Nov 2026", "überfällig seit 3. Nov. 2026"],
  ["16: data quality", "has no supplier part", "hat kein Zuliefererteil"],
  ["watch: low at a place", "With a location, only stock there counts", "Mit Lagerort zählt nur der Bestand dort"],
  ["watch: out", "Paste", "Paste"],
  ["coverage", "33%", "33 %"],
];

/** In the second line of a row; what has only one line has a column for it. */
const BELOW: readonly Saying[] = [
  ["6: owed", "6 of it for earlier orders", "davon 6 für frühere Aufträge"],
  ["9: optional", "5 of 15 optional", "5 von 15 optional"],
];

const policy: Policy = {
  ...DEFAULT_POLICY,
  stock: { locations: [], exclude: ["expired"] },
  buy: ["Module"],
  substitutes: "use",
};

const report = calculate({
  parts: [
    { name: "Board", quantity: 5 },
    { name: "Ghost", quantity: 2 },
    { name: "Loop", quantity: 1 },
  ],
  watch: [
    { part: "Paste", minimum: 5, location: "Store" },
    { part: "Paste", minimum: 1 },
  ],
  policy,
  snapshot: snapshotOf({
    parts: [
      { pk: 1, name: "Board" },
      { pk: 2, name: "Chip", requiredForBuildOrders: 10 },
      { pk: 3, name: "Chip B" },
      { pk: 4, name: "Screw" },
      { pk: 5, name: "Screw, long", variantOf: 4 },
      { pk: 6, name: "Glue", consumable: true },
      { pk: 7, name: "Label" },
      { pk: 8, name: "Module", onOrder: 9 },
      { pk: 9, name: "Frame" },
      { pk: 10, name: "Bolt", pricingMin: 1.5, pricingMax: 2 },
      { pk: 11, name: "Nut", minimumStock: 3 },
      { pk: 12, name: "Loop" },
      { pk: 13, name: "Back" },
      { pk: 14, name: "Paste" },
      { pk: 15, name: "Seal" },
      { pk: 16, name: "Seal B" },
    ],
    lines: [
      { pk: 1, part: 1, subPart: 2, quantity: 3, substitutes: [3] },
      { pk: 2, part: 1, subPart: 4, allowVariants: true },
      { pk: 3, part: 1, subPart: 6 },
      { pk: 4, part: 1, subPart: 7, quantity: 2 },
      { pk: 5, part: 1, subPart: 7, optional: true },
      { pk: 6, part: 1, subPart: 8 },
      { pk: 7, part: 1, subPart: 9 },
      { pk: 8, part: 9, subPart: 10, quantity: 200, attrition: 20, setupQuantity: 25, roundingMultiple: 10 },
      { pk: 9, part: 1, subPart: 11 },
      { pk: 10, part: 12, subPart: 13 },
      { pk: 11, part: 13, subPart: 12 },
      { pk: 12, part: 8, subPart: 10 },
      { pk: 13, part: 1, subPart: 15, substitutes: [16] },
    ],
    stockItems: [
      { pk: 1, part: 2, quantity: 4 },
      { pk: 2, part: 3, quantity: 3 },
      { pk: 3, part: 5, quantity: 9 },
      { pk: 4, part: 11, quantity: 6 },
      { pk: 5, part: 14, quantity: 2, location: 1, expiryDate: "2026-01-01" },
      { pk: 6, part: 16, quantity: 9 },
    ],
    supplierParts: [2, 8, 10, 15].map((part) => ({ pk: part, part, packQuantity: 10 })),
    orders: [{ pk: 1, part: 8, outstanding: 9, targetDate: "2026-11-03" }],
    locations: [{ pk: 1, name: "Store", path: "Store" }],
  }),
  today: "2026-11-20",
});

it.each(["en", "de"] as const)(
  "every rule is told in mail and CSV, in the terminal and in the step summary: %s",
  (language) => {
    const list = monitor({ language, policy, name: "Boards", parts: [] });
    const view = viewOf({ report, monitor: list, at: AT });
    const mail = renderReportMail(notification({ monitor: list, report }), { rows: 50 });
    const surfaces = {
      mail: plain(mail.html) + mail.csv,
      "mail as text": mail.text.replace(/\s+/g, " ") + mail.csv,
      terminal: renderView(view, { columns: 400, color: false }),
      summary: viewMarkdown(view, { rows: 50 }).replaceAll("\\", ""),
    };
    const untold = (text: string, sayings: readonly Saying[]) =>
      sayings.filter(([, en, de]) => !text.includes(language === "en" ? en : de)).map(([rule]) => rule);
    for (const [surface, text] of Object.entries(surfaces)) expect(untold(text, SAYINGS), surface).toEqual([]);
    expect(untold(surfaces.mail, BELOW)).toEqual([]);
  },
);

/** HTML as a reader sees it. */
function plain(html: string): string {
  return html
    .replace(/<style.*?<\/style>/gs, "")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&amp;", "&")
    .replaceAll("&#x2F;", "/")
    .replace(/\s+/g, " ");
}
