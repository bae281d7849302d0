import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MORNING, openBusyWorkshop } from "../support/busy-workshop.ts";
import { needs } from "../support/needs.ts";
import type { Workspace } from "../support/workspace.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);

const PAGES = [
  "index.html",
  "lists.html",
  "lists/sensor-board.html",
  "lists/spring.html",
  "lists/service-spares.html",
  "lists/gateway-pilot.html",
  "lists/cables.html",
  "parts.html",
  "parts/default-24.html",
  "alerts.html",
  "runs.html",
];

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};

/** Somebody's web server, which has the dashboard below a path. */
async function served(folder: string): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    readFile(join(folder, pathname.replace(/^\/team\/stock\//, ""))).then(
      (body) => response.writeHead(200, { "content-type": TYPES[extname(pathname)] ?? "text/plain" }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}/team/stock/`, server };
}

describe("the dashboard in a browser", needs("Chromium", CHROMIUM !== undefined), () => {
  let browser: Browser;
  let axe: string;
  let workspace: Workspace;
  let folder: string;

  beforeAll(async () => {
    [browser, axe, workspace] = await Promise.all([
      chromium.launch({ executablePath: CHROMIUM ?? "", args: ["--no-sandbox"] }),
      readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"),
      openBusyWorkshop(),
    ]);
    const run = await workspace.partwatch(["dashboard", "out", "--now", MORNING]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    folder = join(workspace.root, "out");
  });
  afterAll(async () => {
    await Promise.all([browser.close(), workspace[Symbol.asyncDispose]()]);
  });

  /** Opens a page and collects what must not be: errors, violations of the policy, requests to anybody else. */
  async function opened(path: string, options: { readonly width: number; readonly scheme: "light" | "dark" }) {
    const context = await browser.newContext({
      viewport: { width: options.width, height: 900 },
      colorScheme: options.scheme,
      // axe is put into the page by the test; the policy is that of the page all the same (looked at below).
      bypassCSP: true,
    });
    const page = await context.newPage();
    const wrong = watched(page);
    await page.goto(pathToFileURL(join(folder, path)).href);
    return { page, wrong, close: () => context.close() };
  }

  function watched(page: Page): readonly string[] {
    const wrong: string[] = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(message.text()));
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:") && !request.url().startsWith("http://127.0.0.1:"))
        wrong.push(request.url());
    });
    return wrong;
  }

  // Each page wide and on a phone, light and dark; those with every colour in all four ways.
  const VIEWS = [
    [1280, "light"],
    [390, "dark"],
    [1280, "dark"],
    [390, "light"],
  ] as const;
  const COLOURFUL: readonly string[] = ["index.html", "lists/spring.html"];

  it.each(PAGES)("fits, and can be read by everybody: %s", async (path) => {
    const { page, wrong, close } = await opened(path, { width: 1280, scheme: "light" });
    await page.evaluate(axe);
    for (const [width, scheme] of COLOURFUL.includes(path) ? VIEWS : VIEWS.slice(0, 2)) {
      const view = `${width} px, ${scheme}`;
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      expect(await page.evaluate("document.documentElement.scrollWidth"), view).toBe(width);
      const found = await page.evaluate(
        "axe.run(document, { preload: false }).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' | ').slice(0, 400)))",
      );
      expect(found, view).toEqual([]);
    }
    expect(wrong).toEqual([]);
    await close();
  });

  it("obeys its own policy from a folder and from a sub-path, and asks nobody else", async () => {
    const { url, server } = await served(folder);
    for (const base of [pathToFileURL(`${folder}/`).href, url]) {
      const page = await browser.newPage();
      const wrong = watched(page);
      await page.goto(`${base}index.html`);
      await page.getByRole("link", { name: "Sensor board, next 25" }).click();
      expect(await page.title()).toBe("Sensor board, next 25 · Partwatch");
      await page.getByRole("link", { name: "Capacitor 100 nF 0402" }).first().click();
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Capacitor 100 nF 0402");
      expect(await page.evaluate("getComputedStyle(document.querySelector('.card')).borderTopLeftRadius")).toBe("12px");
      await page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.foreign = true\">')",
      );
      expect(await page.evaluate("window.foreign")).toBeUndefined();
      expect(
        wrong.filter(
          (words) =>
            !words.includes("img") &&
            !words.includes("inline event handler") &&
            !words.includes("ERR_FILE_NOT_FOUND") &&
            !words.includes("404"),
        ),
      ).toEqual([]);
      await page.close();
    }
    server.close();
  });

  it("finds lists and parts by keyboard alone", async () => {
    const { page, close } = await opened("lists/cables.html", { width: 1280, scheme: "light" });
    await page.keyboard.press("/");
    await page.keyboard.type("fruhjahr");
    await page.getByRole("option").first().waitFor();
    expect(await page.getByRole("option").first().textContent()).toBe("Fernwarte-Stationen, Frühjahrspring");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.keyboard.type("cap-0001");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    expect(await page.getByRole("combobox").getAttribute("aria-activedescendant")).toBe("found-0");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Capacitor 100 nF 0402" }).waitFor();
    await close();
  });

  it("says everything without its script, too, and the details of a bar on hover and focus", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, "index.html")).href);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toMatch(
      /^14 parts are missing and 3 are running low, in 3 of 6 lists\.$/,
    );
    expect(await page.getByRole("search").isVisible()).toBe(false);
    const row = page.locator(".shares .hover").first();
    expect(await row.locator(".tip").isVisible()).toBe(false);
    await row.hover();
    expect(await row.locator(".tip").isVisible()).toBe(true);
    await page.mouse.move(0, 0);
    await row.getByRole("link").focus();
    expect(await row.locator(".tip").isVisible()).toBe(true);
    await context.close();
  });

  it("says that it is old once a check should have run since", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const words = page.getByText("This page is old");
    await page.clock.setFixedTime(new Date("2026-11-27T10:00:00+01:00"));
    await page.goto(pathToFileURL(join(folder, "index.html")).href);
    expect(await words.isVisible()).toBe(false);
    await page.clock.setFixedTime(new Date("2026-11-29T10:00:00+01:00"));
    await page.reload();
    expect(await words.isVisible()).toBe(true);
    await context.close();
  });
});
