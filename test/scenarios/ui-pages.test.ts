// Every page of the local UI as markup, in both languages and in the states that it can be in.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAIL_KINDS } from "../../src/app/mail-samples/samples.ts";
import { systemClock } from "../../src/system/clock.ts";
import { silentLog } from "../../src/system/log.ts";
import { createApp } from "../../src/web/app.ts";
import { openLive } from "../../src/wire/live.ts";
import { BROKEN_LIST, MORNING, openBusyWorkshop } from "../support/busy-workshop.ts";
import { markupProblems } from "../support/markup.ts";
import { openWorkspace, type Workspace } from "../support/workspace.ts";

const NOW = new Date(MORNING);

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Asks the UI of that workspace, in this process. */
function asking(workspace: Workspace) {
  const wiring = { root: workspace.root, env: workspace.env, log: silentLog, clock: systemClock };
  const guard = { port: 1, entry: undefined, session: "s", formToken: "f" };
  const app = createApp({ guard, now: () => NOW, wiring, live: openLive(wiring) }, () => {});
  const send = async (path: string, init: RequestInit, language: string): Promise<Answer> => {
    const request = new Request(`http://127.0.0.1:1${path}`, { ...init, headers: { "accept-language": language } });
    const response = await app.answer(request, { kind: "allowed" });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  return {
    get: (path: string, language = "en") => send(path, {}, language),
    post: (path: string, fields: Readonly<Record<string, string>>, language = "en") =>
      send(path, { method: "POST", body: new URLSearchParams({ form: "f", ...fields }) }, language),
  };
}

describe("the pages of the local UI", () => {
  let workspace: Workspace;
  let ui: ReturnType<typeof asking>;

  beforeAll(async () => {
    workspace = await openBusyWorkshop();
    ui = asking(workspace);
  });
  afterAll(() => workspace[Symbol.asyncDispose]());

  const PAGES = [
    "/",
    "/lists/sensor-board",
    "/lists/sensor-board/edit",
    "/lists/sensor-board/check?for=real",
    "/parts/default/24",
    "/alerts",
    "/mails",
    "/settings",
  ];
  const MORE = [
    "/lists",
    "/lists/sensor-board/switch",
    "/lists/sensor-board/delete",
    "/lists/sensor-board/check",
    "/lists/sensor-board/mail",
    "/lists/spring",
    "/lists/gateway-pilot",
    "/lists/gateway-pilot/edit",
    "/lists/fair",
    "/new",
    "/new?from=spring",
    "/parts",
    "/runs",
    "/check",
    "/commit",
    "/find?q=board",
  ];

  it.each([
    ["en", [...PAGES, ...MORE]],
    ["de", PAGES],
  ] as const)("are valid HTML: %s", async (language, paths) => {
    for (const path of paths) {
      const { status, body } = await ui.get(path, language);
      expect([path, status, ...(await markupProblems(body))]).toEqual([path, 200]);
      expect(body).toContain(`<html lang="${language}">`);
      expect([...body.matchAll(/<h1\b/g)], path).toHaveLength(1);
    }
  });

  it("say what is not there, as pages that are valid as well", async () => {
    for (const path of ["/nowhere", "/lists/nobody", "/lists/nobody/edit", "/parts/default/999999", "/runs/9"]) {
      const { status, body } = await ui.get(path);
      expect([path, status, ...(await markupProblems(body))]).toEqual([path, 404]);
      expect(body).toContain("There is no such page.");
    }
    // An order that lacks the list that is broken would be too small.
    const { status, body } = await ui.get("/order");
    expect([status, ...(await markupProblems(body))]).toEqual([409]);
    expect(body).toContain("Fix first: monitors/gateway-pilot.yaml.");
  });

  it("show how a part's stock develops once somebody asks, and no less than all lists take", async () => {
    const at = "/parts/default/24";
    // The last run has left an outlook of what is urgent.
    expect((await ui.get(at)).body).toContain("Read from InvenTree Fri 27 Nov, 07:15.");
    const [calm = ""] =
      [...(await ui.get("/parts")).body.matchAll(/href="(\/parts\/default\/\d+)"/g)].at(-1)?.slice(1) ?? [];
    expect((await ui.get(calm)).body).toContain("Read from InvenTree</button>");
    // What a broken list takes cannot be counted.
    expect((await ui.post(at, {})).status).toBe(409);
    await workspace.remove(BROKEN_LIST[0]);
    expect(await ui.post(at, {})).toMatchObject({ status: 303 });
    const { body } = await ui.get(at);
    await workspace.write(...BROKEN_LIST);
    expect([...(await markupProblems(body))]).toEqual([]);
    expect(body).toMatch(/role="img" aria-label="Stock ahead of [^"]+ now, at its lowest [^"]+"/);
    expect(body).toContain("Read from InvenTree Fri 27 Nov, 09:00.");
    for (const words of ["What comes and goes", "Lowest point", "Read again", "Counted for these lists: "])
      expect(body).toContain(words);
    // An alert is dealt with where it is seen, and nobody is led elsewhere afterwards.
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? "";
    const alert = { list: field("list"), part: field("part"), kind: field("kind") };
    const seen = await ui.post("/alerts", { ...alert, back: field("back"), action: "acknowledge" });
    expect([seen.status, seen.headers.get("location")]).toEqual([303, at]);
    const undone = await ui.post("/alerts", { ...alert, back: "//evil.example", action: "undo" });
    expect([undone.status, undone.headers.get("location")]).toEqual([303, "/alerts"]);
  });

  it("begin a plan with lists instead of parts, and keep to that while something is wrong", async () => {
    const { body } = await ui.get("/new?kind=plan");
    expect(await markupProblems(body)).toEqual([]);
    expect(body).toContain("<h1>New plan</h1>");
    expect(body).not.toContain('name="r.parts');
    for (const words of ['data-list="all"', 'data-list="sensor-board"', "Lists here: cables (Cable sets, monthly); "])
      expect(body).toContain(words);
    const fields = { base: "null", "f.name": "Spring plan", "f.cron_schedule": "0 6 * * *", "f.active": "true" };
    const wrong = await ui.post("/new?kind=plan", { ...fields, "f.lists": "sensor-bord", step: "look" });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain("did you mean sensor-board?");
    expect(wrong.body).toContain('action="/new?kind=plan"');
    const lists = "sensor-board, spring";
    const good = await ui.post("/new?kind=plan", { ...fields, "f.lists": lists, step: "look" });
    expect(good.status).toBe(200);
    expect(good.body).toContain("A plan of 2 lists.");
    expect(good.body).toContain("New file monitors/spring-plan.yaml");
  });

  it("narrow the lists by links", async () => {
    const { body } = await ui.get("/lists?show=trouble");
    expect(await markupProblems(body)).toEqual([]);
    expect(body).toContain('<a href="/lists?show=trouble" aria-current="true">Trouble 1</a>');
    expect(body).toContain("Gateway pilot, 4 units");
    expect(body).not.toContain("Field service spares");
    expect((await ui.get("/lists?show=short&page=2")).status).toBe(404);
    expect((await ui.get("/lists?show=__proto__")).body).toContain("Field service spares");
  });

  it("find at once what was changed here, however lately somebody searched", async () => {
    expect((await ui.get("/find?q=brackets")).body).toContain("Nothing found.");
    const list = 'name: Brackets\ncron_schedule: "0 6 * * *"\nparts: [{ name: Radio Module, quantity: 1 }]\n';
    await workspace.write("monitors/brackets.yaml", list);
    // Whatever was sent may have changed something.
    await ui.post("/alerts", { action: "forget" });
    expect((await ui.get("/find?q=brackets")).body).toContain('<a href="/lists/brackets">Brackets</a>');
    expect((await ui.get("/find.js")).body).toContain("Brackets");
    await workspace.remove("monitors/brackets.yaml");
    await ui.post("/alerts", { action: "forget" });
  });

  it("show every kind of mail in both languages and schemes, in frames that may do nothing", async () => {
    const { body } = await ui.get("/mails");
    const frames = [...body.matchAll(/<iframe src="([^"]+)" sandbox="allow-popups"/g)].map(([, at = ""]) => at);
    expect(frames).toHaveLength(MAIL_KINDS.length * 4);
    for (const at of frames) {
      const mail = await ui.get(at);
      expect(mail.status, at).toBe(200);
      expect(mail.headers.get("content-security-policy"), at).toMatch(/^default-src 'none'; .* sandbox allow-popups$/);
      expect(mail.body, at).toContain(at.includes("-de-") ? 'lang="de"' : 'lang="en"');
      expect(mail.body, at).not.toContain("prefers-color-scheme");
      expect(mail.body, at).toContain(at.includes("-dark") ? "@media (min-width:0)" : "@media (max-width:0)");
    }
    expect((await ui.get("/mails/first-fr-dark.html")).status).toBe(404);
  });
});

describe("a repository without lists", () => {
  it("has pages that say what to do first", async () => {
    await using workspace = await openWorkspace({ files: { "partwatch.yaml": "timezone: Europe/Berlin\n" } });
    const ui = asking(workspace);
    for (const path of ["/", "/lists", "/parts", "/alerts", "/runs", "/settings", "/check", "/commit"]) {
      const { body } = await ui.get(path);
      expect([path, ...(await markupProblems(body))]).toEqual([path]);
    }
    expect((await ui.get("/")).body).toContain("No lists yet.");
    // A file that cannot be used is the first thing to be seen.
    await workspace.write(...BROKEN_LIST);
    expect((await ui.get("/")).body).toContain("One list is not checked.");
  });
});
