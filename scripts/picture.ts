// Makes README's picture: the mail of the demo's third morning, as headless Chromium shows it. Needs Chromium on this machine.
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
await browser.close();
rmSync(folder, { recursive: true, force: true });
console.log("wrote docs/images/mail.png");
