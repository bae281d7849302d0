// The embedded InvenTree in a process of its own, so that its time and memory are not counted with ours.
import { startInventree } from "../../demo/inventree/server.ts";
import { catalogue, LARGE } from "./catalogue.ts";

let latencyMs = 0;
const server = await startInventree({ tables: catalogue(LARGE), latencyMs: () => latencyMs });
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
