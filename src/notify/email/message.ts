import { createHash } from "node:crypto";
import type { SendMailOptions } from "nodemailer";
import type { Config } from "../../core/settings/config.ts";
import type { MailServer } from "../../core/settings/mail-settings.ts";
import { plainText } from "../../core/text/plain-text.ts";

/** How the recipients of one mail stand in it: all see each other, nobody sees the others, or each gets one of their own. */
export type RecipientsMode = Config["mail"]["recipients"];

export interface Addressing {
  readonly from: Pick<MailServer, "sender" | "senderName">;
  readonly to: readonly string[];
  /** Absent: together. */
  readonly mode?: RecipientsMode;
}

/** A mail as nodemailer takes it. Same mail, same bytes: nothing in it is left to chance. */
export function sendMailOptions(mail: RenderedMail, options: Addressing): SendMailOptions {
  const answers = mail.references.at(-1);
  return {
    from: { name: plainText(options.from.senderName), address: options.from.sender },
    ...(options.mode === "bcc"
      ? // RFC 5322, 3.4: a group without members. A mail without To is taken for junk.
        { to: "undisclosed-recipients:;" }
      : { to: options.to.map((address) => ({ name: "", address })) }),
    // The envelope names the addresses as they are: nothing is taken out of a display name.
    envelope: { from: options.from.sender, to: [...options.to] },
    subject: plainText(mail.subject),
    messageId: mail.messageId,
    date: mail.date,
    headers: { ...mail.headers },
    ...(answers === undefined ? {} : { inReplyTo: answers, references: [...mail.references] }),
    html: mail.html,
    text: mail.text,
    attachments: mail.attachments.map((attachment) => ({
      filename: attachment.filename,
      contentType: attachment.contentType,
      content: Buffer.from(attachment.content, "utf8"),
    })),
    baseBoundary: createHash("sha256").update(mail.messageId).digest("hex").slice(0, 16),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** A mail, ready to be handed over: everything but who it is from and to. */
export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** With angle brackets. */
  readonly messageId: string;
  /** With angle brackets; the last one is what it answers. */
  readonly references: readonly string[];
  readonly date: Date;
  /** Beside Subject, Message-ID, References, In-Reply-To and Date. */
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly Attachment[];
}

export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: string;
}

// RFC 5322 3.6.4: an id is `<left@right>`, both dot-atoms. Whatever a folder or a monitor is called must fit in, and two
// different names must never give the same id: all but letters, digits, `-`, `_` and single dots inside become `=XX`.

const LONGEST = 120;

/** The id of a notification: the same when it is repeated after a crash, and never that of a later one. */
export function notificationId(options: {
  readonly repository: string;
  readonly monitor: string;
  readonly seq: number;
  readonly hash: string;
  /** Random, once per list: one that is deleted and made again repeats no id. */
  readonly born?: string | undefined;
}): string {
  return `<${atom(options.monitor)}.${options.seq}.${atom(options.hash.slice(0, 16))}${bornWord(options.born)}@${domain(options.repository)}>`;
}

/** The id that all mails of an episode refer to, so that mail programs show them as one conversation. */
export function episodeId(options: {
  readonly repository: string;
  readonly monitor: string;
  readonly episode: number;
  readonly born?: string | undefined;
}): string {
  return `<${atom(options.monitor)}.episode-${options.episode}${bornWord(options.born)}@${domain(options.repository)}>`;
}

/** What stands where a list's name would: no list is called so, as a `+` in a name becomes `=2B`. */
const SHARED = "+lists";

/** The id of a mail of several lists: the same when it is repeated for the same lists, and never that of another. */
export function sharedId(
  repository: string,
  lists: readonly { readonly monitor: string; readonly seq: number; readonly hash: string; readonly born?: string }[],
): string {
  const words = lists.map(({ monitor, seq, hash, born = "" }) => JSON.stringify([monitor, seq, hash, born]));
  return `<${SHARED}.${digestOf(words.sort().join(" "))}@${domain(repository)}>`;
}

/** The id that all mails of several lists to the same people refer to within a week (`2026-W48`). */
export function weekId(options: {
  readonly repository: string;
  readonly week: string;
  readonly audience: string;
}): string {
  return `<${SHARED}.${options.week}.${digestOf(options.audience).slice(0, 16)}@${domain(options.repository)}>`;
}

/** RFC 2919, for mails of several lists. */
export function sharedListId(repository: string): string {
  return `${SHARED}.${domain(repository)}`;
}

/** The id of an admin notice; that of the beginning is the root of its conversation. */
export function noticeId(options: {
  readonly repository: string;
  readonly key: string;
  readonly since: Date;
  readonly kind: "opened" | "resolved";
  /** Number among the notices of this incident. */
  readonly seq?: number | undefined;
}): string {
  const since = Math.floor(options.since.getTime() / 1000);
  const number = options.seq === undefined || options.seq === 1 ? "" : `.${options.seq}`;
  return `<trouble.${atom(options.key)}.${since}.${options.kind}${number}@${domain(options.repository)}>`;
}

/** RFC 2919: names the list in List-Id, without angle brackets. */
export function listId(options: { readonly repository: string; readonly monitor: string }): string {
  return `${atom(options.monitor)}.${domain(options.repository)}`;
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

function bornWord(born: string | undefined): string {
  return born === undefined ? "" : `.${atom(born)}`;
}

/** `owner/name` as `name.owner.partwatch`. */
function domain(repository: string): string {
  return `${repository.split("/").reverse().map(atom).join(".")}.partwatch`;
}

function atom(text: string): string {
  const escaped = text.replace(/[^A-Za-z0-9_.-]|^\.|\.$|\.(?=\.)/gu, hexadecimal);
  if (escaped === "") return "=";
  if (escaped.length <= LONGEST) return escaped;
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 16);
  return `${escaped.slice(0, LONGEST - 17).replace(/[.=][0-9A-F]{0,2}$/, "")}-${digest}`;
}

function hexadecimal(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}
