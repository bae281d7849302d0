// One run of the program's own in this process, against servers of which one is at fault; then an ordinary one, when the fault is
// over. Real adapters and real servers; only time passes by itself, and where the state is not what it is about it stands in memory.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedInventree, startInventree } from "../../../demo/inventree/server.ts";
import type { Deps } from "../../../src/app/deps.ts";
import { isRed } from "../../../src/app/run/failures.ts";
import { run } from "../../../src/app/run/run.ts";
import type { RunResult } from "../../../src/app/run/run-result.ts";
import type { Clock, Log } from "../../../src/core/ports.ts";
import { defaultConfig } from "../../../src/core/settings/config.ts";
import type { MailServer } from "../../../src/core/settings/mail-settings.ts";
import { connectGithub, type GithubSettings } from "../../../src/github/octokit.ts";
import { createClient } from "../../../src/inventree/client.ts";
import { readOffers } from "../../../src/inventree/offers.ts";
import { readSnapshot } from "../../../src/inventree/snapshot.ts";
import { type MonitorsRead, readMonitors } from "../../../src/monitors/read.ts";
import { createAdminChannel, createEmailChannel } from "../../../src/notify/email/channel.ts";
import { createMailSender, type MailSenderOptions } from "../../../src/notify/email/send.ts";
import { createIssueChannel } from "../../../src/notify/issue/channel.ts";
import { createWebhooks } from "../../../src/notify/webhook/channel.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { boardList, CHIP, putStock, smallProduct } from "../../support/small-product.ts";
import { type Place, placeOf, type Texts } from "./memory-store.ts";

/** Secrets of every run: they must be in no word. */
export const TOKEN = "inv-fault-9f2b71c4d0e85a3b";
export const PASSWORD = "fault battery+staple/7";
export const CLIENT_SECRET = "fault~client.secret-85a3";
export const HOOK_PATH = "/services/T01/fault-x9y8z7";

const ADMIN = "admin@example.com";
const PEOPLE = ["ann@example.com", "bob@example.com"];

/** A mail server, and how it is asked. */
type MailTo = Partial<Omit<MailSenderOptions, "server">> & {
  readonly server: Partial<MailServer> & { readonly port: number };
};

/** What a run is connected to; what is absent does not exist for it. */
export interface Connections {
  readonly inventree?: { readonly url: string; readonly requestTimeoutMs?: number };
  readonly mail?: MailTo;
  readonly webhook?: { readonly url: string; readonly timeoutMs?: number };
  readonly store?: (clock: Clock, log: Log) => StateStore;
  /** Where the state stands, unless a fault of the store is to be played. */
  readonly place?: Place;
  /** Where issues are. */
  readonly issues?: GithubSettings;
}

export interface Played {
  readonly result: RunResult;
  readonly exit: 0 | 1;
  /** Everything that was logged and reported, as one text. */
  readonly words: string;
  /** Seconds that were waited between attempts. */
  readonly waitedS: number;
}

export interface Bench extends AsyncDisposable {
  readonly inventree: EmbeddedInventree;
  /** The state after the run in which all was well. */
  readonly seed: Texts;
  /** A run on that day of November at 07:00, or so many minutes later, with that state. */
  readonly play: (order: {
    readonly place: Place;
    readonly to: Connections;
    readonly minutes?: number;
  }) => Promise<Played>;
}

