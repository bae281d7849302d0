// Alerts: acknowledged and dismissed here as on the command line, by one commit on the state branch.

import type { Context, Hono } from "hono";
import { type Decision, decide } from "../app/manage/alerts.ts";
import { isDay } from "../core/schedule/days.ts";
import { localDate } from "../core/schedule/local-date.ts";
import { referenceWords } from "../core/text/reference-words.ts";
import { alertsPage } from "../pages/alerts.ts";
import { alertActions } from "../pages/ui/alert-actions.ts";
import { openCheckout } from "../wire/checkout.ts";
import { wire } from "../wire/run.ts";
import { type Shown, seen, sentForm, showing, type Ui } from "./context.ts";
import { refused } from "./refused.ts";

/** Adds them to the routes. */
export function addDecisions(app: Hono, ui: Ui): void {
  app.get(
    "/alerts",
    showing(ui, (shown) => pageOfAlerts(shown)),
  );
  app.post("/alerts", (context) => change(ui, context));
}

function pageOfAlerts({ overview, frame, terms, formToken }: Shown) {
  return alertsPage(overview, frame, { below: alertActions({ terms, formToken }), hint: terms.alertsHint });
}

async function change(ui: Ui, context: Context) {
  const form = await sentForm(context);
  const [shown, id, part] = [await seen(ui, context), form.get("list") ?? "", form.get("part") ?? ""];
  const list = shown.overview.lists.find((one) => one.id === id);
  const alert = shown.overview.alerts.find(
    (one) => one.list.id === id && one.alert.kind === form.get("kind") && referenceWords(one.alert.part) === part,
  );
  if (list === undefined || alert === undefined) return refused(context, shown, shown.terms.gone);
  const timezone = list.monitor?.timezone ?? shown.frame.dates.timezone;
  const decision = decisionOf(form, { by: await whoIsHere(ui), today: localDate(shown.now, timezone) });
  if (typeof decision === "string") return refused(context, shown, shown.terms[decision]);
  const wired = await wire({ ...ui.wiring, needs: { inventree: false, mail: "none" } });
  try {
    const { store, clock } = wired.deps;
    const decided = await decide({ store, id, part, alertKind: alert.alert.kind, decision, at: clock.now() });
    ui.live.forget();
    if (decided.kind === "refused") return refused(context, shown, decided.message);
    return context.redirect(backTo(form), 303);
  } finally {
    await wired.close();
  }
}

/** The page that showed it; none but ours. */
function backTo(form: URLSearchParams): string {
  const back = form.get("back") ?? "";
  return /^\/parts\/[\w.~%-]+\/\d+$/.test(back) ? back : "/alerts";
}

/** The name for the record: that of whoever works in this clone. */
export async function whoIsHere({ wiring: { root, env } }: Ui): Promise<string> {
  return (await openCheckout(root).describe()).email ?? env.USER ?? "somebody";
}

/** Or why there is none: the date is invalid or has passed, or no page of ours sends that. */
function decisionOf(
  form: URLSearchParams,
  { by, today }: { readonly by: string; readonly today: string },
): Decision | "dayOver" | "unknownAction" {
  const until = form.get("until") ?? "";
  switch (form.get("action")) {
    case "undo":
      return { kind: "undo", by };
    case "dismiss":
      if (until === "") return { kind: "dismiss", by };
      return isDay(until) && until >= today ? { kind: "dismiss", by, until } : "dayOver";
    case "acknowledge":
      return { kind: "acknowledge", by };
    default:
      return "unknownAction";
  }
}
