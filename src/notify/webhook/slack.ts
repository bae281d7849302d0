import { own } from "../../core/records.ts";
import { jsonText } from "../../core/text/foreign-text.ts";
import { clip } from "../../core/text/plain-text.ts";
import { fitCount, type Message, type MessageRow } from "../../core/view/message.ts";
import type { Body } from "./post.ts";

/** Slack splits what is longer than 4,000 characters; others that take its format have limits above that. */
const MOST_CHARACTERS = 3_900;
const LONGEST_LINE = 600;

/**
 * A message in the format of Slack's incoming webhooks: one text, which Mattermost, Rocket.Chat and others understand too.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function slackBody(message: Message): Body {
  const title = `${message.status === "short" ? ":warning:" : ":white_check_mark:"} *${inBold(clip(message.title, 200))}*`;
  const head = [title, ...message.sentences.map((sentence) => plain(clip(sentence, LONGEST_LINE)))];
  const links = message.links.map(({ text, href }) => `<${address(href)}|${plain(text)}>`).join(" · ");
  const foot = links === "" || links.length > LONGEST_LINE * 2 ? [] : [links];
  const lines = message.rows.map(rowLine);
  const more = (shown: number) => (shown === lines.length ? [] : [plain(message.more(lines.length - shown))]);
  const room = MOST_CHARACTERS - [...head, ...more(0), ...foot].join("\n").length;
  const shown = fitCount(
    lines.map((line) => line.length + 1),
    room,
  );
  const text = [...head, ...lines.slice(0, shown), ...more(shown), ...foot].join("\n");
  return { text: jsonText({ text }), headers: { "content-type": "application/json; charset=utf-8" } };
}

/** A name stands as code: nothing in it is bold, a link, or a mention of everybody. A quantity's unit is foreign, too. */
function rowLine({ sort, name, text }: MessageRow): string {
  const code = `\`${escaped(clip(name, 150).replaceAll("`", "'"))}\``;
  return sort === "" ? `• ${code} ${plain(text)}` : `• ${plain(sort)}: ${code} ${plain(text)}`;
}

/** What would end the bold text, or begin another, is left out. */
function inBold(text: string): string {
  return plain(
    text
      .replace(/[*_~`]/g, " ")
      .replace(/ +/g, " ")
      .trim(),
  );
}

/**
 * Foreign text outside of code. Slack knows no way to escape what makes text bold, struck out or code: signs that look alike
 * take its place. No address becomes a link; its likes mention people without angle brackets, and link as Markdown does.
 */
function plain(text: string): string {
  const unmarked = text
    .replace(/[`*~]/g, (sign) => own(LOOKS_LIKE, sign) ?? sign)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\uff3f");
  return escaped(unmarked.replace(/:(?=\/\/)|@(?=\w)|\](?=\()/g, "$&\u200b"));
}

const LOOKS_LIKE: Readonly<Record<string, string>> = { "`": "'", "*": "\u2217", "~": "\u223c" };

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Already http(s); what would end the link is encoded. */
function address(href: string): string {
  return href.replace(/[<>|\s]/g, encodeURIComponent);
}
