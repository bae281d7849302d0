import type { Language } from "../../core/view/format.ts";
import type { AdminChannel, Channel } from "../channel.ts";
import type { MailSender } from "./send.ts";

/** Tells a monitor's recipients by mail. Templates and renderer are loaded with the first telling. */
export function createEmailChannel(options: { readonly sender: MailSender; readonly rows: number }): Channel {
  return {
    name: "email",
    tell: async (telling, log) => {
      const { renderReportMail } = await import("./report-mail.ts");
      const mail = renderReportMail(telling, { rows: options.rows });
      return options.sender.send(mail, telling.recipients ?? telling.monitor.recipients, {
        log,
        ending: telling.ending,
      });
    },
  };
}

/** Tells the admins about trouble by mail. */
export function createAdminChannel(options: {
  readonly sender: MailSender;
  readonly recipients: readonly string[];
  readonly language: Language;
  readonly timezone: string;
}): AdminChannel {
  return {
    name: "email",
    tell: async (notice, log) => {
      const { renderAdminMail } = await import("./admin-mail.ts");
      return options.sender.send(renderAdminMail(notice, options), options.recipients, { log, ending: notice.ending });
    },
  };
}
