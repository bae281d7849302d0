// Every kind of mail, with invented figures: so that nobody has to wait for an occasion to see one.
import type { Hono } from "hono";
import { MAIL_KINDS, type MailKind, sampleMail } from "../app/mail-samples/samples.ts";
import type { Language } from "../core/view/format.ts";
import { galleryPage, SCHEMES } from "../pages/ui/gallery.ts";
import { readTemplate } from "../wire/template.ts";
import { type Shown, seen, showing, type Ui } from "./context.ts";
import { inScheme, MAIL_POLICY, type Scheme } from "./mail-frame.ts";

const LANGUAGES: readonly Language[] = ["en", "de"];

/** Adds it to the routes. */
export function addGallery(app: Hono, ui: Ui): void {
  /** Compiled once for all frames of a page. */
  let template: ReturnType<typeof readTemplate> | undefined;
  app.get(
    "/mails",
    showing(ui, async (shown) => {
      template = readTemplate(ui.wiring.root, shown.read.config);
      return galleryPage({ ...shown, kinds: MAIL_KINDS, languages: LANGUAGES, problems: (await template).problems });
    }),
  );
  app.get("/mails/:file", async (context) => {
    const asked = askedFor(context.req.param("file"));
    if (asked === undefined) return context.notFound();
    const shown = await seen(ui, context);
    template ??= readTemplate(ui.wiring.root, shown.read.config);
    const { html } = await template;
    const mail = sampleMail(asked.kind, { ...optionsOf(shown), language: asked.language, template: html });
    return context.body(inScheme(mail.html, asked.scheme), 200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": MAIL_POLICY,
    });
  });
}

function optionsOf({ read: { config } }: Shown) {
  return { timezone: config.monitorDefaults.timezone, rows: config.mail.rows };
}

/** `first-en-dark.html`. */
function askedFor(
  file: string,
): { readonly kind: MailKind; readonly language: Language; readonly scheme: Scheme } | undefined {
  for (const kind of MAIL_KINDS)
    for (const language of LANGUAGES)
      for (const scheme of SCHEMES)
        if (file === `${kind}-${language}-${scheme}.html`) return { kind, language, scheme };
  return undefined;
}
