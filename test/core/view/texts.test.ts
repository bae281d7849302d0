import { describe, expect, it } from "vitest";
import { formatFor } from "../../../src/core/view/format.ts";
import { channelTextsFor } from "../../../src/core/view/texts/channel-texts.ts";
import { de } from "../../../src/core/view/texts/texts-de.ts";
import { en } from "../../../src/core/view/texts/texts-en.ts";
import { testMailTexts } from "../../../src/core/view/texts/texts-test-mail.ts";

describe("the catalogues", () => {
  const english = en(formatFor({ language: "en", timezone: "UTC" }));
  const german = de(formatFor({ language: "de", timezone: "UTC" }));

  it("have the same keys, and no empty text", () => {
    expect(keysOf(german)).toEqual(keysOf(english));
    expect(keysOf(english).length).toBeGreaterThan(120);
  });

  it("advise on the certificate, or on the address, where that is the cause", () => {
    const certificate =
      "[GET] /api/part/: the server's certificate is not accepted (CERT_HAS_EXPIRED): is it expired, for another host, or self-signed?";
    const redirect =
      "[GET] /api/part/: 302: redirects to https://stock.example.com/inv; the token goes to no other server";
    for (const { admin } of [english, german]) {
      expect(admin.usualFix("default/unreachable", certificate)).toContain("NODE_EXTRA_CA_CERTS");
      expect(admin.usualFix("default/unreachable", "connection refused")).not.toContain("NODE_EXTRA_CA_CERTS");
      expect(admin.usualFix("default/refused", redirect)).not.toContain("INVENTREE_API_TOKEN");
      expect(admin.usualFix("default/refused", "401: the token is not valid")).toContain("INVENTREE_API_TOKEN");
    }
  });

  it("say nothing in German that is English, but for words that both languages have", () => {
    const pairs = [
      [german, english],
      [channelTextsFor("de"), channelTextsFor("en")],
      [testMailTexts("de"), testMailTexts("en")],
    ] as const;
    expect(pairs.flatMap(([de, en]) => sameTexts(de, en))).toEqual([
      "columns.ipn IPN",
      "columns.version Version",
      "columns.status Status",
      "columns.optional Optional",
      "columns.sku SKU",
      "columns.mpn MPN",
      "columns.minimum Minimum",
      "flag.optional optional",
      "issue.columns.2 Status",
      "issue.asideColumns.1 Status",
      "status Test",
    ]);
  });

  it.each([
    ["Nut", "Kein Teil heißt Nut;", "2 Teile heißen Nut:"],
    ["Nut, version C", "Kein Teil heißt Nut in Version C;", "2 Teile heißen Nut in Version C:"],
    ["ipn=I-1", "Kein Teil hat die IPN I-1;", "2 Teile haben die IPN I-1:"],
    ["#4, version B", "Kein Teil hat pk 4 in Version B;", "2 Teile haben pk 4 in Version B:"],
    ["#8 screw", "Kein Teil heißt #8 screw;", "2 Teile heißen #8 screw:"],
  ])("say in German which part %s means", (words, none, several) => {
    const problem = { entry: 0, words, quantity: 1, matches: [1, 2], message: "english" };
    expect(german.problem({ ...problem, kind: "not_found" })).toContain(none);
    expect(german.problem({ ...problem, kind: "ambiguous" })).toContain(several);
  });

  it("know every problem and remark in German, and fall back on the report's words for one that is new", () => {
    const problem = { entry: 0, words: "X", quantity: 1, matches: [1, 2], message: "english" };
    for (const kind of [
      "not_found",
      "ambiguous",
      "unknown_policy_part",
      "unknown_location",
      "unknown_watch_part",
      "unknown_category",
      "quantity_too_large",
    ] as const)
      expect(german.problem({ ...problem, kind })).toMatch(/X|pk 1, 2/);
    const remark = { pk: 1, name: "x", path: [], message: "english" };
    for (const kind of [
      "inactive_part",
      "not_obtainable",
      "no_supplier_part",
      "assembly_without_bom",
      "bom_not_validated",
      "cycle",
      "odd_phantom",
    ] as const)
      expect(german.quality({ ...remark, kind }, "A › B")).not.toBe("english");
  });
});

/** Texts that are the same in both, each with its path. */
function sameTexts(de: object, en: object, path = ""): string[] {
  const others = new Map<string, unknown>(Object.entries(en));
  return Object.entries(de).flatMap(([key, text]: [string, unknown]) => {
    const other = others.get(key);
    if (typeof text === "string") return text === other ? [`${path}${key} ${text}`] : [];
    const both = typeof text === "object" && text !== null && typeof other === "object" && other !== null;
    return both ? sameTexts(text, other, `${path}${key}.`) : [];
  });
}

function keysOf(value: object, path = ""): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    expect(inner).not.toBe("");
    return typeof inner === "object" && inner !== null ? keysOf(inner, `${path}${key}.`) : [`${path}${key}`];
  });
}
