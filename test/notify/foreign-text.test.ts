// All that somebody could write into a name, through all that is made of it.
import fc from "fast-check";
import { expect, it } from "vitest";
import { problemsSummary } from "../../src/action/summary-files.ts";
import { brokenSummary } from "../../src/action/summary-run.ts";
import { issueBody } from "../../src/core/issue/body.ts";
import { issueComment } from "../../src/core/issue/comment.ts";
import { parseBody } from "../../src/core/issue/mark.ts";
import { viewMarkdown } from "../../src/core/view/markdown.ts";
import { chatMessage } from "../../src/core/view/message.ts";
import { renderView } from "../../src/core/view/terminal.ts";
import { viewOf } from "../../src/core/view/view.ts";
import { reportPayload } from "../../src/core/view/webhook-payload.ts";
import type { Notification } from "../../src/notify/channel.ts";
import { renderAdminMail } from "../../src/notify/email/admin-mail.ts";
import { renderReportMail } from "../../src/notify/email/report-mail.ts";
import { ntfyBody } from "../../src/notify/webhook/ntfy.ts";
import { slackBody } from "../../src/notify/webhook/slack.ts";
import { expectSafeHeader, expectSafeLines, expectSafeMarkdown, expectSafeSlack, HOSTILE } from "../support/hostile.ts";
import { line, report } from "./fixture-report.ts";
import { monitor, notification } from "./fixtures.ts";
import { formulasIn } from "./spreadsheet.ts";

const hostile = fc.array(fc.constantFrom(...HOSTILE), { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(""));

/** A list and a report of which every word is somebody's. */
function notificationOf(text: string, language: "en" | "de"): Notification {
  const alert = {
    kind: "short" as const,
    state: "active" as const,
    since: "2026-11-12T06:10:00Z",
    quantity: 3,
    message: text,
    seen_at: "2026-11-12T06:10:00Z",
  };
  return notification({
    monitor: monitor({ name: text, description: text, tags: [text], language, parts: [{ name: text, quantity: 1 }] }),
    report: report({
      lines: [
        line({
          pk: 1,
          name: text,
          ipn: text,
          version: text,
          units: text,
          link: text,
          short: true,
          missing: 3,
          required: 3,
          why: [{ entry: 0, path: [{ pk: 2, name: text }] }],
        }),
      ],
      problems: [{ kind: "not_found", entry: 0, words: text, quantity: 1, matches: [], message: text }],
      silenced: [{ kind: "low", part: 9, name: text, quantity: 1, reason: text, until: null }],
      data_quality: [{ kind: "cycle", pk: 1, name: text, path: [{ pk: 1, name: text }], message: text }],
    }),
    change: {
      kind: "changed",
      rows: [{ sort: "new", kind: "short", part: 1, name: text, before: null, now: 3 }],
      listEdited: true,
    },
    alerts: [
      { ...alert, part: 1, name: text },
      { ...alert, part: text, name: "", kind: "unresolved" },
    ],
  });
}

function property(check: (of: { readonly text: string; readonly delivered: Notification }) => void): void {
  const examples = HOSTILE.flatMap((text): [string, "en" | "de"][] => [
    [text, "en"],
    [text, "de"],
  ]);
  fc.assert(
    fc.property(hostile, fc.constantFrom("en" as const, "de" as const), (text, language) =>
      check({ text, delivered: notificationOf(text, language) }),
    ),
    { examples, numRuns: 150 },
  );
}

it("a mail stays text, headers and a table, whatever a name is", () => {
  property(({ delivered }) => {
    const mail = renderReportMail(delivered, { rows: 50 });
    for (const text of [mail.html, mail.text, mail.subject]) expectSafeLines(text.replaceAll("\r\n", "\n"));
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.html).not.toMatch(/<script|<img src=x|<a href="https:..evil/);
    for (const { content } of mail.attachments) {
      expectSafeLines(content.replace("\ufeff", "").replaceAll("\r\n", "\n"));
      expect(formulasIn(content, delivered.monitor.language === "en" ? "," : ";")).toEqual([]);
    }
    expectSafeHeader(
      Object.entries(mail.headers)
        .map((field) => `${field.join(": ")}\n`)
        .join(""),
    );
  });
});

it("a mail to the admins says what a server has said, and no more", () => {
  property(({ text, delivered }) => {
    const notice = {
      kind: "opened" as const,
      key: "mail",
      since: delivered.at,
      at: delivered.at,
      cause: text,
      fix: text,
      monitors: [text],
      links: delivered.links,
    };
    const mail = renderAdminMail(notice, { language: "en", timezone: "UTC" });
    for (const words of [mail.html, mail.text, mail.subject]) expectSafeLines(words);
    expect(mail.html).not.toMatch(/<script|<img src=x/);
  });
});

it("an issue, its comment, the preview and the summary of a step keep it as words", () => {
  property(({ text, delivered }) => {
    const { report: counted, monitor: list, alerts = [], at, links } = delivered;
    const mark = { episode: 3, notification: "7.5f2c9e0b7a41d386", isNew: false, isOver: false };
    const body = issueBody({
      monitor: list,
      report: counted,
      at,
      alerts,
      remembered: alerts,
      mark,
      present: parseBody(""),
      boxes: new Map(),
      links,
    });
    // Nobody has ticked anything, and no mark is forged.
    expect([...parseBody(body).boxes.values()].map(({ ticked }) => ticked)).toEqual([false, false]);
    const view = viewOf({ report: counted, monitor: list, at, change: delivered.change, links, alerts, episode: null });
    for (const words of [
      body,
      issueComment(delivered, { turn: "none", mark: "" }),
      viewMarkdown(view, { rows: 50 }),
      ...problemsSummary([{ file: text, path: text, message: text }], 1),
      ...brokenSummary({ kind: "state", retryable: false, message: text.replaceAll("\n", " ") }, "https://github.com"),
    ])
      expectSafeMarkdown(words);
  });
});

it("a chat, a telephone, a terminal and a program get it as words", () => {
  property(({ delivered }) => {
    const message = chatMessage(delivered);
    const slack: unknown = JSON.parse(slackBody(message).text);
    expectSafeLines(slackBody(message).text);
    expectSafeSlack(typeof slack === "object" && slack !== null && "text" in slack ? String(slack.text) : "");
    const ntfy = ntfyBody(message);
    expectSafeLines(ntfy.text);
    expectSafeHeader(Object.values(ntfy.headers).join("\n"));
    const { at, links, monitor: list, report: counted, change, alerts = [] } = delivered;
    const view = viewOf({ report: counted, monitor: list, at, change, links, alerts, episode: null });
    expectSafeLines(renderView(view, { columns: 100, color: false }));
    expect(reportPayload(delivered).parts[0]?.name).toBe(counted.lines[0]?.name);
  });
});
