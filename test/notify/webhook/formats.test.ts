import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { describe, expect, it } from "vitest";
import { DEFAULT_CHANNELS, type WebhookSettings } from "../../../src/core/channels.ts";
import type { Ready } from "../../../src/core/generated/report.ts";
import type { AdminNotice, Notification } from "../../../src/notify/channel.ts";
import { line, report } from "../fixture-report.ts";
import { monitor, notification } from "../fixtures.ts";
import { webhookBench } from "./receiver.ts";

const { receiver, webhooks } = webhookBench();
const HOSTILE = "<!channel> *x* `y` @everyone <https://evil.example|ok> & \u202e\r\nSubject: z";

/** What the server got of a telling. */
async function sent(format: WebhookSettings["format"], changes: Partial<Notification> = {}) {
  const server = await receiver();
  const { channel, log } = webhooks({ URL: `${server.url}/stock` });
  const webhook = { active: true, url_env: "URL", format, secret_env: null };
  const own = { ...(changes.monitor ?? monitor()), channels: { ...DEFAULT_CHANNELS, webhook } };
  expect(await channel.notify(notification({ ...changes, monitor: own }), log)).toMatchObject({ kind: "accepted" });
  const [got] = server.received;
  if (got === undefined) throw new Error("nothing was sent");
  return got;
}

async function notified(format: WebhookSettings["format"], notice: Partial<AdminNotice> = {}) {
  const server = await receiver();
  const { admin, log } = webhooks({ URL: server.url });
  const settings = { active: true, url_env: "URL", format, secret_env: null };
  const channel = admin({ settings, language: "en", timezone: "UTC" });
  const at = new Date("2026-11-20T06:10:00Z");
  const whole: AdminNotice = {
    kind: "opened",
    key: "default/unreachable",
    since: at,
    at,
    cause: "[GET] /api/part/: connection refused",
    monitors: ["Sensor board"],
    links: { inventree: "", repository: "acme/lists", run: "https://github.com/acme/lists/actions/runs/1" },
    ...notice,
  };
  expect(await channel.notify(whole, log)).toMatchObject({ kind: "accepted" });
  const [got] = server.received;
  if (got === undefined) throw new Error("nothing was sent");
  return got;
}

function slackText(body: string): string {
  const parsed: unknown = JSON.parse(body);
  expect(parsed).toEqual({ text: expect.any(String) });
  return typeof parsed === "object" && parsed !== null && "text" in parsed ? String(parsed.text) : "";
}

function named(name: string, count = 1): Partial<Notification> {
  const lines = Array.from({ length: count }, (_, index) =>
    line({ pk: index + 1, name: count === 1 ? name : `${name} ${index}`, required: 5, missing: 5, short: true }),
  );
  return {
    monitor: monitor({ name, parts: [] }),
    report: report({ lines, problems: [], silenced: [], watched: [] }),
    change: { kind: "first", rows: [], listEdited: false },
  };
}

