import type { EmbeddedInventree } from "../../demo/inventree/server.ts";
import type { Snapshot } from "../../src/core/calculation/snapshot.ts";
import { snapshotRequest } from "../../src/core/calculation/snapshot-request.ts";
import { DEFAULT_POLICY, type ListEntry } from "../../src/core/monitor.ts";
import { createClient } from "../../src/inventree/client.ts";
import { readSnapshot } from "../../src/inventree/snapshot.ts";
import { systemClock } from "../../src/system/clock.ts";
import { silentLog } from "../../src/system/log.ts";

/** What Partwatch reads from this server for a list, with the default policy. */
export async function snapshotFrom(inventree: EmbeddedInventree, parts: readonly ListEntry[]): Promise<Snapshot> {
  const client = createClient({
    url: inventree.url,
    token: inventree.token,
    clock: systemClock,
    log: silentLog,
    limits: { maxConcurrency: 2, maxRequests: 50, requestTimeoutMs: 10_000, timeBudgetMs: 30_000, pageSize: 500 },
  });
  const need = snapshotRequest([{ parts, watch: [], policy: DEFAULT_POLICY, silences: [] }]);
  try {
    return await readSnapshot({ client, need, log: silentLog, clock: systemClock });
  } finally {
    await client.close();
  }
}
