// A run of the program as a process of a machine: the program's own run, channels and mails, with gates where the world is.
import type { Deps } from "../../../src/app/deps.ts";
import { run } from "../../../src/app/run/run.ts";
import type { RunResult } from "../../../src/app/run/run-result.ts";
import { FailureError } from "../../../src/core/failure.ts";
import { significantResult } from "../../../src/core/notification/significant.ts";
import type { AdminChannel, Channel, Notification, Receipt } from "../../../src/notify/channel.ts";
import { createAdminChannel, createEmailChannel } from "../../../src/notify/email/channel.ts";
import type { MailSender } from "../../../src/notify/email/send.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { silentLog } from "../../../src/system/log.ts";
import type { Gate } from "./machine.ts";
import { type Facts, type Heard, type Lists, type Stock, shortWords } from "./world.ts";

/** What a notice to the admins said. */
export interface Notice {
  readonly key: string;
  readonly kind: "opened" | "resolved";
  readonly messageId: string;
}

/** What the runs of a schedule share. */
export interface Office {
  readonly facts: Facts;
  stock: Stock;
  lists: Lists;
  /** Lists for the same people share a mail. */
  readonly combine: boolean;
  readonly heard: Heard[];
  readonly notices: Notice[];
  /** How many effects have happened. */
  effects: number;
  readonly randomId: () => string;
}

export interface RunOrder {
  readonly name: string;
  readonly gate: Gate;
  readonly office: Office;
  readonly store: StateStore;
  readonly takeOver: boolean;
}

const RUN_TIME_MS = 12 * 60_000;

/** Runs what is due, as a schedule does. */
export function runOnce(order: RunOrder): Promise<RunResult> {
  return run(depsOf(order), {
    which: { kind: "due" },
    force: false,
    dryRun: false,
    takeOver: order.takeOver,
    now: order.gate.clock.now(),
  });
}

function depsOf({ gate, office, store, name }: RunOrder): Deps {
  const { facts } = office;
  return {
    clock: gate.clock,
    log: silentLog,
    readMonitors: () => facts.read(office.lists),
    inventree: () => ({
      url: "http://inventree.test",
      read: (need) =>
        gate.pass(
          { kind: "inventree", label: "read" },
          { ok: () => facts.snapshot(need, office.stock), down: unreachable },
        ),
      readOffers: () => Promise.resolve({ supplierParts: new Map(), offers: new Map() }),
      spent: () => ({ requests: 0, retries: 0, bytes: 0, milliseconds: 0 }),
    }),
    store,
    channels: [mailIn(gate, office, name), webhookIn(gate, office, name)],
    admins: [adminsIn(gate, office)],
    links: { repository: "acme/lists" },
    secrets: [],
    fileUrl: () => undefined,
    editUrl: () => undefined,
    issueUrl: () => undefined,
    root: "/lists",
    place: ".",
    randomId: office.randomId,
    runTimeMs: RUN_TIME_MS,
    endAfter: gate.alarm,
    onDefaultBranch: true,
  };
}

async function unreachable(): Promise<never> {
  throw new FailureError({ kind: "inventree", retryable: true, message: "no answer", incident: "unreachable" });
}

const UNKNOWN: Receipt = { kind: "unknown", failure: { kind: "mail", retryable: true, message: "no answer came" } };
const FAILED: Receipt = {
  kind: "failed",
  failure: { kind: "mail", retryable: true, message: "421 later" },
  refused: [],
};

function accepted(ref: string, to: readonly string[]): Receipt {
  return { kind: "accepted", ref, accepted: to, pending: [], refused: [] };
}

