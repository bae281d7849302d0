// The mail that a list would send now: made on request, shown in a frame that may do nothing, as files to keep.
import type { Context, Hono } from "hono";
import { preview } from "../app/preview/preview.ts";
import { MAIL_SHOWN, mailPage } from "../pages/ui/mail.ts";
import { wire } from "../wire/run.ts";
import { type Shown, seen, showing, type Ui } from "./context.ts";
import { inScheme, MAIL_POLICY, schemeOf } from "./mail-frame.ts";
import { toldBy } from "./told.ts";

const TYPES = {
  html: "text/html; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  eml: "message/rfc822",
} as const;

type Files = Readonly<Record<keyof typeof TYPES, string>>;

interface Made {
  readonly files: Files;
  readonly told: readonly string[];
  readonly at: Date;
}

const KEPT = 20;

/** Adds them to the routes. */
export function addMails(app: Hono, ui: Ui): void {
  const made = new Map<string, Made>();
  app.get(
    "/lists/:id/mail",
    showing(ui, async (shown, { req }) => {
      const id = req.param("id") ?? "";
      const as = MAIL_SHOWN.find((way) => way === req.query("as"));
      // Another look at the same mail is no other mail.
      const one = (as === undefined ? undefined : made.get(id)) ?? (await make(ui, { shown, id }));
      if (one === undefined) return undefined;
      made.delete(id);
      made.set(id, one);
      for (const old of [...made.keys()].slice(0, -KEPT)) made.delete(old);
      const list = shown.read.monitors.find((monitor) => monitor.id === id);
      return mailPage({ ...shown, id, name: list?.name ?? id, told: one.told, at: one.at, as: as ?? "html" });
    }),
  );
  app.get("/lists/:id/mail/:file", async (context) => {
    const ending = endingOf(context.req.param("file"));
    const id = context.req.param("id");
    if (ending === undefined) return context.notFound();
    const one = made.get(id) ?? (await make(ui, { shown: await seen(ui, context), id }));
    if (one === undefined) return context.notFound();
    const scheme = schemeOf(context.req.query("scheme"));
    const files = scheme === undefined ? one.files : { ...one.files, html: inScheme(one.files.html, scheme) };
    return fileOf(context, { files, ending });
  });
}

function endingOf(file: string): keyof Files | undefined {
  return (["html", "txt", "csv", "eml"] as const).find((ending) => file === `mail.${ending}`);
}

function fileOf(
  context: Context,
  { files, ending }: { readonly files: Files; readonly ending: keyof Files },
): Response {
  const shown = ending === "html" || ending === "txt";
  return context.body(files[ending], 200, {
    "content-type": TYPES[ending],
    "content-security-policy": MAIL_POLICY,
    ...(shown ? {} : { "content-disposition": `attachment; filename="mail.${ending}"` }),
  });
}

/** undefined: there is no such list that can be used. Throws FailureError where InvenTree cannot be read. */
async function make(ui: Ui, { shown, id }: { readonly shown: Shown; readonly id: string }): Promise<Made | undefined> {
  const monitor = shown.read.monitors.find((one) => one.id === id);
  if (monitor === undefined) return undefined;
  const wired = await wire({ ...ui.wiring, needs: { inventree: false, mail: "pretend" } });
  try {
    const result = await preview({ deps: wired.deps, monitor, now: shown.now });
    return { files: await wired.mailFiles(result.notification), told: toldBy(result), at: shown.now };
  } finally {
    await wired.close();
  }
}
