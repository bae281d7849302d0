// What is set up, and whether it works. No value of any setting is on the page.
import type { Hono } from "hono";
import { maskedText } from "../app/dashboard/public-text.ts";
import { doctor } from "../app/doctor/doctor.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import { VARIABLES } from "../core/settings/variables.ts";
import { settingsPage } from "../pages/ui/settings.ts";
import { wireDoctor } from "../wire/doctor.ts";
import { settingSources } from "../wire/live.ts";
import { seen, sentForm, showing, type Ui } from "./context.ts";

/** Adds it to the routes. */
export function addSettings(app: Hono, ui: Ui): void {
  let found: { readonly at: Date; readonly diagnoses: readonly Diagnosis[] } | null = null;
  app.get(
    "/settings",
    showing(ui, async (shown) => {
      const { config } = shown.read;
      const named = [
        ...config.instances.flatMap(({ urlEnv, tokenEnv }) => [urlEnv, tokenEnv]),
        ...shown.read.monitors.flatMap(({ channels }) => channels.webhook.url_env ?? []),
      ];
      const names = [...new Set([...VARIABLES, ...named])];
      return settingsPage({ ...shown, settings: await settingSources(ui.wiring, names), found });
    }),
  );
  app.post("/settings", async (context) => {
    await sentForm(context);
    const { now, secrets } = await seen(ui, context);
    const wired = await wireDoctor({ ...ui.wiring, now });
    try {
      const diagnoses = await doctor(wired.deps, { now, sendTestMail: false });
      const clean = (text: string) => maskedText(text, secrets);
      found = {
        at: ui.wiring.clock.now(),
        diagnoses: diagnoses.map((one) => ({
          ...one,
          message: clean(one.message),
          fix: one.fix === null ? null : clean(one.fix),
        })),
      };
    } finally {
      await wired.close();
    }
    return context.redirect("/settings", 303);
  });
}