/** The program's own channel; only the server behind it is played. */
function mailIn(gate: Gate, office: Office, run: string): Channel {
  let sent: readonly Notification[] = [];
  const sender = senderIn(gate, "mail", (mail, to) => {
    for (const one of sent) office.heard.push(heard(one, { channel: "email", people: to, ref: mail, run, office }));
  });
  const channel = createEmailChannel({ sender, rows: 50, combine: office.combine ? "all" : "digest" });
  const { together } = channel;
  return {
    ...channel,
    notify: (notification, log) => {
      sent = [notification];
      return channel.notify(notification, log);
    },
    ...(together === undefined
      ? {}
      : {
          together: {
            ...together,
            notify: (notifications, log) => {
              sent = notifications;
              return together.notify(notifications, log);
            },
          },
        }),
  };
}

/** A webhook has no people: whoever reads along. It bears the number and the hash, as ours do. */
function webhookIn(gate: Gate, office: Office, run: string): Channel {
  return {
    name: "webhook",
    notify: (notification) => {
      const ref = `${notification.monitor.id}.${notification.seq}.${notification.hash}.${notification.born}`;
      const take = () => {
        office.heard.push(heard(notification, { channel: "webhook", people: ["team"], ref, run, office }));
      };
      return gate.pass(
        { kind: "webhook", label: notification.monitor.id },
        {
          ok: async () => {
            take();
            return accepted(ref, []);
          },
          failed: async () => FAILED,
          unanswered: async () => UNKNOWN,
          lost: async () => {
            take();
            return UNKNOWN;
          },
        },
      );
    },
  };
}

function adminsIn(gate: Gate, office: Office): AdminChannel {
  let sent: Omit<Notice, "messageId"> | undefined;
  const sender = senderIn(gate, "admin", (messageId) => {
    if (sent !== undefined) office.notices.push({ ...sent, messageId });
  });
  const channel = createAdminChannel({ sender, recipients: ["admin@example.com"], language: "en", timezone: "UTC" });
  return {
    ...channel,
    notify: (notice, log) => {
      sent = { key: notice.key, kind: notice.kind };
      return channel.notify(notice, log);
    },
  };
}

function senderIn(
  gate: Gate,
  kind: "mail" | "admin",
  take: (messageId: string, to: readonly string[]) => void,
): MailSender {
  const doubted = async (
    to: readonly string[],
    { messageId, taken }: { readonly messageId: string; readonly taken: readonly string[] },
  ): Promise<Receipt> => {
    take(messageId, taken);
    const [first = "", ...rest] = to;
    const doubtful = rest.map((address) => ({ address, reason: "no answer came" }));
    return { kind: "accepted", ref: messageId, accepted: [first], pending: [], refused: [], unconfirmed: doubtful };
  };
  return {
    send: ({ messageId }, to) =>
      gate.pass<Receipt>(
        { kind, label: messageId },
        {
          ok: async () => {
            take(messageId, to);
            return accepted(messageId, to);
          },
          failed: async () => FAILED,
          unanswered: async () => UNKNOWN,
          lost: async () => {
            take(messageId, to);
            return UNKNOWN;
          },
          ...(to.length < 2
            ? {}
            : {
                partly: async () => {
                  const [first = "", ...rest] = to;
                  take(messageId, [first]);
                  const pending = rest.map((address) => ({ address, reason: "452 4.2.2 mailbox full" }));
                  return { ...accepted(messageId, [first]), pending };
                },
                // One mail for each: the answers to the others got lost, without the mails or with them.
                doubted: () => doubted(to, { messageId, taken: to.slice(0, 1) }),
                doubtedThough: () => doubted(to, { messageId, taken: to }),
              }),
        },
      ),
    verify: async () => null,
    close: async () => {},
  };
}

function heard(
  { monitor, report, change }: Notification,
  of: {
    readonly channel: string;
    readonly people: readonly string[];
    readonly ref: string;
    readonly run: string;
    readonly office: Office;
  },
): Heard {
  return {
    list: monitor.id,
    channel: of.channel,
    people: of.people,
    messageId: of.ref,
    says: shortWords(significantResult(report).short),
    rows: change.rows,
    corrects: (change.corrects ?? []).length > 0 || change.saidAt !== undefined,
    run: of.run,
    effect: of.office.effects,
  };
}
