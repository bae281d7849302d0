import type { BoughtParts } from "../core/calculation/buying/to-order.ts";
import type { Offers, Snapshot } from "../core/calculation/snapshot.ts";
import type { SnapshotRequest } from "../core/calculation/snapshot-request.ts";
import type { Clock, Log, RequestCost } from "../core/ports.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import type { AdminChannel, Channel, Links } from "../notify/channel.ts";
import type { StateStore } from "../state/store.ts";

/**
 * The outside world of a use case, as wire/ builds it from the settings. Files of lists are read and written through
 * monitors/, a library; other files of the checkout through system/.
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
  /** Ways to notify the admins of incidents; empty if there are no admins, or everything is switched off. */
  readonly admins: readonly AdminChannel[];
  readonly links: Omit<Links, "inventree" | "monitorFile" | "editFile" | "issue">;
  /** Address of a file of the repository in the browser, if it has one. */
  readonly fileUrl: (path: string) => string | undefined;
  /** Where the forge edits such a file, if it is known. */
  readonly editUrl: (path: string) => string | undefined;
  /** Address of an issue of that number. */
  readonly issueUrl: (number: string) => string | undefined;
  /** The folder with the lists. */
  readonly root: string;
  /** The same from the repository's top: `.` or `stock/lists`; undefined: outside of one. */
  readonly place: string | undefined;
  /** Values that must appear nowhere. */
  readonly secrets: readonly string[];
  /** 128 random bits, hex; different at each call. */
  readonly randomId: () => string;
  /** For how long a run may start sending messages. */
  readonly runTimeMs: number;
  /** Starts the time limit of a run: aborted after so long with that reason, or sooner if the process is asked to end. */
  readonly endAfter: (milliseconds: number, reason: string) => Alarm;
  /** Whether this run is on the default branch: only there it may notify, and remove the state of monitors that are gone. */
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

export interface InventreeSource {
  /** Base URL for links, without trailing slash. */
  readonly url: string;
  /** Reads everything that these lists need. Throws FailureError (kind inventree). */
  readonly read: (need: SnapshotRequest) => Promise<Snapshot>;
  /** Suppliers of these parts, prices of those to order, and what is on order. Throws FailureError (kind inventree). */
  readonly readOffers: (parts: WantedParts) => Promise<Offers>;
  /** What it cost so far. */
  readonly spent: () => RequestCost;
}
