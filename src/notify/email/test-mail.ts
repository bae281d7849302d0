import Mustache from "mustache";
import { wrapToWidth } from "../../core/text/text-width.ts";
import { formatFor, type Language } from "../../core/view/format.ts";
import { testMailTexts } from "../../core/view/texts/texts-test-mail.ts";
import { adminTemplate } from "./generated/admin.ts";
import { listId, noticeId, type RenderedMail } from "./message.ts";

const WIDTH = 78;
const STATUS_COLOR = "#17703a";

/** Makes the mail that proves that mails arrive; each is a conversation of its own. */
export function renderTestMail(options: {
  readonly repository: string;
  readonly at: Date;
  readonly language: Language;
  readonly timezone: string;
}): RenderedMail {
  const { repository, at, language, timezone } = options;
  const { subject, status, title, lines, once } = testMailTexts(language);
  const time = formatFor({ language, timezone }).instant(at);
  const text = [title, time, "", ...lines, "", "--", once].flatMap((line) =>
    line === "" ? [""] : wrapToWidth(line, WIDTH),
  );
  return {
    subject,
    html: Mustache.render(adminTemplate, {
      language,
      subject,
      preheader: lines[0] ?? "",
      statusWords: status,
      statusColor: STATUS_COLOR,
      title,
      times: [{ text: time }],
      parts: [{ title: repository, lines: lines.map((line) => ({ text: line })) }],
      run: false,
      once,
    }),
    text: `${text.join("\n")}\n`,
    messageId: noticeId({ repository, key: "test-mail", since: at, kind: "opened" }),
    references: [],
    date: at,
    headers: { "Auto-Submitted": "auto-generated", "List-Id": `<${listId({ repository, monitor: "admins" })}>` },
    attachments: [],
  };
}