/** Opens one: a list of ten boards, whose people know from there that 5 chips are short; now it is 8. */
export async function openBench(first: Connections): Promise<Bench> {
  const inventree = await startInventree({ tables: smallProduct(), token: TOKEN });
  const folder = await mkdtemp(join(tmpdir(), "partwatch-faults-"));
  await mkdir(join(folder, "monitors"));
  const byMail = first.webhook === undefined && first.issues === undefined;
  const channel = first.webhook === undefined ? "issue: { active: true }" : "webhook: { url_env: STOCK_URL }";
  const ways = byMail ? { recipients: `[${PEOPLE.join(", ")}]` } : { recipients: "[]", channels: `{ ${channel} }` };
  await writeFile(join(folder, "monitors/board.yaml"), boardList(ways));
  const read = await readMonitors({ root: folder, now: new Date("2026-11-23T00:00:00Z") });
  const texts: Texts = new Map();
  const healthy = { inventree: { url: inventree.url }, ...first };
  const seed = first.place ?? placeOf(texts);
  const told = await playRun({ read, place: seed, to: healthy, at: new Date("2026-11-23T07:00:00Z") });
  if (told.exit !== 0) throw new Error(`The run without a fault is red: ${told.words}`);
  putStock(inventree, CHIP, 2);
  return {
    inventree,
    seed: texts,
    play: ({ place, to, minutes = 0 }) =>
      playRun({ read, place, to: { ...healthy, ...to }, at: new Date(Date.UTC(2026, 10, 24, 7, minutes)) }),
    [Symbol.asyncDispose]: async () => {
      await inventree.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Play {
  readonly read: MonitorsRead;
  readonly place: Place;
  readonly to: Connections;
  readonly at: Date;
}

async function playRun({ read, place, to, at }: Play): Promise<Played> {
  let ms = at.getTime();
  let waited = 0;
  const clock: Clock = {
    now: () => new Date(ms),
    sleep: async (more) => {
      ms += more;
      waited += more;
    },
    random: () => 0.5,
  };
  const lines: string[] = [];
  const log = logTo(lines, {});
  const { deps, close } = depsOf({ read, place, to, clock, log });
  try {
    const result = await run(deps, { which: { kind: "due" }, force: false, dryRun: false, takeOver: false, now: at });
    const words = [...lines, ...result.failures].join("\n");
    return { result, exit: isRed(result) ? 1 : 0, words, waitedS: Math.round(waited / 100) / 10 };
  } finally {
    await close();
  }
}

function depsOf({ read, place, to, clock, log }: Omit<Play, "at"> & { readonly clock: Clock; readonly log: Log }) {
  const { url = "", requestTimeoutMs } = to.inventree ?? {};
  // One request after the other, so that each run asks the same.
  const limits = { ...defaultConfig().inventree, maxConcurrency: 1, ...(requestTimeoutMs && { requestTimeoutMs }) };
  const client = createClient({ url, token: TOKEN, clock, log, limits });
  const webhooks = createWebhooks({
    variable: (name) => (name === "STOCK_URL" ? to.webhook?.url : undefined),
    clock,
    ...(to.webhook?.timeoutMs && { timeoutMs: to.webhook.timeoutMs }),
  });
  const sender = to.mail === undefined ? undefined : senderTo(to.mail, clock);
  const { issues } = to;
  const connectTo = (settings: GithubSettings) => async () => connectGithub({ settings, clock, log });
  let ids = 0;
  const deps: Deps = {
    clock,
    log,
    readMonitors: () => Promise.resolve(read),
    inventree: () => ({
      url: client.serverUrl,
      read: (need) => readSnapshot({ client, need, log, clock }),
      readOffers: ({ isRequired, ...parts }) => readOffers({ client, parts, isRequired, log, clock }),
      spent: client.spent,
    }),
    store: (to.store ?? place.store)(clock, log),
    channels: [
      ...(sender === undefined ? [] : [createEmailChannel({ sender, rows: 50 })]),
      ...(issues === undefined ? [] : [createIssueChannel({ connect: connectTo(issues), clock, language: "en" })]),
      webhooks.channel,
    ],
    admins:
      sender === undefined
        ? []
        : [createAdminChannel({ sender, recipients: [ADMIN], language: "en", timezone: "UTC" })],
    links: { repository: "acme/lists" },
    fileUrl: () => undefined,
    editUrl: () => undefined,
    issueUrl: () => undefined,
    secrets: [],
    root: "/lists",
    place: ".",
    randomId: () => {
      ids += 1;
      return `${clock.now().getTime().toString(16)}${ids}`.padStart(32, "0");
    },
    runTimeMs: 12 * 60_000,
    endAfter: () => ({ signal: new AbortController().signal, cancel: () => {} }),
    onDefaultBranch: true,
  };
  const close = async () => {
    await Promise.all([client.close(), webhooks.close(), sender?.close()]);
  };
  return { deps, close };
}

function senderTo({ server, ...options }: MailTo, clock: Clock) {
  const known: MailServer = {
    host: "localhost",
    mode: "plain",
    sender: "partwatch@example.com",
    senderName: "Partwatch",
    ...server,
  };
  return createMailSender({ timeoutMs: 60_000, ...options, server: known, clock });
}

function logTo(lines: string[], base: Readonly<Record<string, unknown>>): Log {
  const at = (level: string) => (message: string, fields?: Readonly<Record<string, unknown>>) =>
    void lines.push(`${level} ${message} ${JSON.stringify({ ...base, ...fields })}`);
  return {
    error: at("error"),
    warning: at("warning"),
    info: at("info"),
    debug: at("debug"),
    with: (fields) => logTo(lines, { ...base, ...fields }),
  };
}
