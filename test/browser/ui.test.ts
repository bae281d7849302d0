import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needs } from "../support/needs.ts";
import { openWorkspace, type Running, type Workspace } from "../support/workspace.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);
const NOW = "2026-11-20T07:00:00+01:00";

describe("the local UI in a browser", needs("Chromium", CHROMIUM !== undefined), () => {
  let workspace: Workspace;
  let ui: Running;
  let browser: Browser;
  let person: BrowserContext;
  let page: Page;
  let at: string;
  let axe: string;
  const wrong: string[] = [];

  beforeAll(async () => {
    workspace = await openWorkspace({ files: { "partwatch.yaml": "timezone: Europe/Berlin\n" } });
    ui = workspace.begin(["ui", "--port", "0", "--now", NOW]);
    const [[address, origin = ""]] = await Promise.all([
      ui.said(/(http:\/\/127\.0\.0\.1:\d+)\/\?enter=\S+/),
      (async () => {
        browser = await chromium.launch({ executablePath: CHROMIUM ?? "", args: ["--no-sandbox"] });
        axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
      })(),
    ]);
    at = origin;
    person = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 900 } });
    page = await person.newPage();
    page.on("console", (message) => {
      const { url } = message.location();
      if (["error", "warning"].includes(message.type())) wrong.push(`${url}: ${message.text()}`);
    });
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on(
      "request",
      (request) =>
        !/^(?:file:|data:)/.test(request.url()) && !request.url().startsWith(at) && wrong.push(request.url()),
    );
    // As --open does: a file hands the address over.
    const file = join(workspace.root, "../open.html");
    await writeFile(file, `<!doctype html><meta http-equiv="refresh" content="0; url=${address}">`);
    await page.goto(pathToFileURL(file).href);
    await page.getByRole("heading", { level: 1, name: "No lists yet." }).waitFor();
    expect(page.url()).toBe(`${at}/`);
  });
  afterAll(async () => {
    await browser.close();
    ui.signal("SIGINT");
    await ui.finished;
    await workspace[Symbol.asyncDispose]();
  });

  const title = (name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();
  const button = (name: string | RegExp) =>
    page.getByRole("button", { name, exact: true }).and(page.locator(":visible:not(.heard)"));
  const list = () => readFile(join(workspace.root, "monitors/boards.yaml"), "utf8");

  it("makes a list with parts that InvenTree finds, and shows its mail after a check", async () => {
    await page.getByRole("link", { name: "New list" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Boards");
    await page.locator("#parts-0-part").pressSequentially("boa");
    await page.getByRole("option", { name: /^Board PCA-1/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    expect(await page.locator("#parts-0-part").getAttribute("aria-activedescendant")).toBe(
      "parts-0-part-options-option-0",
    );
    await page.keyboard.press("Enter");
    expect(await page.locator("#parts-0-part").inputValue()).toBe("ipn=PCA-1");
    await page.locator("#parts-0-quantity").fill("0");
    await page.getByLabel("Who is notified").fill("stock@example.com");
    // What is wrong stands beside the form while it is typed.
    await page.locator("#beside").getByText("1 problem").waitFor();
    expect(await page.locator("#parts-0-quantity").getAttribute("aria-invalid")).toBe("true");
    await page.locator("#parts-0-quantity").fill("10");
    await page.locator("#beside").getByText("Notifies stock@example.com.").waitFor();
    await button("Look at the change").click();
    await title("New file monitors/boards.yaml");
    await page.getByText("1 part short").waitFor();
    await button("Write it").click();
    await title("Boards");
    expect(await list()).toContain("  - { ipn: PCA-1, quantity: 10 }\n");
    await page.getByRole("link", { name: "Check now" }).click();
    await page.getByRole("link", { name: "Check and notify …" }).click();
    await page.getByText("since their last notification: stock@example.com.").waitFor();
    await button("Yes, check and notify").click();
    await title("Checked Boards");
    await page.getByText("Notified stock@example.com.").waitFor();
    expect(workspace.sink.mails()).toHaveLength(1);
    await page.goto(`${at}/lists/boards/mail`);
    await page.frameLocator("iframe").getByText("Short since").first().waitFor();
  });

  it("mends a file that somebody broke, and puts a change on top of another's", async () => {
    const good = await list();
    await workspace.write(
      "monitors/boards.yaml",
      good.replace(/cron_schedule: .*/, 'cron_schedule: "61 7 * * *" # soon'),
    );
    await page.goto(at);
    await page.getByText("One list is not checked.").waitFor();
    await page
      .getByRole("link", { name: "boards", exact: true })
      .or(page.getByRole("link", { name: "Boards", exact: true }))
      .first()
      .click();
    await page.getByRole("link", { name: "Edit" }).click();
    await page
      .locator("#problems")
      .getByText(/minute/)
      .waitFor();
    await button("Weekdays").click();
    await page.locator("#beside").getByText("At 07:10, Monday through Friday").waitFor();
    await button("Look at the change").click();
    await title("Change of monitors/boards.yaml");
    await button("Write it").click();
    await title("Boards");
    expect(await list()).toContain('cron_schedule: "10 7 * * 1-5" # soon\n');
    await page.getByRole("link", { name: "Edit" }).click();
    await page.locator("#parts-0-quantity").fill("12");
    await workspace.write("monitors/boards.yaml", `# Kim was here.\n${await list()}`);
    await button("Look at the change").click();
    await page.getByText("The file has changed meanwhile.").waitFor();
    await page.getByText("+# Kim was here.").waitFor();
    await button("Put mine on top").click();
    await title("Boards");
    expect(await list()).toMatch(/^# Kim was here\.\n[\s\S]*quantity: 12 }/);
  });

  it("acknowledges by keyboard alone", async () => {
    await page.goto(`${at}/alerts`);
    await page.getByRole("button", { name: "Acknowledge: Chip" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 2, name: "Acknowledged" }).waitFor();
    expect(await page.getByRole("button", { name: "Take back: Chip" }).isVisible()).toBe(true);
    expect(wrong).toEqual([]);
  });

  it("fits, is read by everybody, and works without its script: on a phone, dark, in German", async () => {
    const state = await person.storageState();
    const pages = [
      "/",
      "/lists",
      "/lists/boards",
      "/lists/boards/edit",
      "/lists/boards/switch",
      "/lists/boards/check",
      "/lists/boards/mail",
      "/new",
      "/new?kind=plan",
      "/parts/default/3",
      "/alerts",
      "/runs",
      "/runs/1",
      "/commit",
      "/order",
      "/mails",
      "/settings",
    ];
    for (const [width, colorScheme, locale] of [
      [1280, "light", "en-GB"],
      [390, "dark", "de-DE"],
    ] as const) {
      const context = await browser.newContext({
        storageState: state,
        locale,
        colorScheme,
        viewport: { width, height: 900 },
        bypassCSP: true,
      });
      const tab = await context.newPage();
      for (const path of pages) {
        await tab.goto(at + path);
        expect(await tab.evaluate("document.documentElement.scrollWidth"), path).toBe(width);
        await tab.evaluate(axe);
        const found = await tab.evaluate(
          "axe.run(document, { preload: false, iframes: false }).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' | ').slice(0, 400)))",
        );
        expect(found, path).toEqual([]);
      }
      await context.close();
    }
    const context = await browser.newContext({ storageState: state, locale: "de-DE", javaScriptEnabled: false });
    const tab = await context.newPage();
    await tab.goto(`${at}/lists/boards/edit`);
    await tab.locator("#parts-1-part").fill("resis");
    await tab.getByRole("button", { name: "Teil der Zeile 2 in InvenTree suchen" }).click();
    await tab.getByRole("button", { name: /^Resistor/ }).click();
    await tab.locator("#parts-1-quantity").fill("3");
    await tab.locator("p.actions").getByRole("button", { name: "Änderung ansehen" }).click();
    await tab.getByRole("button", { name: "Schreiben" }).click();
    await tab.getByRole("heading", { level: 1, name: "Boards" }).waitFor();
    expect(await list()).toContain("{ ipn: RES-1, quantity: 3 }");
    await context.close();
  });
});
