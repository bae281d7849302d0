import type { BoughtParts } from "../core/calculation/buying/to-order.ts";
import type { Snapshot } from "../core/calculation/snapshot.ts";
import type { SnapshotRequest } from "../core/calculation/snapshot-request.ts";
import type { Clock, Log } from "../core/ports.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import type { AdminChannel, Channel, Links } from "../notify/channel.ts";
import type { StateStore } from "../state/store.ts";

/**
 * What a use case touches of the world, as wire/ puts it together from the settings. Lists' files it reads and writes by
 * monitors/, a library; other files of the checkout by system/.
 */
export interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly readMonitors: () => Promise<MonitorsRead>;
  /** The server with that label in partwatch.yaml. */
  readonly inventree: (instance: string) => InventreeSource;
  readonly store: StateStore;
  /** Ways to notify people; empty if everything is switched off. */
  readonly channels: readonly Channel[];
  /** Ways to notify the admins of trouble; empty if there is no recipients, or everything is switched off. */
  readonly admins: readonly AdminChannel[];
  readonly links: Omit<Links, "inventree" | "monitorFile">;
  /** Address of a file of the repository in the browser, if it has one. */
  readonly fileUrl: (path: string) => string | undefined;
  /** The folder with the lists. */
  readonly root: string;
  /** The same from the repository's top: `.` or `stock/lists`; undefined: outside of one. */
  readonly place: string | undefined;
  /** 128 random bits, hex; another one at each call. */
  readonly randomId: () => string;
  /** How long a run may begin messages. */
  readonly runTimeMs: number;
  /** Starts the time of a run: aborted after so long with that reason, or sooner if the process is to end in order. */
  readonly endAfter: (milliseconds: number, reason: string) => Alarm;
  /** Whether this run stands on the default branch: only there it may tell, and forget monitors that are gone. */
  readonly onDefaultBranch: boolean;
}

export interface Alarm {
  /** Its reason is a sentence for people. */
  readonly signal: AbortSignal;
  readonly cancel: () => void;
}

export interface WantedParts extends BoughtParts {
  /** false: only watched parts are among them, and what cannot be read of them is left out. */
  readonly isRequired: boolean;
}

export type Offers = Pick<Snapshot, "supplierParts" | "offers"> & Partial<Pick<Snapshot, "purchaseOrderLines">>;

export interface InventreeSource {
  /** Base URL for links, without trailing slash. */
  readonly url: string;
  /** Reads everything that these lists need. Throws FailureError (kind inventree). */
  readonly read: (need: SnapshotRequest) => Promise<Snapshot>;
  /** Who supplies these parts, at what price where something is to order, and what orders bring. Throws FailureError (kind inventree). */
  readonly readOffers: (parts: WantedParts) => Promise<Offers>;
  /** What it cost so far. */
  readonly spent: () => Spent;
}

export interface Spent {
  readonly requests: number;
  readonly retries: number;
  readonly bytes: number;
  /** Milliseconds of waiting for the server. */
  readonly milliseconds: number;
}
