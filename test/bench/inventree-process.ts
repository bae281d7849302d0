// The embedded InvenTree in a process of its own, so that its time and memory are not counted with ours.
// Arguments: how many parts and BOM lines its catalogue has; workers, if answers cost as much as a real one's.
import { startInventree } from "../../demo/inventree/server.ts";
import { catalogue } from "./catalogue.ts";

const [parts = 0, bomLines = 0, workers = 0] = process.argv.slice(2).map(Number);
let latencyMs = 0;
const server = await startInventree({
  tables: catalogue({ parts, bomLines }),
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
