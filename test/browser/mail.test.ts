import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderAdminMail } from "../../src/notify/email/admin-mail.ts";
import { renderReportMail } from "../../src/notify/email/report-mail.ts";
import { calmReport, longReport, watchedReport } from "../notify/fixture-report.ts";
import { monitor, notification } from "../notify/fixtures.ts";
import { renderShared, THREE } from "../notify/shared-fixture.ts";
import { needs } from "../support/needs.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);

const mails = {
  report: renderReportMail(notification(), { rows: 50 }).html,
  german: renderReportMail(notification({ monitor: monitor({ language: "de" }) }), { rows: 50 }).html,
  long: renderReportMail(notification({ report: longReport(60) }), { rows: 20 }).html,
  watched: renderReportMail(notification({ report: watchedReport() }), { rows: 50 }).html,
  lists: renderShared(THREE).html,
  admin: renderAdminMail(
    {
      kind: "opened",
      key: "default/unreachable",
      since: notification().at,
      at: notification().at,
      cause: `[GET] /api/part/?limit=500&offset=${"0".repeat(90)}: 503`,
      monitors: ["Sensor board, next 25"],
      links: notification().links,
    },
    { language: "en", timezone: "UTC" },
  ).html,
};

describe("a mail in a browser", needs("Chromium", CHROMIUM !== undefined), () => {
  let browser: Browser;
  let axe: string;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM ?? "", args: ["--no-sandbox"] });
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  });
  afterAll(() => browser.close());

  const cases = [
    ["report", "light", 800],
    ["report", "dark", 800],
    ["report", "light", 360],
    ["report", "dark", 360],
    ["german", "light", 360],
    ["long", "light", 360],
    ["watched", "light", 700],
    ["watched", "dark", 360],
    ["lists", "light", 700],
    ["lists", "dark", 360],
    ["admin", "light", 360],
    ["admin", "dark", 800],
  ] as const;

  it.each(cases)("fits, and can be read by everybody: %s, %s, %i px", async (name, scheme, width) => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.setContent(mails[name]);
    expect(asked.filter((url) => /^https?:/.test(url))).toEqual([]);
    const wide = await page.evaluate("document.documentElement.scrollWidth");
    expect(wide).toBe(width);
    await page.evaluate(axe);
    const found: unknown = await page.evaluate(
      "axe.run(document).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' | ').slice(0, 400)))",
    );
    expect(found).toEqual([]);
    await page.close();
  });

  it("has a dark page under light words where the reader likes it dark", async () => {
    const page = await browser.newPage({ colorScheme: "dark" });
    await page.setContent(mails.report);
    const heading: unknown = await page.evaluate("getComputedStyle(document.querySelector('h1')).color");
    const card: unknown = await page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor");
    expect([heading, card]).toEqual(["rgb(230, 233, 237)", "rgb(27, 33, 40)"]);
    await page.close();
  });

  it("leaves no tile alone in a row, and all rows are as wide", async () => {
    const at = notification().at;
    const ready = { entry: 0, words: "Board", state: "unknown" as const, date: null, in_time: false };
    const { watched: _watched, ...unwatched } = calmReport();
    const dated = { ...unwatched, ready: [{ ...ready, needed_by: "2027-01-10", waits_for: [] }] };
    const { html } = renderReportMail(notification({ report: dated, at }), { rows: 50 });
    const page = await browser.newPage({ viewport: { width: 360, height: 900 } });
    await page.setContent(html);
    const rows: unknown = await page.evaluate(
      "[...document.querySelectorAll('.facts tr')].map((row) => [row.cells.length, row.cells[row.cells.length - 1].getBoundingClientRect().right])",
    );
    const right = Array.isArray(rows) && Array.isArray(rows[0]) ? rows[0][1] : undefined;
    expect(rows).toEqual([
      [3, right],
      [2, right],
    ]);
    await page.close();
  });

  it("has room for the names of watched parts beside what is on order and from whom more is ordered", async () => {
    const page = await browser.newPage({ viewport: { width: 700, height: 900 } });
    await page.setContent(mails.watched);
    const shown: unknown = await page.evaluate("document.querySelector('.stack tbody tr').innerText");
    for (const words of ["minimum 20", "5 on order: PO-0099, Binder GmbH", "4 × 5", "Binder GmbH · 09-3442-500-05"])
      expect(shown).toContain(words);
    const width: unknown = await page.evaluate("document.querySelector('.stack td.f').getBoundingClientRect().width");
    expect(width).toBeGreaterThan(140);
    await page.close();
  });

  it.each([
    [360, ["Missing 58", "Order quantity 10 × 5"]],
    [700, ["58", "10 × 5"]],
  ])("stacks what is to order on a phone, each figure with its title: %i", async (width, figures) => {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await page.setContent(mails.report);
    const shown: unknown = await page.evaluate(
      "[...document.querySelector('.stack tbody tr').cells].slice(1, 3).map((cell) => cell.innerText.trim())",
    );
    expect(shown).toEqual(figures);
    await page.close();
  });

  it("shows at most four columns of a table on a phone, part and missing among them, and all parts in the CSV alone", async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 900 } });
    await page.setContent(mails.report);
    const shown: unknown = await page.evaluate(
      "[...document.querySelectorAll('.grid thead tr')].map((row) => [...row.cells].filter((cell) => cell.offsetWidth > 0).map((cell) => cell.textContent))",
    );
    expect(shown).toContainEqual(["Part", "Required", "Missing", "Next delivery"]);
    expect(await page.getByRole("heading", { name: "All parts" }).isVisible()).toBe(false);
    expect(Array.isArray(shown) && shown.every((titles) => Array.isArray(titles) && titles.length <= 4)).toBe(true);
    await page.close();
  });
});
