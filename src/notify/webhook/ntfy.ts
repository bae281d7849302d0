import { clip } from "../../core/text/plain-text.ts";
import { fitCount, type Message, type MessageRow } from "../../core/view/message.ts";
import type { Body } from "./post.ts";

/** ntfy turns longer messages into attachments: 4,096 bytes. */
const MOST_BYTES = 4_000;
const LONGEST_LINE = 300;
const LONGEST_LINE_BYTES = 900;

/** A notification for ntfy, to be posted to the address of its topic: plain text, title and the rest in headers. */
export function ntfyBody(message: Message): Body {
  const head = message.sentences.map(clippedLine);
  const lines = message.rows.map(rowLine);
  const more = (shown: number) => (shown === lines.length ? [] : [message.more(lines.length - shown)]);
  const room = MOST_BYTES - bytes([...head, ...more(0)].join("\n"));
  const shown = fitCount(
    lines.map((line) => bytes(line) + 1),
    room,
  );
  const text = [...head, ...lines.slice(0, shown), ...more(shown)].join("\n");
  const [link] = message.links;
  return {
    text,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      title: encodedWords(clip(message.title, 120)),
      tags: message.status === "short" ? "warning" : "white_check_mark",
      priority: message.status === "short" ? "high" : "default",
      ...(link === undefined || !/^[\x21-\x7e]+$/.test(link.href) ? {} : { click: link.href }),
    },
  };
}

/** A character may have many bytes. */
function clippedLine(text: string): string {
  let most = LONGEST_LINE;
  while (bytes(clip(text, most)) > LONGEST_LINE_BYTES) most = Math.floor(most / 2);
  return clip(text, most);
}

function rowLine({ sort, name, text }: MessageRow): string {
  const line = `${clip(name, 120)}: ${text}`;
  return `- ${sort === "" ? line : `${sort}: ${line}`}`;
}

/** A header value: as it is, or where it has other than ASCII letters as RFC 2047 has it, no word over 75 characters. */
function encodedWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes("=?")) return text;
  const words: string[] = [];
  let word = "";
  for (const character of text) {
    if (bytes(word + character) > 45) {
      words.push(word);
      word = "";
    }
    word += character;
  }
  return [...words, word].map((one) => `=?UTF-8?B?${Buffer.from(one, "utf8").toString("base64")}?=`).join(" ");
}

function bytes(text: string): number {
  return Buffer.byteLength(text, "utf8");
}
