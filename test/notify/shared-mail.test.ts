import PostalMime, { type Email } from "postal-mime";
import { describe, expect, it } from "vitest";
import { toEml } from "../../src/notify/email/eml.ts";
import { calmReport, longReport } from "./fixture-report.ts";
import { HASH, monitor, notification } from "./fixtures.ts";
import { FROM, header, render, visible } from "./reading.ts";
import { renderShared, THREE } from "./shared-fixture.ts";

const LIMIT = 100_000;

async function received(...given: Parameters<typeof renderShared>): Promise<Email> {
  const eml = await toEml(renderShared(...given), { from: FROM, to: ["stock@example.com"] });
  return PostalMime.parse(eml, { attachmentEncoding: "arraybuffer" });
}

describe("a mail of several lists", () => {
  it("has how many are short, a section for each with what is short first, and a CSV of each", async () => {
    const mail = await received(THREE);
    expect(mail.subject).toBe("[Partwatch] Your lists, week 47: parts short");
    const html = visible(mail.html ?? "");
    expect(html).toContain("2 of 3 lists are not covered");
    for (const text of [html, mail.text ?? ""]) {
      const heads = ["Cable kits", "Sensor board, next 25", "Gateway"].map((name) => text.lastIndexOf(name));
      expect(Math.min(...heads)).toBeGreaterThan(0);
      expect(heads[2]).toBe(Math.max(...heads));
      expect(text).toContain("What changed");
      expect(text).toContain("You get this mail because you are a recipient of these lists.");
    }
    expect(mail.attachments.map(({ filename }) => filename)).toEqual(
      expect.arrayContaining(["sensor-board.csv", "cable-kit.csv", "gateway.csv"]),
    );
    const [own] = mail.attachments.filter(({ filename }) => filename === "sensor-board.csv");
    expect(new TextDecoder().decode(own?.content as ArrayBuffer)).toBe(render().csv.replace(/^\uFEFF/, ""));
  });

  it("says the same in German, and that all is well where it is", () => {
    const german = THREE.map((one) => ({ ...one, monitor: { ...one.monitor, language: "de" as const } }));
    const mail = renderShared(german);
    expect(mail.subject).toBe("[Partwatch] Ihre Listen, KW 47: Teile fehlen");
    expect(visible(mail.html)).toContain("2 von 3 Listen sind nicht gedeckt");
    const calm = renderShared(THREE.map((one) => ({ ...one, report: calmReport(), episode: null })));
    expect(calm.subject).toBe("[Partwatch] Your lists, week 47: all covered");
    expect(calm.text).toContain("All 3 lists are covered");
  });

  it("has an id of its lists, numbers and hashes, in whatever order, and a thread of its people and week", async () => {
    const mail = await received(THREE);
    const { messageId } = mail;
    expect(messageId).toMatch(/^<\+lists\.[0-9a-f]{32}@sensor-kit\.acme\.partwatch>$/);
    expect(renderShared([...THREE].reverse()).messageId).toBe(messageId);
    const [first, ...others] = THREE;
    const changed = [
      { seq: 9 },
      { hash: HASH.replaceAll("5", "6") },
      { born: "0badcafe" },
      { monitor: monitor({ id: "x" }) },
    ];
    const ids = changed.map((change) => renderShared([{ ...first, ...change }, ...others]).messageId);
    expect(new Set([messageId, ...ids]).size).toBe(5);
    expect(renderShared([first, ...others.slice(1)]).messageId).not.toBe(messageId);
    const thread = header(mail, "references");
    expect(thread).toMatch(/^<\+lists\.2026-W47\.[0-9a-f]{16}@sensor-kit\.acme\.partwatch>$/);
    const in_ = (changes: object) => renderShared(THREE.map((one) => ({ ...one, ...changes }))).references;
    expect(in_({ seq: 9, at: new Date("2026-11-22T12:00:00Z") })).toEqual([thread]);
    expect(in_({ at: new Date("2026-11-23T12:00:00Z") })).not.toEqual([thread]);
    expect(in_({ monitor: monitor({ recipients: ["eve@example.com"] }) })).not.toEqual([thread]);
    expect(header(mail, "list-id")).toBe("<+lists.sensor-kit.acme.partwatch>");
    expect(header(mail, "auto-submitted")).toBe("auto-generated");
  });

  it("stays under 100 kB: fewer rows, then fewer sections, and the CSV files have the rest", () => {
    const many = (count: number, parts: number) =>
      Array.from({ length: count }, (_, at) =>
        notification({ monitor: monitor({ id: `list-${at}`, name: `List ${at}` }), report: longReport(parts) }),
      );
    for (const [count, parts] of [
      [2, 300],
      [8, 100],
      [25, 300],
    ] as const) {
      const mail = renderShared(many(count, parts));
      expect(new TextEncoder().encode(mail.html).length).toBeLessThan(LIMIT);
      expect(visible(mail.html).includes("With all tables this mail would be too large")).toBe(count > 2);
      for (const name of ["List 0", `List ${count - 1}`]) expect(visible(mail.html)).toContain(name);
      expect(mail.attachments.length).toBeGreaterThanOrEqual(count);
    }
  });

  it("says of a list whose message may have come in another mail that it may have", () => {
    const [first, ...others] = THREE;
    const again = { ...first, change: { ...first.change, saidAt: "2026-11-20T05:10:00.000Z" } };
    expect(renderShared([again, ...others]).text).toMatch(/A mail of 06:10 may have said this already\./);
  });
});
