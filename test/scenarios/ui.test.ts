import { readFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkspace, PASSWORD, type Running, TOKEN, type Workspace } from "../support/workspace.ts";

const LIST = `# Ask Kim before you change this.
name: Boards
cron_schedule: "0 6 * * *"   # before the first shift
recipients: [stock@example.com]
parts:
  - { name: Board, quantity: 10 }   # the next batch
`;
const NOW = "2026-11-20T07:00:00+01:00";

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

describe("the local UI", () => {
  let workspace: Workspace;
  let ui: Running;
  let port: number;
  let entry: string;
  let cookie: string;
  let token: string;

  beforeAll(async () => {
    workspace = await openWorkspace({ files: { "monitors/boards.yaml": LIST } });
    await workspace.partwatch(["run", "--all", "--now", NOW]);
    ui = workspace.begin(["ui", "--port", "0", "--now", NOW]);
    const [, at = "", path = ""] = await ui.said(/http:\/\/127\.0\.0\.1:(\d+)(\/\?enter=\S+)/);
    port = Number(at);
    entry = path;
    const entered = await ask("GET", entry, {});
    expect(entered).toMatchObject({ status: 303, headers: { location: "/" } });
    const [set = ""] = entered.headers["set-cookie"] ?? [];
    expect(set).toMatch(new RegExp(`^partwatch-${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`));
    [cookie = ""] = set.split(";");
    token = /name="form" value="([^"]+)"/.exec((await get("/alerts")).body)?.[1] ?? "";
    expect(token).toMatch(/^[\w-]{43}$/);
  });
  afterAll(async () => {
    ui.signal("SIGINT");
    expect(await ui.finished).toMatchObject({ code: 0, stderr: "" });
    await workspace[Symbol.asyncDispose]();
  });

  async function ask(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<Answer> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asking = request({ host: "127.0.0.1", port, method, path, headers }, resolve);
      asking.on("error", reject);
      asking.end(body);
    });
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
  }

  function get(path: string, headers: Readonly<Record<string, string>> = {}) {
    return ask("GET", path, { cookie, ...headers });
  }

  function post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ) {
    const body = new URLSearchParams({ form: token, ...fields }).toString();
    const usual = { cookie, origin: `http://127.0.0.1:${port}`, "content-type": "application/x-www-form-urlencoded" };
    return ask("POST", path, { ...usual, "sec-fetch-site": "same-origin", ...headers }, body);
  }

  it("answers nobody but the person who started it", async () => {
    const before = await workspace.commits();
    const [alert] = /name="part" value="([^"]+)"/.exec((await get("/alerts")).body)?.slice(1) ?? [];
    const change = { list: "boards", part: alert ?? "", kind: "short", action: "acknowledge" };
    const asked: readonly (readonly [what: string, answer: () => Promise<Answer>, status: number])[] = [
      ["another name of this machine, as after DNS rebinding", () => get("/", { host: `evil.example:${port}` }), 421],
      ["no port in the name", () => get("/", { host: "127.0.0.1" }), 421],
      ["another port in the name", () => get("/", { host: "127.0.0.1:1" }), 421],
      ["a page of another site", () => get("/", { "sec-fetch-site": "cross-site" }), 403],
      ["a page of another port", () => get("/", { "sec-fetch-site": "same-site" }), 403],
      ["no cookie", () => get("/", { cookie: "" }), 403],
      ["the cookie of another port", () => get("/", { cookie: cookie.replace(String(port), "1") }), 403],
      ["a guessed cookie", () => get("/", { cookie: `${cookie.slice(0, -1)}!` }), 403],
      ["the address a second time", () => ask("GET", entry, {}), 403],
      ["the address of a proxy", () => get("http://evil.example/"), 400],
      ["another method", () => ask("DELETE", "/lists/boards", { cookie }), 405],
      ["a preflight", () => ask("OPTIONS", "/alerts", { cookie, origin: "http://evil.example" }), 405],
      ["a change without an origin", () => post("/alerts", change, { origin: "" }), 403],
      ["a change from a sandbox", () => post("/alerts", change, { origin: "null" }), 403],
      ["a change from another site", () => post("/alerts", change, { origin: "http://evil.example" }), 403],
      ["a change from another port", () => post("/alerts", change, { origin: "http://127.0.0.1:1" }), 403],
      ["a change over another scheme", () => post("/alerts", change, { origin: `https://127.0.0.1:${port}` }), 403],
      ["a change as plain text", () => post("/alerts", change, { origin: "", "content-type": "text/plain" }), 403],
      ["a change without the form's token", () => post("/alerts", { ...change, form: "" }), 403],
      ["a change with another token", () => post("/alerts", { ...change, form: token.replace(/.$/, "!") }), 403],
      ["a change by GET", () => get(`/alerts?form=${token}&action=acknowledge&list=boards&part=${alert}`), 200],
      ["what no page asks for", () => post("/alerts", { ...change, action: "forget" }), 409],
      ["too much", () => post("/alerts", { ...change, until: "x".repeat(17_000_000) }), 413],
      ["a path that leads out", () => get("/lists/..%2f..%2fetc%2fpasswd"), 404],
      ["nothing wrong", () => get("/", { host: `localhost:${port}`, "sec-fetch-site": "none" }), 200],
    ];
    for (const [what, answer, status] of asked) {
      const { status: answered, headers, body } = await answer();
      expect(answered, what).toBe(status);
      expect(headers["access-control-allow-origin"], what).toBeUndefined();
      expect(body.includes("Boards"), what).toBe(status === 200);
      if (status === 413) expect(body).toMatch(/larger than 16 MiB.*Change the file in monitors\//);
      else
        expect(headers, what).toMatchObject({
          "cache-control": "no-store",
          "content-security-policy": expect.stringMatching(
            /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'/,
          ),
          "cross-origin-opener-policy": "same-origin",
          "cross-origin-resource-policy": "same-origin",
          "referrer-policy": "same-origin",
          "x-content-type-options": "nosniff",
        });
    }
    expect(await workspace.commits()).toBe(before);
  });

  it("shows what the dashboard shows, of this moment and in the browser's language", async () => {
    const pages = [
      "/",
      "/lists",
      "/lists/boards",
      "/parts",
      "/alerts",
      "/runs",
      "/find?q=board",
      "/data.json",
      "/calendar.ics",
      "/feed.xml",
      "/app.js",
      "/app.css",
      "/find.js",
      "/icon.svg",
      "/lists/boards/parts.csv",
    ];
    for (const path of pages) {
      const { status, body } = await get(path);
      expect(status, path).toBe(200);
      for (const secret of [TOKEN, PASSWORD]) expect(body, path).not.toContain(secret);
    }
    expect((await get("/", { "accept-language": "de-AT,de;q=0.9,en;q=0.8" })).body).toContain('<html lang="de">');
    expect((await get("/lists/none")).status).toBe(404);
  });

  it("acknowledges, dismisses and takes back, a commit each", async () => {
    const page = (await get("/alerts")).body;
    const part = /name="part" value="([^"]+)"/.exec(page)?.[1] ?? "";
    const change = { list: "boards", part, kind: /name="kind" value="([^"]+)"/.exec(page)?.[1] ?? "" };
    for (const [action, words] of [
      ["acknowledge", /^Acknowledge boards: .* \(somebody\)$/],
      ["undo", /^Reactivate boards: /],
      ["dismiss", /^Dismiss boards: .* until 2026-12-31 /],
      ["undo", /^Reactivate boards: /],
    ] as const) {
      const answer = await post("/alerts", {
        ...change,
        action,
        ...(action === "dismiss" ? { until: "2026-12-31" } : {}),
      });
      expect(answer).toMatchObject({ status: 303, headers: { location: "/alerts" } });
      expect(await workspace.git("log", "-1", "--format=%s", "partwatch-state")).toMatch(words);
    }
    const past = await post("/alerts", { ...change, action: "dismiss", until: "2026-11-19" });
    expect(past).toMatchObject({ status: 409, body: expect.stringContaining("not over yet") });
  });

  /** Everything that a form's page would send, as a browser does without any script. */
  function fieldsOf(page: string): Record<string, string> {
    const form =
      /<form method="post" action="[^"]*(?:edit|new|delete|commit|runs)[\s\S]*?<\/form>/.exec(page)?.[0] ?? "";
    const inputs = [...form.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag);
    const value = (tag: string, name: string) => unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
    const given = inputs.filter((tag) => !tag.includes('type="checkbox"') || tag.includes(" checked"));
    return Object.fromEntries(given.map((tag) => [value(tag, "name"), value(tag, "value")]));
  }

  function unescaped(text: string): string {
    return text
      .replaceAll("&quot;", '"')
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&");
  }

  const file = () => readFile(join(workspace.root, "monitors/boards.yaml"), "utf8");

  it("changes a list only after its difference was seen, and keeps remarks and style", async () => {
    const form = fieldsOf((await get("/lists/boards/edit")).body);
    const change = { ...form, "r.parts.0.quantity": "0", step: "look" };
    const wrong = await post("/lists/boards/edit", change);
    expect(wrong.status).toBe(422);
    expect(wrong.body).toMatch(/href="#parts-0-quantity"[^>]*>parts\[0\]\.quantity: /);
    expect(wrong.body).toMatch(/id="parts-0-quantity"[^>]* aria-invalid="true"/);
    const seen = await post("/lists/boards/edit", {
      ...form,
      "r.parts.0.quantity": "30",
      "r.parts.1.part": "ipn=RES-1",
      "r.parts.1.quantity": "8",
      step: "look",
    });
    expect(seen.body).toContain("+  - { name: Board, quantity: 30 }   # the next batch");
    expect(seen.body).toContain("2 parts short");
    expect(await file()).toBe(LIST);
    // Without what the page showed nothing is written.
    expect((await post("/lists/boards/edit", { ...fieldsOf(seen.body), seen: "", step: "write" })).status).toBe(409);
    expect(await file()).toBe(LIST);
    const written = await post("/lists/boards/edit", { ...fieldsOf(seen.body), step: "write" });
    expect(written).toMatchObject({ status: 303, headers: { location: "/lists/boards" } });
    expect(await file()).toBe(LIST.replace("quantity: 10", "quantity: 30").concat("  - { ipn: RES-1, quantity: 8 }\n"));
    expect((await get("/lists/boards")).body).toContain("1 file is changed and not committed.");
  });

  it("shows what somebody else has written meanwhile, and puts the change on top of it", async () => {
    const before = await file();
    const form = fieldsOf((await get("/lists/boards/edit")).body);
    const seen = fieldsOf(
      (await post("/lists/boards/edit", { ...form, "r.parts.0.quantity": "40", step: "look" })).body,
    );
    const theirs = before.replace("quantity: 8", "quantity: 9").replace("first shift", "early shift");
    await workspace.write("monitors/boards.yaml", theirs);
    const conflict = await post("/lists/boards/edit", { ...seen, step: "write" });
    expect(conflict.status).toBe(409);
    expect(conflict.body).toContain("The file has changed meanwhile.");
    expect(conflict.body).toContain("<ins>+  - { ipn: RES-1, quantity: 9 }</ins>");
    expect(await file()).toBe(theirs);
    expect((await post("/lists/boards/edit", { ...fieldsOf(conflict.body), step: "write" })).status).toBe(303);
    expect(await file()).toBe(theirs.replace("quantity: 30", "quantity: 40"));
  });

  it("changes the lists of a plan, and shows what a plan should not have rather than lose it", async () => {
    const plan = 'name: Plan\ncron_schedule: "0 6 * * *"\nlists: [boards]   # for now\nrecipients: [a@example.com]\n';
    await workspace.write("monitors/plan.yaml", plan);
    const { body } = await get("/lists/plan/edit");
    const form = fieldsOf(body);
    expect(form).toMatchObject({ "f.lists": "boards" });
    expect(Object.keys(form).filter((name) => /parts|needed_by/.test(name))).toEqual([]);
    expect(body).toContain("A plan of 1 list.");
    const wrong = await post("/lists/plan/edit", { ...form, "f.lists": "bords, boards", step: "look" });
    expect(wrong.body).toMatch(/href="#f-lists"[^>]*>lists\[\d\]: there is no list bords; did you mean boards\?/);
    const { seen } = fieldsOf((await post("/lists/plan/edit", { ...form, "f.lists": "all", step: "look" })).body);
    expect(seen).toContain("lists: all");
    await workspace.write(
      "monitors/plan.yaml",
      `${plan}needed_by: 2027-01-01\nparts: [{ name: Board, quantity: 1 }]\n`,
    );
    const both = fieldsOf((await get("/lists/plan/edit")).body);
    expect(both).toMatchObject({ "f.lists": "boards", "f.needed_by": "2027-01-01", "r.parts.0.part": "Board" });
    await workspace.remove("monitors/plan.yaml");
  });

  it("keeps in a copy what the form does not show, and what was typed where the change could not be made", async () => {
    await workspace.write(
      "monitors/kept.yaml",
      `id: kept\nname: Kept\ncron_schedule: "0 6 * * *"\npolicy: { on_order: count }\nwatch:\n  - { all: true, minimum: 3, location: Store }\nrecipients: [a@example.com]\nsilences:\n  - { category: Chips, until: 2026-12-31, reason: Later }\nparts: [{ name: Board, quantity: 1 }]\n`,
    );
    const copy = fieldsOf((await get("/new?from=kept")).body);
    const seen = fieldsOf((await post("/new", { ...copy, "f.name": "Copied", step: "look" })).body);
    const { seen: after = "" } = seen;
    for (const line of ["all: true", "location: Store", "category: Chips", "on_order: count"])
      expect(after).toContain(line);
    expect(after).not.toContain("id: kept");
    // Their change leaves nothing that a change of fields can be made of.
    const form = fieldsOf((await get("/lists/kept/edit")).body);
    await workspace.write("monitors/kept.yaml", "name: Kept\nparts: [\n");
    const conflict = await post("/lists/kept/edit", { ...form, "r.parts.0.quantity": "77", step: "write" });
    expect(conflict.status).toBe(409);
    expect(fieldsOf(conflict.body)).toMatchObject({ "r.parts.0.quantity": "77", base: form.base });
    // A text as a whole cannot be merged, and the page does not claim it.
    const whole = fieldsOf((await get("/lists/kept/edit")).body);
    await workspace.write("monitors/kept.yaml", "name: Kept\nparts: [ # more\n");
    const text = `name: Kept\ncron_schedule: "0 6 * * *"\nparts: [{ name: Board, quantity: 1 }]\nrecipients: [a@example.com]\n`;
    const other = await post("/lists/kept/edit", { ...whole, text, step: "look" });
    expect(other.body).toContain("Writing yours undoes theirs: go back to the form to take it over.");
    expect(other.body).not.toContain("Nothing is overwritten.");
    await workspace.remove("monitors/kept.yaml");
  });

  it("makes, copies and deletes lists, finds parts, and commits what was seen", async () => {
    expect((await get("/parts/find?q=res")).body).toMatch(/data-value="ipn=RES-1".*100 free/);
    const form = fieldsOf((await get("/new?from=boards")).body);
    const seen = await post("/new", { ...form, "f.name": "Spare boards", step: "look" });
    expect(seen.body).toContain("New file monitors/spare-boards.yaml");
    expect((await post("/new", { ...fieldsOf(seen.body), step: "write" })).headers.location).toBe(
      "/lists/spare-boards",
    );
    const off = fieldsOf((await get("/lists/spare-boards/switch")).body);
    expect((await post("/lists/spare-boards/edit", { ...off, step: "write" })).status).toBe(303);
    expect(await readFile(join(workspace.root, "monitors/spare-boards.yaml"), "utf8")).toContain("\nactive: false\n");
    const gone = fieldsOf((await get("/lists/spare-boards/delete")).body);
    expect((await post("/lists/spare-boards/delete", { ...gone, step: "write" })).status).toBe(303);
    expect((await get("/lists/spare-boards")).status).toBe(404);
    const commit = fieldsOf((await get("/commit")).body);
    expect((await post("/commit", { ...commit, seen: "", action: "commit" })).status).toBe(409);
    expect((await post("/commit", { ...commit, action: "commit" })).status).toBe(303);
    expect(await workspace.git("log", "-1", "--format=%s", "main")).toBe("Update boards");
    expect((await get("/commit")).body).toContain("Everything is committed.");
  });

  /** What a run's page says once it is over; its events end then. */
  async function ended(page: Answer): Promise<{ readonly body: string; readonly events: string }> {
    const at = page.headers.location ?? "";
    const { body: events } = await get(`${at}/events`);
    return { body: (await get(at)).body, events };
  }

  it("checks dry first, and for real only the people that the question named", async () => {
    const before = [workspace.sink.mails().length, await workspace.commits()];
    const page = fieldsOf((await get("/lists/boards/check")).body);
    const dry = await ended(await post("/runs", { ...page, mode: "dry" }));
    expect(dry.body).toContain("Would notify stock@example.com.");
    expect(dry.events).toMatch(/^id: 1\ndata: <p class="">[\s\S]*\n\nevent: end\ndata: -\n\n$/);
    expect([workspace.sink.mails().length, await workspace.commits()]).toEqual(before);
    const question = (await get("/lists/boards/check?for=real")).body;
    expect(question).toContain("since their last notification: stock@example.com.");
    expect(question).toContain("the admins are notified as well");
    const others = { ...fieldsOf(question), people: "kim@example.com", mode: "real" };
    expect((await post("/runs", others)).status).toBe(409);
    const real = await post("/runs", { ...fieldsOf(question), mode: "real" });
    const done = await ended(real);
    expect(done.body).toContain("Notified stock@example.com.");
    expect(workspace.sink.mails()).toHaveLength((before[0] ?? 0) + 1);
    // A connection that was lost goes on where it was.
    const rest = await get(`${real.headers.location}/events`, { "last-event-id": "2" });
    expect(rest.body).toMatch(/^id: 3\n/);
    expect(done.events).toContain(rest.body);
    expect((await get("/runs")).body).toContain("Started here");
  });

  it("begins no real check on another branch, whatever was sent", async () => {
    const before = [workspace.sink.mails().length, await workspace.commits()];
    const asked = fieldsOf((await get("/lists/boards/check?for=real")).body);
    await workspace.git("switch", "--quiet", "--create", "elsewhere");
    const { body } = await ended(await post("/runs", { ...asked, mode: "real" }));
    expect(body).toContain("This is not the default branch: only a dry run is possible here.");
    await workspace.git("switch", "--quiet", "main");
    expect([workspace.sink.mails().length, await workspace.commits()]).toEqual(before);
  });

  it("shows a list's mail in a frame that may do nothing, and settings without their values", async () => {
    expect((await get("/lists/boards/mail")).body).toContain(
      'src="/lists/boards/mail/mail.html" sandbox="allow-popups"',
    );
    const mail = await get("/lists/boards/mail/mail.html");
    expect(mail.headers["content-security-policy"]).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; .* sandbox /,
    );
    expect((await get("/lists/boards/mail/mail.csv")).body).toContain("Chip");
    expect((await post("/settings", {})).headers.location).toBe("/settings");
    const { body } = await get("/settings");
    expect(body).toMatch(/<code>INVENTREE_API_TOKEN<\/code><\/td><td>set, in the environment/);
    expect(body).toMatch(/<code>EMAIL_PASSWORD<\/code><\/td><td><span class="mute">not set/);
    expect(body).toMatch(/Everything works; \d warning|\d broken/);
    expect(body).not.toContain(TOKEN);
  });
});
