import type { SnapshotRequest } from "../../core/calculation/snapshot-request.ts";
import type { Failure } from "../../core/failure.ts";
import type { GithubApi } from "../../core/github-api.ts";
import type { Clock, Log } from "../../core/ports.ts";
import type { Problem } from "../../core/problem.ts";
import type { Access } from "../../inventree/access.ts";
import type { MonitorsRead } from "../../monitors/read.ts";
import type { Receipt } from "../../notify/channel.ts";
import type { DkimRecord } from "../../notify/email/dkim-record.ts";
import type { StateStore } from "../../state/store.ts";

/** Everything that doctor looks at; what is missing or wrong is itself a finding. */
export interface DoctorDeps {
  /** The repository's folder. */
  readonly root: string;
  /** The same from the repository's top; undefined: outside of one. */
  readonly place: string | undefined;
  readonly read: MonitorsRead;
  /** The file `.env`: what is wrong with it, and whether Git would publish it. */
  readonly dotenv: { readonly problems: readonly Problem[]; readonly isExposed: boolean };
  /** What is wrong with the settings of issues and webhooks. */
  readonly channelProblems: readonly Problem[];
  readonly servers: {
    readonly problems: (labels: readonly string[]) => readonly Problem[];
    readonly access: (label: string, request: SnapshotRequest) => Promise<Access>;
    /** Names of all suppliers; undefined: unknown. */
    readonly suppliers: (label: string) => Promise<readonly string[] | undefined>;
  };
  /** The token for draft orders; undefined: there is none, and none is needed. */
  readonly orderToken: OrderTokenTarget | undefined;
  readonly mail: MailCheckTarget;
  /** The heartbeat server; undefined: none is configured. */
  readonly heartbeat: HeartbeatTarget | undefined;
  readonly store: StateStore;
  /** GitHub's API; undefined: there are no credentials or no repository to ask with. */
  readonly github: GithubApi | undefined;
  /** Whether the repository is on GitHub, as far as the clone shows. */
  readonly isOnGithub: boolean;
  readonly clock: Clock;
  readonly log: Log;
}

export type HeartbeatTarget =
  | { readonly kind: "wrong"; readonly problem: Problem }
  | {
      readonly kind: "ready";
      /** Its name in messages, in place of its address. */
      readonly name: string;
      /** Adds a line to the server's log; undefined if it was accepted, else why not. Never rejects. */
      readonly ping: (text: string) => Promise<string | undefined>;
    };

export type OrderTokenTarget =
  | { readonly kind: "wrong"; readonly problems: readonly Problem[] }
  | {
      readonly kind: "ready";
      /** The same token is used for reading. */
      readonly isReading: boolean;
      /** What it lacks for orders, as `purchase_order.add`. Rejects with FailureError. */
      readonly lacks: () => Promise<string | undefined>;
    };

/** How mails are signed, and what the DNS publishes about it. */
export interface DkimCheckTarget {
  readonly domain: string;
  readonly selector: string;
  readonly sender: string;
  readonly find: () => Promise<DkimRecord>;
}

/** The mail settings, and the server that they name. */
export type MailCheckTarget =
  /** All mail is switched off. */
  | { readonly kind: "off" }
  | { readonly kind: "wrong"; readonly problems: readonly Problem[]; readonly admins: readonly string[] }
  | {
      readonly kind: "ready";
      /** `smtp.example.com:587`. */
      readonly where: string;
      readonly mode: "starttls" | "tls" | "plain";
      readonly isThisMachine: boolean;
      readonly username: string | null;
      readonly usesOauth: boolean;
      /** null: mails are not signed. */
      readonly dkim: DkimCheckTarget | null;
      /** Variables that are set here and that the workflows do not pass on. */
      readonly notHandedOver: readonly ("oauth" | "dkim")[];
      readonly admins: readonly string[];
      /** Connects, encrypts, logs in; null: everything works. */
      readonly verify: () => Promise<Failure | null>;
      readonly sendTest: () => Promise<Receipt>;
    };
