// Checks all lists of a folder as a dry run, in a process of its own, and says what that has used.
import { run } from "../../src/app/run/run.ts";
import { systemClock } from "../../src/system/clock.ts";
import { silentLog } from "../../src/system/log.ts";
import { keepMemorySmall } from "../../src/system/memory.ts";
import { wire } from "../../src/wire/run.ts";

keepMemorySmall();
const [root = "."] = process.argv.slice(2);
const began = performance.now();
const before = process.cpuUsage();
const clock = systemClock;
const wired = await wire({
  root,
  env: process.env,
  log: silentLog,
  clock,
  needs: { inventree: true, mail: "pretend" },
});
const result = await run(wired.deps, { which: { kind: "all" }, force: false, dryRun: true, now: clock.now() });
await wired.close();
const { user, system } = process.cpuUsage(before);
const reports = result.outcomes.flatMap((one) => (one.kind === "checked" ? [one.checked.report] : []));
process.send?.({
  checked: reports.length,
  lines: reports.reduce((sum, report) => sum + report.lines.length, 0),
  cpuMs: (user + system) / 1000,
  wallMs: performance.now() - began,
  calculationMs: result.times.calculation,
  heapMegabytes: process.memoryUsage().heapUsed / 1e6,
  megabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
});
process.disconnect?.();
