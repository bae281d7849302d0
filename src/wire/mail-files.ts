// Mails as files: what would be sent. The code for a mail's parts is loaded only if one is made.
import type { Config } from "../core/settings/config.ts";
import type { MailServer } from "../core/settings/mail-settings.ts";
import type { Notification } from "../notify/channel.ts";
import type { RenderedMail } from "../notify/email/message.ts";

export interface MailFilesOptions {
  readonly from: Pick<MailServer, "sender" | "senderName">;
  readonly mail: Config["mail"];
  /** Of report mails, compiled; absent: the built-in one. */
  readonly template: string | undefined;
}

/** By file ending. */
export type MailFiles = Readonly<Record<"html" | "txt" | "csv" | "eml", string>>;

/** The mail of one list. */
export async function mailFiles(notification: Notification, options: MailFilesOptions): Promise<MailFiles> {
  const { renderReportMail } = await import("../notify/email/report-mail.ts");
  const mail = renderReportMail(notification, { rows: options.mail.rows, template: options.template });
  return { ...(await filesOf(mail, { to: notification.monitor.recipients, options })), csv: mail.csv };
}

/** The mail of several lists for the same people; each CSV is attached to the message. */
export async function sharedMailFiles(
  notifications: readonly [Notification, ...Notification[]],
  options: MailFilesOptions,
): Promise<Omit<MailFiles, "csv">> {
  const { renderSharedMail } = await import("../notify/email/shared-mail.ts");
  const mail = renderSharedMail(notifications, { rows: options.mail.rows });
  return filesOf(mail, { to: notifications[0].monitor.recipients, options });
}

async function filesOf(
  mail: RenderedMail,
  { to, options }: { readonly to: readonly string[]; readonly options: MailFilesOptions },
): Promise<Omit<MailFiles, "csv">> {
  const { toEml } = await import("../notify/email/eml.ts");
  const mode = options.mail.recipients;
  const eml = await toEml(mail, { from: options.from, to: mode === "each" ? to.slice(0, 1) : to, mode });
  return { html: mail.html, txt: mail.text, eml };
}
