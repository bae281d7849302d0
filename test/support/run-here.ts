// The program's own run in the test's process, with everything of its own but the process: many of them at once are rivals for
// one clone, through the gits that each of them starts, and cost a third of as many processes.
import { run } from "../../src/app/run/run.ts";
import type { MonitorSelection } from "../../src/app/run/run-request.ts";
import { systemClock } from "../../src/system/clock.ts";
import { silentLog } from "../../src/system/log.ts";
import { type WireOptions, wire } from "../../src/wire/run.ts";

export interface RunHere extends Pick<WireOptions, "root" | "env" | "github"> {
  readonly which: MonitorSelection;
  readonly now: Date;
  readonly takeOver?: boolean;
}

/** What has failed in it. */
export async function runHere({ which, now, takeOver = false, ...where }: RunHere): Promise<readonly string[]> {
  const wired = await wire({ ...where, log: silentLog, clock: systemClock, needs: { inventree: true, mail: "send" } });
  try {
    return (await run(wired.deps, { which, force: false, dryRun: false, takeOver, now })).failures;
  } finally {
    await wired.close();
  }
}