describe("the JSON of a webhook", () => {
  async function schema() {
    const text = await readFile(join(import.meta.dirname, "../../../schemas/webhook.schema.json"), "utf8");
    // Fields that the schema does not know would be ones that nobody can read about.
    const closed = text.replaceAll('"type": "object",', '"type": "object", "unevaluatedProperties": false,');
    return new Ajv2020({
      allErrors: true,
      allowUnionTypes: true,
      formats: { "date-time": fullFormats["date-time"], date: fullFormats.date },
    }).compile(JSON.parse(closed));
  }

  it("is what the published schema says, of reports and of trouble", async () => {
    const validate = await schema();
    for (const got of [
      await sent("json"),
      await sent("json", named(HOSTILE, 3)),
      await sent("json", { episode: null, links: { inventree: "", repository: "lists" } }),
      await notified("json"),
      await notified("json", { kind: "resolved", links: { inventree: "", repository: "lists" } }),
    ]) {
      validate(JSON.parse(got.body));
      expect(validate.errors).toBeNull();
      expect(got.headers["content-type"]).toBe("application/json; charset=utf-8");
    }
  });

  it("says what changed and what is lacking, with links, units, and since when", async () => {
    const body: unknown = JSON.parse((await sent("json")).body);
    expect(body).toMatchObject({
      event: "report",
      id: "sensor-board.7.5f2c9e0b7a41d386",
      repository: "acme/sensor-kit",
      monitor: { id: "sensor-board", name: "Sensor board, next 25" },
      status: "short",
      episode: { number: 3, open: true },
      change: { kind: "changed", rows: [{ sort: "new", part: 32, now: 58 }, {}, {}, { sort: "resolved", now: null }] },
      summary: { short: 4, coverage: 46 },
    });
    expect(body).toHaveProperty(
      "parts",
      expect.arrayContaining([
        expect.objectContaining({
          kind: "short",
          part: 31,
          since: "2026-11-12T06:10:00Z",
          url: "https://inventree.example.com/web/part/31/",
        }),
      ]),
    );
  });

  it("lists apart what is silenced or dismissed, with reason and end", async () => {
    const row = { kind: "short", part: 7, name: "Nut", quantity: 4, reason: "ordered", until: "2026-12-31" } as const;
    const change = { kind: "changed", rows: [], listEdited: false, nowSilenced: [row] } as const;
    const calm = report({ lines: [], problems: [], watched: [], silenced: [row] });
    const body: unknown = JSON.parse((await sent("json", { report: calm, change })).body);
    expect(body).toMatchObject({ status: "covered", parts: [], silenced: [row], silenced_left_out: 0 });
    expect(body).toMatchObject({ change: { kind: "changed", rows: [], now_silenced: 1 } });
  });

  it("says by when entries are there, how many could be built by when, and how a plan's lists stand", async () => {
    const validate = await schema();
    const waits = (count: number) =>
      Array.from({ length: count }, (_, at) => ({
        part: at + 1,
        quantity: 2,
        arrives: null,
        because: "undated" as const,
      }));
    const entry = (at: number, changes: Partial<Ready>): Ready => ({
      ...{ entry: at, words: `Board ${at}`, state: "by", date: "2027-01-20", in_time: true, needed_by: "2027-02-01" },
      waits_for: [],
      ...changes,
    });
    const ready = [
      entry(0, {}),
      entry(1, { state: "unknown", date: null, in_time: null, needed_by: null, waits_for: waits(23) }),
      entry(2, { in_time: false, date: "2027-02-09" }),
    ];
    const steps = [
      { date: null, number: 3, limited_by: [7] },
      { date: "2027-01-20", number: null, limited_by: [] },
    ];
    const how_many = { 11: { steps, without_day: [{ part: 7, quantity: 5, because: "late" as const }] } };
    const lists = [{ id: "boards", name: "Boards", entries: 3, state: "unknown" as const, date: null, in_time: false }];
    const plan = { lists, left_out: ["idle"], not_for_all: [31] };
    const body: unknown = JSON.parse((await sent("json", { report: report({ ready, how_many, plan }) })).body);
    validate(body);
    expect(validate.errors).toBeNull();
    expect(body).toMatchObject({
      // What is late stands first, then what has no day.
      ready: [
        { entry: 2, in_time: false },
        { entry: 1, waits_for_left_out: 3 },
        { entry: 0, waits_for_left_out: 0 },
      ],
      ready_left_out: 0,
      how_many,
      how_many_left_out: 0,
      plan: { ...plan, lists_left_out: 0, not_for_all_left_out: 0 },
    });
    expect(body).toHaveProperty("ready.1.waits_for.length", 20);
    const long = report({
      ready: Array.from({ length: 507 }, (_, at) => entry(at, {})),
      how_many: Object.fromEntries(Array.from({ length: 53 }, (_, at) => [at + 1, how_many[11]])),
      plan: { ...plan, lists: Array.from({ length: 501 }, () => lists).flat() },
    });
    expect(JSON.parse((await sent("json", { report: long })).body)).toMatchObject({
      ...{ ready_left_out: 7, how_many_left_out: 3, plan: { lists_left_out: 1 } },
    });
    // A list without dates says nothing of days.
    for (const name of ["ready", "how_many", "plan"])
      expect(JSON.parse((await sent("json")).body)).not.toHaveProperty(name);
  });

  it("counts what it leaves out of a list without end", async () => {
    const body: unknown = JSON.parse((await sent("json", named("Part", 1200))).body);
    expect(body).toMatchObject({ parts_left_out: 700 });
    expect(body).toHaveProperty("parts.length", 500);
  });
});

