import { createTransport } from "nodemailer";
import { type Addressing, type RenderedMail, sendMailOptions } from "./message.ts";

/** The mail as it would be handed over, byte for byte, to be opened in a mail program. */
export async function toEml(mail: RenderedMail, options: Addressing): Promise<string> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  const { message } = await composer.sendMail(sendMailOptions(mail, options));
  return message.toString();
}
