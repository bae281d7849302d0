import { describe, expect, it } from "vitest";
import { toEml } from "../../src/notify/email/eml.ts";
import { calmReport } from "./fixture-report.ts";
import { HASH, monitor } from "./fixtures.ts";
import { FROM, header, received, render } from "./reading.ts";

describe("the headers of a report mail", () => {
  it("name it by repository, monitor, number and hash", async () => {
    const mail = await received();
    expect(mail.messageId).toBe("<sensor-board.7.5f2c9e0b7a41d386@sensor-kit.acme.partwatch>");
    expect(render({ seq: 8 }).messageId).not.toBe(mail.messageId);
    expect(render({ hash: HASH.replaceAll("5", "6") }).messageId).not.toBe(mail.messageId);
    expect(render({ monitor: monitor({ id: "other" }) }).messageId).not.toBe(mail.messageId);
  });

  it("give an id that mail programs can read, whatever folder and monitor are called, and never the same for two", () => {
    const names = [
      "a.b",
      "a..b",
      ".a",
      "a.",
      "a b",
      "Ä/ö",
      "a=20b",
      "x".repeat(300),
      `${"x".repeat(300)}y`,
      "a@b>",
      "ab",
    ];
    const ids = names.map((repository) => render({ links: { inventree: "https://i.example", repository } }).messageId);
    const dotAtom = /^<[A-Za-z0-9=_-]+(\.[A-Za-z0-9=_-]+)*@[A-Za-z0-9=_-]+(\.[A-Za-z0-9=_-]+)*>$/;
    for (const id of ids) {
      expect(id).toMatch(dotAtom);
      expect(id.length).toBeLessThan(400);
    }
    expect(new Set(ids).size).toBe(names.length);
  });

  it("thread an episode by one root id, and leave calm reports outside of it alone", async () => {
    const first = await received({ seq: 1 });
    const rooted = { number: 3, open: true, since: "2026-11-12T06:10:00Z", root: first.messageId ?? "" };
    const later = await received({ seq: 2, episode: rooted });
    const last = await received({ seq: 3, report: calmReport(), episode: { ...rooted, open: false } });
    const root = "<sensor-board.episode-3@sensor-kit.acme.partwatch>";
    for (const mail of [first, later, last]) expect(header(mail, "references")?.split(/\s+/)).toContain(root);
    expect(header(later, "references")).toContain(first.messageId);
    expect(header(later, "in-reply-to")).toBe(first.messageId);
    expect(header(await received({ episode: null }), "references")).toBe(undefined);
    expect(header(await received({ episode: { ...rooted, number: 4 } }), "references")).not.toContain(root);
  });

  it("say that a machine wrote it, which list it is, where to leave it, and when the check was", async () => {
    const mail = await received();
    expect(header(mail, "auto-submitted")).toBe("auto-generated");
    expect(header(mail, "list-id")).toBe("<sensor-board.sensor-kit.acme.partwatch>");
    expect(header(mail, "list-unsubscribe")).toBe(
      "<https://github.com/acme/sensor-kit/blob/main/monitors/sensor-board.yaml>",
    );
    expect(new Date(mail.date ?? "").toISOString()).toBe("2026-11-20T06:10:00.000Z");
    expect(mail.to?.map((to) => to.address)).toEqual(["stock@example.com", "purchasing@example.com"]);
  });

  it("are the same bytes for the same telling", async () => {
    const eml = () => toEml(render(), { from: FROM, to: ["a@example.com"] });
    expect(await eml()).toBe(await eml());
  });
});
