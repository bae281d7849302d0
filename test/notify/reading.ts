import PostalMime, { type Email } from "postal-mime";
import type { Notification } from "../../src/notify/channel.ts";
import { toEml } from "../../src/notify/email/eml.ts";
import { type ReportMail, renderReportMail } from "../../src/notify/email/report-mail.ts";
import { notification } from "./fixtures.ts";

export const FROM = { sender: "partwatch@example.com", senderName: "Partwatch" };
/** The mail of the example telling, with what differs. */
export function render(changes: Partial<Notification> = {}, rows = 50): ReportMail {
  return renderReportMail(notification(changes), { rows });
}

/** The same mail as a mail program reads it. */
export async function received(changes: Partial<Notification> = {}): Promise<Email> {
  const eml = await toEml(render(changes), { from: FROM, to: ["stock@example.com", "purchasing@example.com"] });
  return PostalMime.parse(eml, { attachmentEncoding: "arraybuffer" });
}

export function header(mail: Email, key: string): string | undefined {
  return mail.headers.find((one) => one.key === key)?.value;
}

/** The words that a reader of the HTML sees. */
export function visible(html: string): string {
  return html
    .replace(/<(style|head)[\s\S]*?<\/\1>/g, " ")
    .replace(/<!--[\s\S]*?-->/g, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&#x2F;/g, "/")
    .replace(/&#x3D;/g, "=")
    .replace(/&#x60;/g, "`")
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");
}
