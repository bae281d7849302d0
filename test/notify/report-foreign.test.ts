import { describe, expect, it } from "vitest";
import { calmReport, line, longReport, report } from "./fixture-report.ts";
import { monitor } from "./fixtures.ts";
import { render, visible } from "./reading.ts";

describe("what other people wrote", () => {
  const evil = "<script>alert(1)</script>{{subject}}|=cmd()\r\nBcc: x@y\u202Egnp\u0007\"'";
  const mail = render({
    monitor: monitor({ name: evil, description: evil, parts: [{ name: evil, quantity: 1 }] }),
    report: report({
      lines: [
        line({
          pk: 1,
          name: evil,
          ipn: evil,
          version: evil,
          units: evil,
          link: "javascript:alert(1)",
          short: true,
          missing: 1,
          required: 1,
          why: [{ entry: 0, path: [{ pk: 2, name: evil }] }],
        }),
      ],
      problems: [{ kind: "not_found", entry: 0, words: evil, quantity: 1, matches: [], message: evil }],
      silenced: [{ kind: "low", part: 9, name: evil, quantity: 1, reason: evil, until: null }],
      data_quality: [{ kind: "cycle", pk: 1, name: evil, path: [{ pk: 1, name: evil }], message: evil }],
    }),
  });

  it("stays text in the HTML: no tag, no template, no script address", () => {
    expect(mail.html).not.toContain("<script");
    expect(mail.html).not.toContain("javascript:");
    expect(visible(mail.html)).toContain("<script>alert(1)</script>{{subject}}|=cmd()");
  });

  it.each(["html", "text", "subject", "csv"] as const)(
    "brings no control or bidirectional character into the %s",
    (part) => {
      expect(mail[part].replace(/^\uFEFF/, "").replace(/\r?\n/g, "")).not.toMatch(
        /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u,
      );
    },
  );

  it("does not break a line of the text or of the subject", () => {
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.text).not.toMatch(/^Bcc:/m);
  });

  it("is a link only where it is a web address: InvenTree's pages, the repository, a part's own link, a supplier's", () => {
    const { html } = render();
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(
      ([, href = ""]) => new URL(href.replaceAll("&#x2F;", "/").replaceAll("&#x3D;", "=").replaceAll("&amp;", "&")),
    );
    expect(links.length).toBeGreaterThan(10);
    expect([...new Set(links.map((link) => link.host))].sort()).toEqual([
      "github.com",
      "inventree.example.com",
      "shop.example.org",
      "www.example.org",
    ]);
    expect(links.map(String)).toContain("https://inventree.example.com/web/part/31/");
    expect(links.map(String)).toContain("https://www.example.org/stm32l072?a=1&b=2");
    expect(html).not.toMatch(/(src|url\()\s*=?\s*["']?https?:/);
  });
});

describe("a mail of a long list", () => {
  it.each([
    [1000, 500],
    [1000, 50],
    [120, 500],
  ])(
    "of %i lines with %i rows a table stays under 100 kB, says how many more there are, and the CSV has all",
    (lines, rows) => {
      const mail = render({ report: longReport(lines) }, rows);
      expect(new TextEncoder().encode(mail.html).length).toBeLessThan(100_000);
      const shown = (mail.html.match(/class="sub"/g) ?? []).length;
      expect(shown).toBeGreaterThan(20);
      const more = /and ([\d,]+) more in the attached CSV/.exec(mail.html)?.[1]?.replace(",", "");
      expect(Number(more)).toBeGreaterThan(0);
      // One line each, the title, and the entry that is ambiguous.
      expect(mail.csv.trimEnd().split("\r\n")).toHaveLength(lines + 2);
    },
  );

  it("attaches a table of its own where a folded one is not in the CSV of all parts", () => {
    const [one] = report().alternatives ?? [];
    const alternatives =
      one === undefined
        ? []
        : Array.from({ length: 60 }, (_, index) => ({ ...one, pk: 5000 + index, name: `Substitute ${index}` }));
    const mail = render({ report: report({ alternatives }) });
    expect(mail.attachments.map((file) => file.filename)).toEqual([
      "sensor-board.csv",
      "sensor-board-alternatives.csv",
    ]);
    expect(mail.attachments[1]?.content).toContain("Substitute 59");
    expect(visible(mail.html)).toContain("and 10 more in the attached CSV");
  });

  it("stays under 100 kB whatever names and addresses are", () => {
    const name = "漢".repeat(3000);
    const lines = Array.from({ length: 300 }, (_, index) =>
      line({ pk: index, name, ipn: name, short: true, missing: 1, link: `https://example.org/${"a".repeat(1000)}` }),
    );
    const mail = render({ monitor: monitor({ name, description: name }), report: report({ lines }) }, 500);
    expect(new TextEncoder().encode(mail.html).length).toBeLessThan(100_000);
  });
});

describe("a mail in German", () => {
  const mail = render({ monitor: monitor({ language: "de", description: "" }) });

  it("is German throughout: subject, tables, numbers, dates, problems", () => {
    expect(mail.subject).toBe("[Partwatch] Sensor board, next 25: Teile fehlen");
    expect(mail.html).toMatch(/<html lang="de"/);
    for (const words of [visible(mail.html), mail.text]) {
      for (const german of [
        "Fehlend",
        "Zu bestellen",
        "12,2 m",
        "1.500",
        "1.043,95 €",
        "20. Nov. 2026",
        "Deckung",
        "3 Teile heißen",
      ])
        expect(words).toContain(german);
      for (const english of ["Missing", "Required", "ordered", "Coverage", "Critical", "are named", "supplier part"])
        expect(words).not.toContain(english);
    }
    expect(render({ monitor: monitor({ language: "de" }), report: calmReport() }).subject).toMatch(/: alles gedeckt$/);
  });
});

it("a mail carries no host but those of its links, no path, no stack", () => {
  const { html, text } = render();
  for (const words of [visible(html), text.replace(/^ {2}https?:\S+$/gm, "")]) {
    expect(words).not.toMatch(/https?:\/\/|[a-z]\.example|\/(home|work|tmp|api)\//);
    expect(words).not.toMatch(/\bat \S+:\d+/);
  }
});
