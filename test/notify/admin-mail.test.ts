import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import type { AdminNotice } from "../../src/notify/channel.ts";
import { renderAdminMail } from "../../src/notify/email/admin-mail.ts";
import { toEml } from "../../src/notify/email/eml.ts";
import { notification } from "./fixtures.ts";

const EN = { language: "en", timezone: "Europe/Berlin" } as const;

function notice(changes: Partial<AdminNotice> = {}): AdminNotice {
  return {
    kind: "opened",
    key: "default/unreachable",
    since: new Date("2026-11-20T06:10:00Z"),
    at: new Date("2026-11-20T06:12:00Z"),
    cause: "[GET] /api/part/?limit=500: 503 Service Unavailable (5 attempts in 62 s)",
    monitors: ["Sensor board, next 25", "Office stock"],
    links: notification().links,
    ...changes,
  };
}

describe("a mail to the admins", () => {
  it("carries cause with request, status and attempts, the monitors, what to do, and the run, in HTML and text", async () => {
    const mail = renderAdminMail(notice(), EN);
    const eml = await PostalMime.parse(
      await toEml(mail, { from: { sender: "p@example.com", senderName: "Partwatch" }, to: ["admin@example.com"] }),
    );
    expect(eml.subject).toBe("[Partwatch] InvenTree is unreachable");
    const html = (eml.html ?? "").replaceAll("&#x2F;", "/").replaceAll("&#x3D;", "=");
    const text = (eml.text ?? "").replace(/\s+/g, " ");
    for (const words of [html, text]) {
      for (const part of [
        "[GET] /api/part/?limit=500: 503 Service Unavailable (5 attempts in 62 s)",
        "Office stock",
        "INVENTREE_URL",
        "https://github.com/acme/sensor-kit/actions/runs/42",
        "Fri, 20 Nov 2026, 07:10 CET",
      ])
        expect(words).toContain(part);
    }
    expect(eml.headers.find((header) => header.key === "auto-submitted")?.value).toBe("auto-generated");
  });

  it("of the end stands in one thread with that of the beginning, and another outage is another thread", () => {
    const begins = renderAdminMail(notice(), EN);
    const over = renderAdminMail(notice({ kind: "resolved", at: new Date("2026-11-20T09:00:00Z") }), EN);
    expect(over.subject).toBe("[Partwatch] InvenTree is reachable again");
    expect(over.references).toEqual([begins.messageId]);
    expect(over.messageId).not.toBe(begins.messageId);
    const again = renderAdminMail(notice({ since: new Date("2026-12-01T06:10:00Z") }), EN);
    expect(again.messageId).not.toBe(begins.messageId);
    expect(renderAdminMail(notice(), EN).messageId).toBe(begins.messageId);
  });

  it.each([
    ["default/refused", "InvenTree denies Partwatch access"],
    ["lab/incomplete", "InvenTree (lab) could not be read completely"],
    ["mail", "Mail cannot be delivered"],
    ["file:monitors/a.yaml", "monitors/a.yaml is broken"],
    ["check:sensor-board", "The list sensor-board cannot be calculated"],
    ["address:x@example.com", "Mail to x@example.com is refused"],
    ["something", "Problem: something"],
  ])("names the trouble %s: %s", (key, title) => {
    const mail = renderAdminMail(notice({ key }), EN);
    expect(mail.subject).toBe(`[Partwatch] ${title}`);
    expect(mail.text).toMatch(/Fix\n-+\n\S/);
  });

  it("says what the caller wants to have done, where it knows better", () => {
    expect(renderAdminMail(notice({ fix: "Renew the token." }), EN).text).toContain("Renew the token.");
  });

  it("is German where the settings say so", () => {
    const { subject, text } = renderAdminMail(notice(), { language: "de", timezone: "UTC" });
    expect(subject).toBe("[Partwatch] InvenTree ist nicht erreichbar");
    expect(text).toContain("Was zu tun ist");
  });

  it("takes causes of many lines, one for each problem, and nothing in them is a tag, a header or a template", () => {
    const cause = `monitors/a.yaml:1:1 <b>x</b>{{subject}}\r\nBcc: y@z\n${"line\n".repeat(500)}`;
    const mail = renderAdminMail(notice({ key: "file:monitors/a.yaml\r\nBcc: y@z", cause }), EN);
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.html).toContain("&lt;b&gt;x");
    expect(mail.html).not.toContain("<b>x");
    expect(mail.html).toContain("{{subject}}");
    expect(mail.html.length).toBeLessThan(100_000);
  });
});
