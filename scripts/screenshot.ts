// Makes README's pictures: the mail of the demo's third morning, and the dashboard of its last, as headless Chromium shows them.
// Needs Chromium on this machine.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "partwatch-picture-"));
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

execFileSync(process.execPath, [join(root, "dist/cli.mjs"), "demo", "--out", folder], { stdio: "ignore" });
const now = "2026-11-27T07:30:00+01:00";
const pages = join(folder, "pages");
execFileSync(
  process.execPath,
  [join(root, "dist/cli.mjs"), "-C", join(folder, "repository"), "dashboard", pages, "--now", now],
  { stdio: "ignore" },
);
const mails = readdirSync(join(folder, "mails")).filter((file) => file.endsWith(".html"));
const mail = mails.find((file) => file.startsWith("002-"));
if (mail === undefined) throw new Error(`The demo has sent no second mail: ${mails.join(", ")}`);

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
});
const page = await browser.newPage({ viewport: { width: 760, height: 1080 }, deviceScaleFactor: 1.5 });
await page.goto(pathToFileURL(join(folder, "mails", mail)).href);
mkdirSync(join(root, "docs/images"), { recursive: true });
await page.screenshot({ path: join(root, "docs/images/mail.png") });
await page.setViewportSize({ width: 1216, height: 900 });
// A picture is not as old as the day on which somebody makes it.
await page.clock.setFixedTime(new Date(now));
await page.goto(pathToFileURL(join(pages, "index.html")).href);
await page.screenshot({ path: join(root, "docs/images/dashboard.png") });
await browser.close();
rmSync(folder, { recursive: true, force: true });
console.log("wrote docs/images/mail.png and docs/images/dashboard.png");
