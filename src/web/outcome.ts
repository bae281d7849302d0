import { maskedText } from "../app/dashboard/public-text.ts";
import { preview } from "../app/preview/preview.ts";
import { failureOf } from "../core/failure.ts";
import type { Monitor } from "../core/monitor.ts";
import { own } from "../core/records.ts";
import type { ListOutcome } from "../pages/ui/effect.ts";
import { wire } from "../wire/run.ts";
import type { Shown, Ui } from "./context.ts";
import { toldBy } from "./told.ts";

/** Nobody looks at a page for longer. */
const TIMEOUT_MS = 15_000;

/** What a list that is not written yet comes to at this moment. Nobody is notified, and nothing is recorded. */
export async function outcomeNow(ui: Ui, shown: Shown, monitor: Monitor): Promise<ListOutcome> {
  const late = ui.wiring.clock
    .sleep(TIMEOUT_MS)
    .then((): ListOutcome => ({ kind: "unknown", message: shown.terms.noAnswer }));
  return Promise.race([known(ui, shown, monitor), late]);
}

async function known(ui: Ui, { state, now, secrets }: Shown, monitor: Monitor): Promise<ListOutcome> {
  try {
    const wired = await wire({ ...ui.wiring, needs: { inventree: false, mail: "pretend" } });
    try {
      const { report, channels } = await preview({ deps: wired.deps, monitor, now });
      const before = own(state.reports, monitor.id);
      const was = new Set(before?.lines.filter(({ missing }) => missing > 0).map(({ pk }) => pk));
      const added = report.lines.filter(({ pk, missing }) => missing > 0 && !was.has(pk)).map(({ name }) => name);
      return {
        kind: "known",
        short: report.summary.short,
        before: own(state.runs, monitor.id)?.result?.short ?? null,
        added: before === undefined ? [] : added,
        told: toldBy({ channels, monitor }),
      };
    } finally {
      await wired.close();
    }
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === "bug") throw error;
    return { kind: "unknown", message: maskedText(failure.message, secrets) };
  }
}