describe("the text for Slack and its likes", () => {
  it("has the list, the counts, each change with before and now, and links", async () => {
    const text = slackText((await sent("slack")).body);
    expect(text).toMatchInlineSnapshot(`
      ":warning: *Sensor board, next 25: parts short*
      4 short · 1 out of stock · 1 low · 2 to build · 1 critical · coverage 46%
      • new: \`Connector M12, 5-pin, A-coded, panel mount, rear fastened, gold plated\` short 58
      • worse: \`Wire AWG 24, red\` short 2.5 m → 12.2 m
      • better: \`MCU STM32L072RBT6\` short 61 → 21
      • resolved: \`Enclosure IP67\` short
      <https://github.com/acme/sensor-kit/blob/main/monitors/sensor-board.yaml|Edit or leave this list> · <https://github.com/acme/sensor-kit/actions/runs/42|Log of this run>"
    `);
  });

  it("mentions nobody, links nowhere and styles nothing, whatever a part or list is called", async () => {
    const text = slackText((await sent("slack", named(HOSTILE))).body);
    const links = [...text.matchAll(/<([^>]*)>/g)].map(([, inside]) => inside);
    expect(links.every((inside) => inside?.startsWith("https://github.com/acme/sensor-kit/"))).toBe(true);
    expect(text).toContain(
      "`&lt;!channel&gt; *x* 'y' @everyone &lt;https://evil.example|ok&gt; &amp; \ufffd Subject: z` short 5",
    );
    const [title = ""] = text.split("\n");
    expect(title).toMatch(/^:warning: \*&lt;!channel&gt; x y @\u200beveryone &lt;https:\u200b\/\/evil[^*`]*\*$/);
  });

  it("ends a list without end with whole rows and how many more there are", async () => {
    const text = slackText((await sent("slack", named("Resistor & Sons", 400))).body);
    expect(text.length).toBeLessThanOrEqual(3_900);
    expect(text.length).toBeGreaterThan(3_500);
    const rows = text.split("\n").filter((row) => row.startsWith("• "));
    expect(rows.every((row) => /^• `Resistor &amp; Sons \d+` short 5$/.test(row))).toBe(true);
    expect(text).toContain(`and ${400 - rows.length} more`);
    expect(text).toMatch(/<https:[^>]*\|[^>]*>$/);
  });

  it("is in the list's language", async () => {
    const text = slackText((await sent("slack", { monitor: monitor({ language: "de" }) })).body);
    expect(text).toContain("fehlt");
    expect(text).toContain("2,5");
  });

  it("mentions nobody in the words of a server either", async () => {
    const text = slackText((await notified("slack", { cause: "503: call @here or <!everyone>" })).body);
    expect(text).toContain("503: call @\u200bhere or &lt;!everyone&gt;");
  });

  it("tells trouble with cause and what to do", async () => {
    const text = slackText((await notified("slack")).body);
    expect(text).toMatch(
      /^:warning: \*InvenTree is unreachable\*\n\[GET\] \/api\/part\/: connection refused\nCheck that InvenTree/,
    );
  });
});

describe("the notification of ntfy", () => {
  it("is plain text with title, urgency and a link in its headers", async () => {
    const got = await sent("ntfy");
    expect(got).toMatchObject({
      path: "/stock",
      headers: {
        title: "Sensor board, next 25: parts short",
        priority: "high",
        tags: "warning",
        click: "https://github.com/acme/sensor-kit/blob/main/monitors/sensor-board.yaml",
        "content-type": "text/plain; charset=utf-8",
      },
    });
    expect(got.body).toContain("- worse: Wire AWG 24, red: short 2.5 m → 12.2 m");
  });

  it("keeps a title of any letters and any length in one header, and nothing of it becomes another", async () => {
    const got = await sent("ntfy", named(`Übersicht 基板 ${"ä".repeat(150)}\r\nX-Evil: 1`.slice(0, 190)));
    const words = String(got.headers.title).split(" ");
    expect(words.every((word) => word.length <= 75 && /^=\?UTF-8\?B\?[A-Za-z0-9+/=]+\?=$/.test(word))).toBe(true);
    const title = words.map((word) => Buffer.from(word.slice(10, -2), "base64").toString("utf8")).join("");
    expect(title).toMatch(/^Übersicht 基板 ä{90,}…$/);
    expect(got.headers).not.toHaveProperty("x-evil");
  });

  it("is a calm one when all is covered", async () => {
    const calm = named("Board", 0);
    expect(await sent("ntfy", { ...calm, episode: null })).toMatchObject({
      headers: { title: "Board: all covered", priority: "default", tags: "white_check_mark" },
      body: expect.stringContaining("Monitoring started, all covered."),
    });
  });

  it("stays below 4,096 bytes, so that it is no attachment", async () => {
    const got = await sent("ntfy", named("Widerstand Größe", 400));
    expect(Buffer.byteLength(got.body)).toBeLessThanOrEqual(4_096);
    const rows = got.body.split("\n").filter((row) => row.startsWith("- "));
    expect(got.body).toContain(`and ${400 - rows.length} more`);
  });

  it("stays below them whatever letters a cause is made of", async () => {
    const got = await notified("ntfy", { cause: "👩‍👩‍👧‍👦".repeat(400) });
    expect(Buffer.byteLength(got.body)).toBeLessThanOrEqual(4_096);
    expect(got.body).toMatch(/^👩.*…\nCheck that InvenTree/u);
  });
});
