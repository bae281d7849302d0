import { createHash } from "node:crypto";
import type { SendMailOptions } from "nodemailer";
import type { MailServer } from "../../core/settings/mail-server.ts";
import { plainText } from "../../core/view/plain-text.ts";
import type { RenderedMail } from "./mail.ts";

/** A mail as nodemailer takes it. Same mail, same bytes: nothing in it is left to chance. */
export function messageOf(
  mail: RenderedMail,
  of: { readonly from: Pick<MailServer, "sender" | "senderName">; readonly to: readonly string[] },
): SendMailOptions {
  const answers = mail.references.at(-1);
  return {
    from: { name: plainText(of.from.senderName), address: of.from.sender },
    to: of.to.map((address) => ({ name: "", address })),
    // The envelope names the addresses as they are: nothing is taken out of a display name.
    envelope: { from: of.from.sender, to: [...of.to] },
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
