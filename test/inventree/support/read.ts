import type { Snapshot } from "../../../src/core/calculation/snapshot.ts";
import { snapshotRequest } from "../../../src/core/calculation/snapshot-request.ts";
import { DEFAULT_POLICY, type Policy } from "../../../src/core/monitor.ts";
import type { ClientLimits } from "../../../src/inventree/budget.ts";
import { readSnapshot } from "../../../src/inventree/snapshot.ts";
import type { Bench } from "./client.ts";
import { answerFrom, type Listings, type Override } from "./recorded-server.ts";
import { smallServer } from "./rows.ts";
import type { TestServer } from "./server.ts";
import type { Servers } from "./use-servers.ts";

export interface Setting extends Partial<Pick<ClientLimits, "pageSize" | "maxConcurrency">> {
  /** Answers that differ. */
  readonly override?: Override;
  readonly policy?: Partial<Policy>;
  /** The day by which the list is needed. */
  readonly neededBy?: string;
}

export interface Read extends Bench {
  readonly server: TestServer;
  readonly read: () => Promise<Snapshot>;
}

/**
 * The small server with these lists in place of its own, and one list to build of it, ready to be read. All stock is watched:
 * the list of parts is read in pages.
 */
export function readerOf({ serve }: Servers): (more: Listings, setting?: Setting) => Promise<Read> {
  return async (more, { override, policy, neededBy, ...limits } = {}) => {
    const tools = await serve(answerFrom(smallServer(more), override), limits);
    const entry = { pk: 1, quantity: 10, ...(neededBy === undefined ? {} : { needed_by: neededBy }) };
    const need = snapshotRequest([
      { parts: [entry], watch: [{ all: true }], policy: { ...DEFAULT_POLICY, ...policy }, silences: [] },
    ]);
    return { ...tools, read: () => readSnapshot({ ...tools, need }) };
  };
}
