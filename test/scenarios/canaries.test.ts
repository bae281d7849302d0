// Every secret that a clone may have, as a canary; every place where somebody reads something; at every level of the log.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startInventree } from "../../demo/inventree/server.ts";
import { systemClock } from "../../src/system/clock.ts";
import { createLog } from "../../src/system/log.ts";
import { createApp } from "../../src/web/app.ts";
import { openLive } from "../../src/wire/live.ts";
import { type Receiver, startReceiver } from "../notify/webhook/receiver.ts";
import { CANARIES, canariesIn, HOOK_PATH, type Surface } from "../support/canaries.ts";
import { boardList, CHIP, onDay, putStock } from "../support/small-product.ts";
import { suppliedProduct } from "../support/small-suppliers.ts";
import { openWorkspace, type Workspace } from "../support/workspace.ts";

const LEVELS = ["error", "warning", "info", "debug"] as const;
const FORMATS = ["text", "json"] as const;
const CHANNELS = "{ webhook: { url_env: STOCK_URL, secret_env: STOCK_KEY } }";

interface Place extends Workspace {
  readonly secrets: Readonly<Record<string, string>>;
  /** Each server repeats everything that it was sent. */
  readonly spiteful: () => void;
  readonly well: () => void;
}

async function open(hook: Receiver): Promise<Place> {
  const { INVENTREE_API_TOKEN: token, BERLIN_TOKEN: berlinToken, EMAIL_PASSWORD: password, STOCK_KEY: key } = CANARIES;
  const tables = suppliedProduct();
  const berlin = await startInventree({ tables, token: berlinToken });
  const workspace = await openWorkspace({
    files: {
      "monitors/board.yaml": boardList({ channels: CHANNELS }),
      "monitors/berlin.yaml": boardList({ name: "Berlin", instance: "berlin" }),
      "partwatch.yaml": "instances: [{ label: berlin, url_env: BERLIN_URL, token_env: BERLIN_TOKEN }]\n",
    },
    inventree: { tables, token, tokens: { [CANARIES.INVENTREE_ORDER_TOKEN]: { purchase_order: ["view", "add"] } } },
    mail: { user: { name: "mailer", password } },
  });
  const login = Buffer.from(`\0mailer\0${password}`).toString("base64");
  const body = `${key} ${hook.url}${HOOK_PATH} ${HOOK_PATH} ${HOOK_PATH.slice(1)}`;
  const refusing = (sent: string) => ({
    path: "/api/bom/",
    fault: { kind: "answer" as const, status: 400, body: { detail: `Not ${sent}` } },
  });
  return {
    ...workspace,
    secrets: {
      ...CANARIES,
      EMAIL_USERNAME: "mailer",
      EMAIL_DKIM_SELECTOR: "mail",
      BERLIN_URL: berlin.url,
      STOCK_URL: hook.url + HOOK_PATH,
    },
    spiteful: () => {
      workspace.inventree.faults.add({ ...refusing(token), times: 1 });
      berlin.faults.add(refusing(berlinToken));
      workspace.sink.behave({ message: () => ({ code: 554, text: `5.7.1 ${password} ${login} ${btoa(password)}` }) });
      hook.behave({ status: 403, body }, { status: 403, body });
    },
    well: () => {
      for (const { faults } of [workspace.inventree, berlin]) faults.clear();
      workspace.sink.behave({});
    },
    [Symbol.asyncDispose]: async () => {
      await berlin.close();
      await workspace[Symbol.asyncDispose]();
    },
  };
}

async function filesIn(folder: string): Promise<readonly Surface[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path): Promise<Surface> => [path, await readFile(path, "utf8")]));
}

