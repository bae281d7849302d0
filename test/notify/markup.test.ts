import { HtmlValidate } from "html-validate";
import { describe, expect, it } from "vitest";
import { renderAdminMail } from "../../src/notify/email/admin-mail.ts";
import { renderReportMail } from "../../src/notify/email/report-mail.ts";
import { calmReport, longReport } from "./fixture-report.ts";
import { monitor, notification } from "./fixtures.ts";
import { renderShared, THREE } from "./shared-fixture.ts";

// What mail programs need and web pages do not: tables for layout with their old attributes and role, styles inline, what
// only Outlook sees; the rest of these is MJML's way of writing the same thing.
const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    "no-inline-style": "off",
    "no-deprecated-attr": "off",
    "no-conditional-comment": "off",
    "presentation-role-style": "off",
    "prefer-native-element": "off",
    "doctype-style": "off",
    "void-style": "off",
  },
});

const notice = {
  kind: "opened",
  key: "mail",
  since: notification().at,
  at: notification().at,
  cause: "451",
  monitors: ["A"],
  links: notification().links,
} as const;

describe("the HTML of a mail is valid", () => {
  it.each([
    ["a full report", renderReportMail(notification(), { rows: 50 }).html],
    ["a calm report", renderReportMail(notification({ report: calmReport(), episode: null }), { rows: 50 }).html],
    ["a long report", renderReportMail(notification({ report: longReport(300) }), { rows: 50 }).html],
    ["a report in German", renderReportMail(notification({ monitor: monitor({ language: "de" }) }), { rows: 50 }).html],
    ["three lists", renderShared(THREE).html],
    ["a notice to admins", renderAdminMail(notice, { language: "en", timezone: "UTC" }).html],
  ])("for %s", async (_, html) => {
    const report = await validator.validateString(html);
    const messages = report.results.flatMap((result) => result.messages);
    expect(messages.map(({ ruleId, message, line }) => `${ruleId} ${line}: ${message}`)).toEqual([]);
  });

  it("and it names language, title and what the columns are", () => {
    const { html } = renderReportMail(notification(), { rows: 50 });
    expect(html).toMatch(/<html lang="en"/);
    expect(html).toContain("<title>[Partwatch] Sensor board, next 25: parts short</title>");
    expect(html).toContain('<meta name="color-scheme" content="light dark"');
    expect(html).toMatch(/<th scope="col"/);
    expect(html).not.toMatch(/\{\{|\}\}/);
  });
});
