import { howManyFit } from "../../core/view/fitting.ts";
import type { Message, MessageRow } from "../../core/view/message.ts";
import { clip } from "../../core/view/plain-text.ts";
import type { Body } from "./body.ts";

/** Slack splits what is longer than 4,000 characters; others that take its format have limits above that. */
const MOST_CHARACTERS = 3_900;
const LONGEST_LINE = 600;

/**
 * A message in the format of Slack's incoming webhooks: one text, which Mattermost, Rocket.Chat and others understand too.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function slackBody(message: Message): Body {
  const title = `${message.status === "short" ? ":warning:" : ":white_check_mark:"} *${inBold(clip(message.title, 200))}*`;
  const head = [title, ...message.sentences.map((sentence) => unmentioned(escaped(clip(sentence, LONGEST_LINE))))];
  const links = message.links.map(({ text, href }) => `<${address(href)}|${escaped(text)}>`).join(" · ");
  const foot = links === "" || links.length > LONGEST_LINE * 2 ? [] : [links];
  const lines = message.rows.map(rowLine);
  const more = (shown: number) => (shown === lines.length ? [] : [escaped(message.more(lines.length - shown))]);
  const room = MOST_CHARACTERS - [...head, ...more(0), ...foot].join("\n").length;
  const shown = howManyFit(
    lines.map((line) => line.length + 1),
    room,
  );
  const text = [...head, ...lines.slice(0, shown), ...more(shown), ...foot].join("\n");
  return { text: JSON.stringify({ text }), headers: { "content-type": "application/json; charset=utf-8" } };
}

/** A name stands as code: nothing in it is bold, a link, or a mention of everybody. */
function rowLine({ sort, name, text }: MessageRow): string {
  const code = `\`${escaped(clip(name, 150).replaceAll("`", "'"))}\``;
  return sort === "" ? `• ${code} ${escaped(text)}` : `• ${escaped(sort)}: ${code} ${escaped(text)}`;
}

/** What would end the bold text, or begin another, is left out; an address becomes no link. */
function inBold(text: string): string {
  const plain = text
    .replace(/[*_~`]/g, " ")
    .replace(/ +/g, " ")
    .replace(/:(?=\/\/)/g, ":\u200b")
    .trim();
  return unmentioned(escaped(plain));
}

/** Slack's likes mention people, and everybody, without angle brackets. */
function unmentioned(text: string): string {
  return text.replace(/@(?=\w)/g, "@\u200b");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Already http(s); what would end the link is encoded. */
function address(href: string): string {
  return href.replace(/[<>|\s]/g, encodeURIComponent);
}
