import { describe, expect, it } from "vitest";
import type { Report } from "../../src/core/generated/report.ts";
import { calmReport, line, longReport } from "./fixture-report.ts";
import { received, render, visible } from "./reading.ts";

describe("a report mail", () => {
  it("has summary and all tables in HTML and in plain text", async () => {
    const mail = await received();
    const titles = [
      "Parts requested",
      "Parts available",
      "Coverage",
      "What changed",
      "Missing",
      "To order",
      "Sub-assemblies to build",
      "Critical",
      "Alternatives",
      "Watched stock",
      "Problems with the list",
      "Data quality",
      "Cost",
      "All parts",
    ];
    for (const words of [visible(mail.html ?? ""), mail.text ?? ""]) {
      expect(words).toContain("Sensor board, next 25");
      expect(words).toContain("Fri, 20 Nov 2026, 07:10 CET");
      expect(words).toContain("46%");
      for (const title of titles) expect(words).toContain(title);
      for (const name of ["MCU STM32L072RBT6", "IC-0031", "12.2 m", "Power Module", "MCU STM32L073RBT6", "€1,043.95"])
        expect(words).toContain(name);
      expect(words).toContain("Mounting Bracket XL");
      expect(words).toContain("late since 3 Nov");
      expect(words).toMatch(/since 12 Nov 2026/i);
    }
  });

  it("keeps the sections in the order in which they are read", () => {
    const { text, html } = render();
    const order = (words: string, titles: readonly string[]) => titles.map((title) => words.indexOf(title));
    const titles = [
      "What changed",
      "To order",
      "Chase these",
      "On its way",
      "Missing",
      "Sub-assemblies to build",
      "Critical",
      "Alternatives",
    ];
    const later = ["Watched stock", "Problems with the list", "Data quality", "Cost", "All parts"];
    const inText = order(
      text,
      [...titles, ...later].map((title) => `\n${title}\n---`),
    );
    const inHtml = order(
      html,
      [...titles, ...later].map((title) => `>${title}</h2>`),
    );
    for (const places of [inText, inHtml]) {
      expect(places).not.toContain(-1);
      expect([...places].sort((a, b) => a - b)).toEqual(places);
    }
  });

  it("leaves out a section that has nothing to say or whose data the report has not", () => {
    const { cost: _, alternatives: _alternatives, watched: _watched, data_quality: _quality, ...rest } = calmReport();
    const { html, text } = render({ report: rest });
    for (const title of ["Missing", "To order", "Critical", "Alternatives", "Watched stock", "Cost", "Silenced"]) {
      expect(html).not.toContain(`>${title}</h2>`);
      expect(text).not.toContain(`\n${title}\n---`);
    }
    expect(html).toContain(">All parts</h2>");
  });

  it("has lines of at most 80 columns in its text part, but for addresses", () => {
    const { text } = render({ report: longReport(40) });
    const wide = text.split("\n").filter((one) => one.length > 80 && !one.startsWith("  http"));
    expect(wide).toEqual([]);
  });

  it("says in the subject whether parts are short, and in the preheader the news, then the counts", async () => {
    const short = await received();
    expect(short.subject).toBe("[Partwatch] Sensor board, next 25: parts short");
    const preheader = /<div[^>]*display:none[^>]*>([^<]*)</.exec(short.html ?? "")?.[1];
    const news =
      "New: Connector M12, 5-pin, A-coded, panel mount, rear fastened, gold plated (58). Worse: Wire AWG 24, red (12.2 m). " +
      "Better: MCU STM32L072RBT6 (21). Resolved: Enclosure IP67. 2 to order, €72.00.";
    for (const words of [short.html ?? "", short.text ?? ""])
      expect(visible(words).replace(/\s+/g, " ")).toContain(news);
    expect(preheader).toBe(`${news} 4 short · 1 out of stock · 1 low · 2 to build · 1 critical · coverage 46%`);
    expect((await received({ report: calmReport(), episode: null })).subject).toBe(
      "[Partwatch] Sensor board, next 25: all covered",
    );
  });

  it("does not call a list short of which only silenced parts are missing, and lists these apart with reason and end", () => {
    const lines = [line({ pk: 1, name: "Fuse", required: 5, missing: 5, short: true })];
    const silenced: Report["silenced"] = [
      { kind: "short", part: 1, name: "Fuse", quantity: 5, reason: "next design has none", until: "2026-12-31" },
    ];
    const mail = render({ report: { ...calmReport(), lines, silenced } });
    expect(mail.subject).toMatch(/: all covered$/);
    expect(mail.html).not.toContain(">Missing</h2>");
    expect(mail.text).toMatch(/Silenced\n-+\n[\s\S]*Fuse\s+short\s+5\s+next design has none\s+31 Dec 2026/);
  });

  it("says that monitoring has started when it is the first, and that nothing is missing", () => {
    const change = { kind: "first", rows: [], listEdited: false } as const;
    expect(render({ report: calmReport(), change }).text).toContain("Monitoring started, all covered.");
    expect(render({ change }).text).toContain("Monitoring started: this is the first check.");
  });

  it("says when the list was edited, when it is a reminder, and when nothing changed", () => {
    const text = (kind: "unchanged" | "reminder", listEdited: boolean) =>
      visible(render({ change: { kind, rows: [], listEdited } }).html);
    expect(text("unchanged", true)).toContain("The list was edited.");
    expect(text("reminder", false)).toContain("Reminder:");
    expect(text("unchanged", false)).toContain("Nothing changed since the last mail.");
  });
});
