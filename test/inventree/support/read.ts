import type { Snapshot } from "../../../src/core/calculation/snapshot.ts";
import { DEFAULT_POLICY, type Policy } from "../../../src/core/monitor.ts";
import type { ClientLimits } from "../../../src/inventree/budget.ts";
import { needOf } from "../../../src/inventree/need.ts";
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
}

export interface Read extends Bench {
  readonly server: TestServer;
  readonly read: () => Promise<Snapshot>;
}

/** The small server with these lists in place of its own, and one list to build of it, ready to be read. */
export function readerOf({ serve }: Servers): (more: Listings, setting?: Setting) => Promise<Read> {
  return async (more, { override, policy, ...limits } = {}) => {
    const tools = await serve(answerFrom(smallServer(more), override), limits);
    const need = needOf([
      { parts: [{ pk: 1, quantity: 10 }], watch: [], policy: { ...DEFAULT_POLICY, ...policy }, silences: [] },
    ]);
    return { ...tools, read: () => readSnapshot({ ...tools, need }) };
  };
}
