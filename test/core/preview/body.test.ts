import { describe, expect, it } from "vitest";
import { previewBody } from "../../../src/core/preview/body.ts";
import type { Changes, MonitorPreview, PullRequestPreview } from "../../../src/core/preview/from-change.ts";
import { configFrom } from "../../../src/core/settings/config.ts";
import { parseMonitorText } from "../../../src/monitors/monitor.ts";

const at = new Date("2026-11-20T12:00:00Z");
const frame = { marker: "<!-- partwatch preview -->", commit: "0123456789abcdef", at };

function added(index: number, more: { readonly name?: string; readonly message?: string } = {}): MonitorPreview {
  const { name = `List ${index}`, message = "503: the server is down" } = more;
  const lines = [
    `name: ${JSON.stringify(name)}`,
    'cron_schedule: "10 7 * * *"',
    "parts: [{ ipn: A, quantity: 1 }]",
    `recipients: [${Array.from({ length: 20 }, (_, one) => `p${one}@example.com`).join(", ")}]`,
  ];
  const file = `monitors/l-${String(index).padStart(3, "0")}.yaml`;
  const { monitor } = parseMonitorText({ file, text: lines.join("\n"), config: configFrom({}), now: at });
  if (monitor === undefined) throw new Error("the list is broken");
  const change = { sort: "added", monitor, fields: [], notAllowed: [], problems: [] } as const;
  return { change, effect: { kind: "failed", message } };
}

function previewOf(monitors: readonly MonitorPreview[], more: Partial<Changes> = {}): PullRequestPreview {
  const none = { deleted: [], broken: [], config: false, brokenBefore: [], allowedRecipients: [] };
  const changes = { ...none, ...more, monitors: monitors.map(({ change }) => change) };
  return { changes, monitors, deleted: changes.deleted.map((deleted) => ({ deleted, openAlerts: null })) };
}

const many = (count: number, more = {}) => Array.from({ length: count }, (_, index) => added(index, more));
const sections = (body: string) => [...body.matchAll(/^## (.*)$/gm)].map(([, name]) => name);
const last = "Nobody was notified and nothing was recorded: this is what the next run would do, as of `0123456789ab`.";

describe("the comment of a pull request that changes very much", () => {
  it("shows each of a few lists with all that there is to say", () => {
    const body = previewBody(previewOf(many(10)), frame);
    expect(sections(body)).toHaveLength(10);
    expect(body.match(/\*\*Next runs\*\*/g)).toHaveLength(10);
    expect(body).toContain("`p19@example.com`");
    expect(body.endsWith(last)).toBe(true);
  });

  it("shows less of each of many lists before it leaves one out", () => {
    const body = previewBody(previewOf(many(80)), frame);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(sections(body)).toHaveLength(80);
    expect(body.match(/\*\*Next runs\*\*/g)).toHaveLength(80);
    expect(body).toContain("`p7@example.com` and 12 more");
    expect(body).toContain("\n\nand 30 more\n");
  });

  it("has tables for the first and two lines for the others of hundreds of lists", () => {
    const body = previewBody(previewOf(many(300)), frame);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.length).toBeGreaterThan(60_000);
    expect(sections(body)).toHaveLength(300);
    const whole = body.match(/\*\*Next runs\*\*/g)?.length ?? 0;
    expect(whole).toBeGreaterThan(20);
    expect(whole).toBeLessThan(300);
  });

  it("says how many lists have no room at all", () => {
    const body = previewBody(previewOf(many(500, { name: "N".repeat(150) })), frame);
    expect(body.length).toBeLessThanOrEqual(65_536);
    const [, left] = /\n\nand (\d+) more, that do not fit here\n/.exec(body) ?? [];
    expect(sections(body).length + Number(left)).toBe(500);
    expect(body.endsWith(last)).toBe(true);
  });

  it("cuts nothing in the middle, whatever is long", () => {
    const problems = Array.from({ length: 100 }, (_, at) => ({
      file: "monitors/b.yaml",
      line: at,
      message: "x".repeat(900),
    }));
    const files = Array.from({ length: 80 }, (_, at) => ({ file: `monitors/b-${at}.yaml`, problems }));
    const brokenBefore = files.map(({ file }) => file);
    const monitors = [added(0, { message: "m".repeat(20_000) }), added(1, { message: "m".repeat(60_000) }), added(2)];
    const body = previewBody(previewOf(monitors, { broken: files, brokenBefore }), frame);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toContain("80 files are broken.");
    expect(body).toContain("`monitors/b-9.yaml` and 70 more.");
    expect(body).toMatch(/^- and 9\d more$/m);
    expect(body.endsWith(last)).toBe(true);
  });
});
