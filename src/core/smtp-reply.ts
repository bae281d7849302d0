// The subject of a mail server's refusal. The first digit only says whether it is temporary; the enhanced code
// (RFC 3463) says what it is about, and so how to fix it. Pure.

/**
 * address: this mailbox does not exist. room: it is full. recipients: too many in one message. permission: not allowed.
 * dialogue: the greeting or a command. routing: the way to the mailbox. sender: who it is from. other: the message, the system.
 */
export type ReplySubject =
  | "address"
  | "room"
  | "recipients"
  | "permission"
  | "dialogue"
  | "routing"
  | "sender"
  | "other";

/** Some servers put a # before the enhanced code; a reply of several lines has a hyphen after the number. */
const CODES = /^\s*([2-5]\d\d)(?:[ -]+#?([245]\.\d{1,3}\.\d{1,3})(?!\d))?/;

/** `5.7.1`; undefined if the server sends none. */
export function enhancedCode(reply: string): string | undefined {
  return CODES.exec(reply)?.[2];
}

/** By the enhanced code; without one by the text, in the usual words of mail servers. */
export function replySubject(reply: string): ReplySubject {
  const [, status = "", code] = CODES.exec(reply) ?? [];
  return (code === undefined ? undefined : byCode(code.slice(2))) ?? byWords(status, reply);
}

/** The reply without the address in it: the same for everybody who is refused for the same reason. */
export function replyPattern(reply: string, address: string): string {
  const code = enhancedCode(reply);
  if (code !== undefined) return `${reply.slice(0, 3)} ${code}`;
  const domain = address.slice(address.lastIndexOf("@") + 1);
  const names = [address, address.slice(0, address.lastIndexOf("@")), domain].filter((name) => name.length > 1);
  return names.reduce((text, name) => text.replaceAll(name.toLowerCase(), "…"), reply.toLowerCase());
}

function byCode(code: string): ReplySubject | undefined {
  if (code === "1.7" || code === "1.8") return "sender";
  if (code.startsWith("1.") || code === "2.1") return "address";
  if (code === "2.2") return "room";
  if (code === "5.3") return "recipients";
  if (code.startsWith("5.")) return "dialogue";
  if (code.startsWith("4.")) return "routing";
  if (code.startsWith("7.")) return "permission";
  // x.0.0 means nothing: the text does.
  return code.startsWith("0.") ? undefined : "other";
}

const WORDS: readonly (readonly [ReplySubject, RegExp])[] = [
  ["recipients", /too many (?:recipients|rcpt)|(?:max\w*|limit)\b.*\brecipients|recipients?\b.*\b(?:limit|exceeded)/i],
  ["room", /over ?quota|quota exceeded|exceeded.*(?:quota|storage)|mailbox (?:is )?full|insufficient.*storage/i],
  ["dialogue", /\b[eh][eh]lo\b|fully.qualified|bad sequence|syntax error/i],
  ["permission", /relay|not permitted|not allowed|not authorized|authentication required|access denied|blocked|polic/i],
  ["address", /unknown|no such|does not exist|no mailbox|invalid|unavailable|disabled|not found/i],
];

function byWords(status: string, reply: string): ReplySubject {
  const found = WORDS.find(([, pattern]) => pattern.test(reply));
  if (found !== undefined) return found[0];
  // RFC 5321, 4.2.3: storage; a mailbox.
  if (status === "552" || status === "452") return "room";
  if (status === "550" || status === "551" || status === "553") return "address";
  if (/^50\d$/.test(status)) return "dialogue";
  return "other";
}
