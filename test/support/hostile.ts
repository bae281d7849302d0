// What somebody could write into a name to be more than text, and what has to hold of each surface that it comes to.
import { expect } from "vitest";

/** Short enough that two of them fit a name of InvenTree. */
export const HOSTILE: readonly string[] = [
  "\u001b[31mred\u001b[0m",
  "\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007",
  "\u009b2Jc1",
  "\u202egnp.exe",
  "\u2066a\u2069",
  "\u200b\ufeff\u00ad",
  "\u{e0041}tag",
  "\u3164\u115f",
  "\u0000\u0007\u007f",
  "a\rb",
  "a\nb",
  "\n::error file=a::x",
  "::error::x",
  "  ::add-mask::Chip",
  "x ##[error]y",
  "##[group]x",
  "\u2028::stop-commands::x",
  "`code`",
  "```\nfence",
  "*bold* _it_ ~gone~",
  "</pre><script>alert(1)</script>",
  '<img src=x onerror="y">',
  "<!-- /partwatch -->",
  "- [x] done",
  "@everyone and #12 GH-7",
  "https://evil.example www.evil.example",
  "[x](https://evil.example)",
  "a | b \\| c",
  "&lt;b&gt;",
  "{{subject}}{{{html}}}",
  "<!channel> <@U123> <https://evil.example|ok>",
  "=1+1",
  'x;"=1+1;y',
  ";-2+3+cmd|' /C calc'!A0",
  "x,@SUM(A1)",
  "a\r\nBcc: x@evil.example",
  "=?utf-8?q?x?=",
  "quote \" and ' and \\u202e",
];

/** What no reader may get: controls but for tab and line end, directional marks, what cannot be seen. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb\u{e0000}-\u{e00ff}]/u;
/** What keeps a link or mention apart in Slack's format is our own. */
const OUR_OWN_BLANK = /\u200b/g;

/** A terminal, a log, JSON. */
export function expectSafeLines(text: string): void {
  const lines = text.split("\n");
  expect(
    lines.filter((line) => UNSEEN.test(line) || line.includes("\u200b")).map((line) => JSON.stringify(line)),
  ).toEqual([]);
}

/** The same in a step of a workflow: no line is a command to the runner. */
export function expectNoCommands(text: string): void {
  expect(text.split("\n").filter((line) => /^\s*::/.test(line) || line.includes("##["))).toEqual([]);
}

/** Markdown or HTML of GitHub, where `code` and `pre` make nothing of what is in them. */
export function expectSafeMarkdown(text: string): void {
  expectSafeLines(text);
  expect(text).not.toMatch(/<script|<img|<\/pre><script/);
  const outside = text.replace(/(`+)[^\n]*?\1/g, "").replace(/\]\(https:\/\/(?:github|inventree)[^)]*\)/g, "");
  expect(outside).not.toMatch(/@everyone|#12(?!\d)|\bGH-7|\]\(https:\/\/evil|(?<!\\)https:\/\/evil|www\.evil/);
}

/** The text of a message in Slack's format. */
export function expectSafeSlack(text: string): void {
  expectSafeLines(text.replace(OUR_OWN_BLANK, ""));
  const outside = text.split("\n").map((line) => {
    expect((line.match(/`/g) ?? []).length % 2).toBe(0);
    return line.replace(/`[^`]*`/g, "");
  });
  expect(outside.filter((line) => /[~]|<!|<@|@\w|https:\/\/evil/.test(line))).toEqual([]);
  expect(outside.slice(1).filter((line) => line.includes("*"))).toEqual([]);
  expect((outside[0]?.match(/\*/g) ?? []).length).toBe(2);
}

/** The header fields of a mail or request: printable ASCII, and no name that is not ours. */
export function expectSafeHeader(head: string): void {
  expect(head.replaceAll("\r\n", "\n")).toMatch(/^[\t\n\x20-\x7e]*$/);
  expect(head).not.toMatch(/^bcc:/im);
}
