import { createTransport } from "nodemailer";
import type { MailServer } from "../../core/settings/mail-server.ts";
import type { RenderedMail } from "./mail.ts";
import { messageOf } from "./message.ts";

/** The mail as it would be handed over, byte for byte, to be opened in a mail program. */
export async function toEml(
  mail: RenderedMail,
  of: { readonly from: Pick<MailServer, "sender" | "senderName">; readonly to: readonly string[] },
): Promise<string> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  const { message } = await composer.sendMail(messageOf(mail, of));
  return message.toString();
}
