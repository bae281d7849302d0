import PostalMime, { type Email } from "postal-mime";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/core/generated/report.ts";
import type { Telling } from "../../src/notify/channel.ts";
import { toEml } from "../../src/notify/email/eml.ts";
import { renderReportMail } from "../../src/notify/email/report-mail.ts";
import { calmReport, HASH, line, longReport, monitor, report, telling } from "./fixtures.ts";

const FROM = { sender: "partwatch@example.com", senderName: "Partwatch" };
const render = (changes: Partial<Telling> = {}, rows = 50) => renderReportMail(telling(changes), { rows });

async function received(changes: Partial<Telling> = {}): Promise<Email> {
  const eml = await toEml(render(changes), { from: FROM, to: ["stock@example.com", "purchasing@example.com"] });
  return PostalMime.parse(eml, { attachmentEncoding: "arraybuffer" });
}

function header(mail: Email, key: string): string | undefined {
  return mail.headers.find((one) => one.key === key)?.value;
}

/** The words that a reader of the HTML sees. */
function visible(html: string): string {
  return html
    .replace(/<(style|head)[\s\S]*?<\/\1>/g, " ")
    .replace(/<!--[\s\S]*?-->/g, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&#x2F;/g, "/")
    .replace(/&#x3D;/g, "=")
    .replace(/&#x60;/g, "`")
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");
}

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
    const titles = ["What changed", "Missing", "To order", "Sub-assemblies to build", "Critical", "Alternatives"];
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

  it("says in the subject whether parts are short, and counts in the preheader", async () => {
    const short = await received();
    expect(short.subject).toBe("[Partwatch] Sensor board, next 25: parts short");
    const preheader = /<div[^>]*display:none[^>]*>([^<]*)</.exec(short.html ?? "")?.[1];
    expect(preheader).toBe("4 short · 1 out of stock · 1 low · 2 to build · 1 critical · coverage 46%");
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

describe("the headers of a report mail", () => {
  it("name it by repository, monitor, number and hash", async () => {
    const mail = await received();
    expect(mail.messageId).toBe("<sensor-board.7.5f2c9e0b7a41d386@sensor-kit.acme.partwatch>");
    expect(render({ seq: 8 }).messageId).not.toBe(mail.messageId);
    expect(render({ hash: HASH.replaceAll("5", "6") }).messageId).not.toBe(mail.messageId);
    expect(render({ monitor: monitor({ id: "other" }) }).messageId).not.toBe(mail.messageId);
  });

  it("give an id that mail programs can read, whatever folder and monitor are called, and never the same for two", () => {
    const names = [
      "a.b",
      "a..b",
      ".a",
      "a.",
      "a b",
      "Ä/ö",
      "a=20b",
      "x".repeat(300),
      `${"x".repeat(300)}y`,
      "a@b>",
      "ab",
    ];
    const ids = names.map((repository) => render({ links: { inventree: "https://i.example", repository } }).messageId);
    const dotAtom = /^<[A-Za-z0-9=_-]+(\.[A-Za-z0-9=_-]+)*@[A-Za-z0-9=_-]+(\.[A-Za-z0-9=_-]+)*>$/;
    for (const id of ids) {
      expect(id).toMatch(dotAtom);
      expect(id.length).toBeLessThan(400);
    }
    expect(new Set(ids).size).toBe(names.length);
  });

  it("thread an episode by one root id, and leave calm reports outside of it alone", async () => {
    const first = await received({ seq: 1 });
    const rooted = { number: 3, open: true, since: "2026-11-12T06:10:00Z", root: first.messageId ?? "" };
    const later = await received({ seq: 2, episode: rooted });
    const last = await received({ seq: 3, report: calmReport(), episode: { ...rooted, open: false } });
    const root = "<sensor-board.episode-3@sensor-kit.acme.partwatch>";
    for (const mail of [first, later, last]) expect(header(mail, "references")?.split(/\s+/)).toContain(root);
    expect(header(later, "references")).toContain(first.messageId);
    expect(header(later, "in-reply-to")).toBe(first.messageId);
    expect(header(await received({ episode: null }), "references")).toBe(undefined);
    expect(header(await received({ episode: { ...rooted, number: 4 } }), "references")).not.toContain(root);
  });

  it("say that a machine wrote it, which list it is, where to leave it, and when the check was", async () => {
    const mail = await received();
    expect(header(mail, "auto-submitted")).toBe("auto-generated");
    expect(header(mail, "list-id")).toBe("<sensor-board.sensor-kit.acme.partwatch>");
    expect(header(mail, "list-unsubscribe")).toBe(
      "<https://github.com/acme/sensor-kit/blob/main/monitors/sensor-board.yaml>",
    );
    expect(new Date(mail.date ?? "").toISOString()).toBe("2026-11-20T06:10:00.000Z");
    expect(mail.to?.map((to) => to.address)).toEqual(["stock@example.com", "purchasing@example.com"]);
  });

  it("are the same bytes for the same telling", async () => {
    const eml = () => toEml(render(), { from: FROM, to: ["a@example.com"] });
    expect(await eml()).toBe(await eml());
  });
});

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

  it("is a link only where it is a web address: InvenTree's pages, the repository, a part's own link", () => {
    const { html } = render();
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(
      ([, href = ""]) => new URL(href.replaceAll("&#x2F;", "/").replaceAll("&#x3D;", "=").replaceAll("&amp;", "&")),
    );
    expect(links.length).toBeGreaterThan(10);
    expect([...new Set(links.map((link) => link.host))].sort()).toEqual([
      "github.com",
      "inventree.example.com",
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
