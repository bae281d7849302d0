// The embedded InvenTree in a process of its own, so that its time and memory are not counted with ours.
// Arguments: how many parts and BOM lines its catalogue has; workers, if answers cost as much as a real one's; what is offered.
import { startInventree } from "../../demo/inventree/server.ts";
import { catalogue, withoutOrders, withPrices } from "./catalogue.ts";

const [parts = 0, bomLines = 0, workers = 0] = process.argv.slice(2, 5).map(Number);
const kind = process.argv[5];
const whole = catalogue({ parts, bomLines });
let latencyMs = 0;
const server = await startInventree({
  tables: kind === "unsold" ? withoutOrders(whole) : kind === "priced" ? withPrices(whole) : whole,
  latencyMs: () => latencyMs,
  ...(workers > 0 ? { costs: { workers, factor: 1 } } : {}),
});
process.on("message", (message) => {
  if (typeof message === "number") latencyMs = message;
  if (message === "requests") {
    process.send?.(server.requests().map(({ path }) => path));
    server.forgetRequests();
    return;
  }
  process.send?.("done");
});
process.on("disconnect", () => process.exit());
process.send?.(server.url);