describe("secrets as canaries", () => {
  it("are on no surface of a clone, at any level of the log, whether all is well or servers repeat them", async () => {
    const hook = await startReceiver();
    try {
      await using workspace = await open(hook);
      const surfaces: Surface[] = [];
      const run = async (...args: readonly string[]) => {
        const { stdout, stderr } = await workspace.partwatch(args, { env: workspace.secrets });
        surfaces.push([`${args.join(" ")}: out`, stdout], [`${args.join(" ")}: log`, stderr]);
        return stdout;
      };
      let day = 0;
      for (const [index, level] of LEVELS.entries()) {
        const formats = index % 2 === 0 ? FORMATS : FORMATS.toReversed();
        for (const format of formats) {
          day += 1;
          putStock(workspace.inventree, CHIP, day);
          const logged = ["--log-level", level, "--log-format", format];
          const as = format === "json" ? ["--json"] : [];
          if (format === formats[0]) await run(...logged, "run", ...as, ...onDay(day));
          else {
            workspace.spiteful();
            await run(...logged, "run", "--force", ...as, ...onDay(day));
            workspace.well();
          }
        }
      }
      workspace.spiteful();
      await run("--log-level", "debug", "run", "--force", ...onDay(day, 5));
      workspace.well();
      const debug = (...args: readonly string[]) => run("--log-level", "debug", ...args);
      for (const args of [
        ["status"],
        ["validate"],
        ["doctor"],
        ["calc", "Board:10"],
        ["order"],
        ["stock"],
        ["alerts"],
        ["monitor", "list"],
        ["monitor", "show", "board"],
      ]) {
        await debug(...args);
        await debug(...args, "--json");
      }
      await debug("preview", "board", "--out", "preview");
      await debug("dashboard", "public", ...onDay(20));
      await debug("generate");
      await debug("ack", "board", `#${CHIP}`);
      surfaces.push(...(await filesIn(workspace.root)).filter(([path]) => !path.includes("/.git/")));
      surfaces.push(["state branch", await workspace.git("log", "--patch", "--format=%B", "partwatch-state")]);
      surfaces.push(["git's settings", await workspace.git("config", "--list")]);
      for (const { raw, parsed } of workspace.sink.mails())
        surfaces.push(["mail", raw], ["mail's text", `${parsed.subject}\n${parsed.text}\n${parsed.html}`]);
      for (const { headers, body } of hook.received) surfaces.push(["webhook", `${JSON.stringify(headers)}\n${body}`]);
      expect(canariesIn(surfaces)).toEqual([]);
      // They were there to be shown.
      expect(workspace.sink.mails().filter(({ user }) => user === "mailer").length).toBeGreaterThan(3);
      expect(workspace.sink.mails().every(({ raw }) => raw.includes("DKIM-Signature:"))).toBe(true);
      expect(hook.received.length).toBeGreaterThan(3);
      expect(hook.received.every(({ path }) => path === HOOK_PATH)).toBe(true);
      const said = surfaces.map(([, text]) => text).join("\n");
      for (const words of ["***", "554", "(403)", "400: ", "berlin check: ends"]) expect(said).toContain(words);
      expect(surfaces.some(([path]) => path.endsWith("public/index.html"))).toBe(true);
    } finally {
      await hook.close();
    }
  });

  it("are on no page of the local UI, its settings and runs included, nor in its log", async () => {
    const hook = await startReceiver();
    try {
      await using workspace = await open(hook);
      const env = { ...workspace.env, ...workspace.secrets };
      await workspace.partwatch(["run", ...onDay(23)], { env: workspace.secrets });
      workspace.spiteful();
      await workspace.partwatch(["run", "--force", ...onDay(24)], { env: workspace.secrets });
      workspace.well();
      const lines: string[] = [];
      const log = createLog({
        format: "text",
        level: "debug",
        write: (text) => void lines.push(text),
        now: systemClock.now,
        secrets: new Set(),
      });
      const wiring = { root: workspace.root, env, log, clock: systemClock };
      const guard = { port: 1, entry: undefined, session: "s", formToken: "f" };
      const now = () => new Date("2026-11-25T08:00:00Z");
      const app = createApp({ guard, now, wiring, live: openLive(wiring) }, () => {});
      const surfaces: Surface[] = [];
      const ask = async (path: string, fields?: Readonly<Record<string, string>>) => {
        const request = new Request(`http://127.0.0.1:1${path}`, {
          headers: { "content-type": "application/x-www-form-urlencoded" },
          ...(fields === undefined ? {} : { method: "POST", body: new URLSearchParams({ form: "f", ...fields }) }),
        });
        const response = await app.answer(request, { kind: "allowed" });
        const headers = JSON.stringify([...response.headers]);
        surfaces.push([`${path} ${response.status}`, `${headers}\n${await response.text()}`]);
        return response;
      };
      const list = "/lists/board";
      for (const path of [
        ...[
          "/",
          "/lists",
          list,
          "/parts",
          `/parts/default/${CHIP}`,
          "/alerts",
          "/runs",
          "/settings",
          "/order",
          "/commit",
          "/new",
        ],
        ...[`${list}/edit`, `${list}/delete`, `${list}/mail`, `${list}/mail/mail.html`, `${list}/mail/mail.txt`],
        ...[
          `${list}/parts.csv`,
          "/parts/find?q=chip",
          "/find?q=chip",
          "/data.json",
          "/feed.xml",
          "/calendar.ics",
          "/nowhere",
        ],
      ])
        await ask(path);
      workspace.spiteful();
      await ask("/settings", {});
      await ask("/settings");
      await ask(`${list}/check?for=real`);
      workspace.spiteful();
      const started = await ask("/runs", { list: "board", mode: "dry" });
      const run = started.headers.get("location") ?? "";
      // The events come to an end when the run has.
      for (const path of [`${run}/events`, run, "/runs"]) await ask(path);
      await app.close();
      surfaces.push(["log", lines.join("")]);
      expect(canariesIn(surfaces)).toEqual([]);
      const shown = (path: string) => surfaces.find(([name]) => name === `${path} 200`)?.[1] ?? "";
      for (const path of ["/", list, "/runs", "/settings", "/order", `${list}/edit`])
        expect(shown(path), path).toMatch(/<main/);
      expect(shown(run)).toContain("400: the server refuses the request (the server says: Not ***)");
    } finally {
      await hook.close();
    }
  });

  it("are seen wherever they stand, however they are written", () => {
    const login = Buffer.from(`\0mailer\0${CANARIES.EMAIL_PASSWORD}`).toString("base64");
    const line = CANARIES.EMAIL_DKIM_PRIVATE_KEY.split("\n")[7] ?? "";
    for (const text of [login, line, encodeURIComponent(CANARIES.EMAIL_PASSWORD), `x${HOOK_PATH}`])
      expect(canariesIn([["page", `a ${text} b`]]).length, text).toBeGreaterThan(0);
    expect(canariesIn([["page", "a bird"]])).toEqual([]);
  });
});
