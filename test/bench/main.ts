// npm run bench: what Partwatch costs, beside what it could not cost less. Loopback only, ends by itself. Prints Markdown
// for docs/performance.md. `npm run bench -- reading` measures one part only. Ends with 1 if a bound of the part `load` breaks.
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { benchBundles } from "./bundle.ts";
import { benchBuying } from "./buying.ts";
import { benchCalculation } from "./calculation.ts";
import { benchColdStart } from "./cold-start.ts";
import { benchDashboard } from "./dashboard.ts";
import { benchLoad } from "./load.ts";
import { benchMonitors } from "./monitors.ts";
import { benchReading, benchReadingForNothing } from "./reading.ts";
import { benchReady } from "./ready.ts";
import { benchUi } from "./ui.ts";

const PARTS: Readonly<Record<string, () => Promise<string>>> = {
  bundles: benchBundles,
  start: benchColdStart,
  calculation: benchCalculation,
  ready: benchReady,
  monitors: benchMonitors,
  buying: benchBuying,
  reading: benchReading,
  "reading-for-nothing": benchReadingForNothing,
  dashboard: benchDashboard,
  ui: benchUi,
  load: benchLoad,
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}; there are: ${Object.keys(PARTS).join(", ")}`);
  process.exit(2);
}
const began = performance.now();
const { model = "an unknown processor" } = cpus()[0] ?? {};
const machine = `${availableParallelism()} cores of ${model.trim()}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
console.log(
  `Node ${process.version}, ${process.platform}, ${machine}, load ${(loadavg()[0] ?? 0).toFixed(1)} at the start.\n`,
);
for (const [name, measure] of Object.entries(PARTS)) {
  if (named.length > 0 && !named.includes(name)) continue;
  console.log(`${await measure()}\n`);
}
console.log(`Measured in ${((performance.now() - began) / 1000).toFixed(0)} s.`);
