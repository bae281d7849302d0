import type { Monitor } from "../../core/monitor.ts";
import { defined } from "../../core/records.ts";
import type { Language } from "../../core/view/format.ts";
import type { AdminChannel, Channel, SharedChannel } from "../channel.ts";
import type { RecipientsMode } from "./message.ts";
import type { MailSender } from "./send.ts";

/** Many mails go out side by side; mail servers take so many connections of one client without complaint. */
const MOST_CONNECTIONS = 3;

/** Notifies a monitor's recipients by mail. Templates and renderer are loaded with the first notification. */
export function createEmailChannel(options: {
  readonly sender: MailSender;
  readonly rows: number;
  /** Somebody's own, compiled; absent: the built-in one. */
  readonly template?: string | undefined;
  /** Absent: together. */
  readonly recipients?: RecipientsMode;
  /** Which lists for the same people share a mail, in the built-in template; absent: each has its own. */
  readonly combine?: "all" | "digest" | undefined;
}): Channel {
  return {
    name: "email",
    atOnce: MOST_CONNECTIONS,
    ...(options.combine === undefined ? {} : { together: sharedBy({ ...options, combine: options.combine }) }),
    notify: async (notification, log) => {
      const { renderReportMail } = await import("./report-mail.ts");
      const mail = renderReportMail(notification, { rows: options.rows, template: options.template });
      return options.sender.send(mail, notification.recipients ?? notification.monitor.recipients, {
        log,
        ...defined({ mode: options.recipients }),
        ending: notification.ending,
      });
    },
  };
}

/** Whether a list's mail may be one of several lists. */
export function isShared({ notify_condition: condition }: Monitor, combine: "all" | "digest"): boolean {
  return combine === "all" || condition === "digest";
}

function sharedBy(
  options: Parameters<typeof createEmailChannel>[0] & { readonly combine: "all" | "digest" },
): SharedChannel {
  return {
    takes: (monitor) => isShared(monitor, options.combine),
    notify: async (notifications, log) => {
      const [first, ...others] = notifications;
      if (first === undefined) throw new Error("A mail of no list.");
      const { renderSharedMail } = await import("./shared-mail.ts");
      const mail = renderSharedMail([first, ...others], { rows: options.rows });
      return options.sender.send(mail, first.recipients ?? first.monitor.recipients, {
        log,
        ...defined({ mode: options.recipients }),
        ending: first.ending,
      });
    },
  };
}

/** Notifies the admins about incidents by mail. */
export function createAdminChannel(options: {
  readonly sender: MailSender;
  readonly recipients: readonly string[];
  readonly language: Language;
  readonly timezone: string;
}): AdminChannel {
  return {
    name: "email",
    notify: async (notice, log) => {
      const { renderAdminMail } = await import("./admin-mail.ts");
      return options.sender.send(renderAdminMail(notice, options), options.recipients, { log, ending: notice.ending });
    },
  };
}
