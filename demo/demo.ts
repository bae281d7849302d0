import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../src/app/run/run.ts";
import type { RunResult } from "../src/app/run/run-result.ts";
import type { Clock, Log } from "../src/core/ports.ts";
import { git } from "../src/system/git.ts";
import { wire } from "../src/wire/run.ts";
import { type EmbeddedInventree, startInventree } from "./inventree/server.ts";
import { type MailSink, type SunkMail, startMailSink } from "./mail-sink.ts";
import { deliveryArrives, reelRunsOut } from "./sample/events.ts";
import { sampleTables } from "./sample/tables.ts";

/** One morning of the demo, after its run. */
export interface Morning {
  readonly title: string;
  /** What happened before the run, a sentence each. */
  readonly events: readonly string[];
  readonly now: Date;
  readonly result: RunResult;
  /** Mails that this run sent. */
  readonly mails: readonly SunkMail[];
}

export interface DemoOptions {
  /** An empty folder: the repository goes into `repository`, the mails into `mails`. */
  readonly folder: string;
  /** Folder of the example lists. */
  readonly lists: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly onMorning: (morning: Morning) => void;
  /** After the week, while InvenTree and the mail sink still answer. */
  readonly afterwards?: (place: DemoPlace) => Promise<void>;
}

/** The demo's repository after its week, with the settings that lead to its servers. */
export interface DemoPlace extends DemoResult {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Later on the last morning. */
  readonly now: Date;
}

export interface DemoResult {
  readonly repository: string;
  readonly mailFolder: string;
  /** `git log` of the state branch, newest first. */
  readonly history: string;
}

interface Plan {
  readonly title: string;
  readonly at: string;
  readonly before?: (inventree: EmbeddedInventree) => readonly string[];
}

/** A week of the sample's workshop, each run at the time that the lists' cron says, or at the catch-up after it. */
const WEEK: readonly Plan[] = [
  { title: "Monday: the first check", at: "2026-11-23T07:10:00+01:00" },
  { title: "Tuesday: nothing has changed", at: "2026-11-24T07:10:00+01:00" },
  { title: "Wednesday: stock has moved", at: "2026-11-25T07:10:00+01:00", before: moveStock },
  {
    title: "Thursday: InvenTree is down",
    at: "2026-11-26T07:10:00+01:00",
    before: (inventree) => setDown(inventree, { down: true }),
  },
  { title: "Thursday noon: it is still down, and nobody is notified twice", at: "2026-11-26T12:23:00+01:00" },
  {
    title: "Friday: InvenTree is back",
    at: "2026-11-27T07:10:00+01:00",
    before: (inventree) => setDown(inventree, { down: false }),
  },
];

/**
 * Runs the real thing for a week: an embedded InvenTree with the sample product, a mail sink, and a temporary Git repository
 * with the example lists. Only waits between retries are cut short.
 */
export async function demo(options: DemoOptions): Promise<DemoResult> {
  const repository = join(options.folder, "repository");
  const mailFolder = join(options.folder, "mails");
  await Promise.all([mkdir(repository, { recursive: true }), mkdir(mailFolder, { recursive: true })]);
  await makeRepository(repository, options.lists);
  const inventree = await startInventree({ tables: sampleTables({ today: "2026-11-23" }) });
  const sink = await startMailSink({ folder: mailFolder });
  try {
    const world = { repository, inventree, sink, log: options.log, clock: withShortTimeouts(options.clock) };
    for (const plan of WEEK) options.onMorning(await live(plan, world));
    const result = { repository, mailFolder, history: await historyOf(repository) };
    const env = { ...process.env, ...settings(inventree, sink) };
    await options.afterwards?.({ ...result, env, now: new Date(AFTERWARDS) });
    return result;
  } finally {
    await Promise.all([inventree.close(), sink.close()]);
  }
}

const AFTERWARDS = "2026-11-27T09:00:00+01:00";

async function historyOf(repository: string): Promise<string> {
  return (await git({ root: repository }, "log", "--format=%h %s", "partwatch-state")).trimEnd();
}

interface World {
  readonly repository: string;
  readonly inventree: EmbeddedInventree;
  readonly sink: MailSink;
  readonly log: Log;
  readonly clock: Clock;
}

async function live({ title, at, before }: Plan, { repository, inventree, sink, log, clock }: World): Promise<Morning> {
  const events = before?.(inventree) ?? [];
  const now = new Date(at);
  const had = sink.mails().length;
  const env = { ...process.env, ...settings(inventree, sink) };
  const wired = await wire({ root: repository, env, log, clock, needs: { inventree: true, mail: "send" } });
  try {
    const result = await run(wired.deps, { which: { kind: "due" }, force: false, dryRun: false, now });
    return { title, events, now, result, mails: sink.mails().slice(had) };
  } finally {
    await wired.close();
  }
}

/** Nobody wants to wait for retries in a demo. */
function withShortTimeouts(clock: Clock): Clock {
  return { ...clock, sleep: (milliseconds) => clock.sleep(milliseconds / 50) };
}

function settings(inventree: EmbeddedInventree, sink: MailSink): Record<string, string> {
  return {
    INVENTREE_URL: inventree.url,
    INVENTREE_API_TOKEN: inventree.token,
    EMAIL_SMTP_SERVER: sink.host,
    EMAIL_SMTP_PORT: String(sink.port),
    EMAIL_USE_TLS: "false",
    EMAIL_USE_SSL: "false",
    EMAIL_USERNAME: "",
    EMAIL_PASSWORD: "",
    EMAIL_SENDER_ADDRESS: "partwatch@example.com",
    ADMIN_EMAIL_RECIPIENTS: "admin@example.com",
    GLOBAL_EMAIL_NOTIFICATIONS_ENABLED: "true",
  };
}

function moveStock(inventree: EmbeddedInventree): readonly string[] {
  const events = [deliveryArrives, reelRunsOut];
  for (const { change } of events) inventree.change(change);
  return events.map(({ words }) => words);
}

function setDown(inventree: EmbeddedInventree, { down }: { readonly down: boolean }): readonly string[] {
  inventree.faults.down = down;
  return [];
}

async function makeRepository(root: string, lists: string): Promise<void> {
  await mkdir(join(root, "monitors"));
  const files = (await readdir(lists)).filter((file) => file.endsWith(".yaml"));
  await Promise.all(files.map((file) => copyFile(join(lists, file), join(root, "monitors", file))));
  await writeFile(join(root, "partwatch.yaml"), "timezone: Europe/Berlin\ninventree:\n  time_budget: 60\n");
  await git({ root }, "init", "--quiet", "--initial-branch=main");
  await git({ root }, "add", "--all");
  await git({ root }, ...IDENTITY, "commit", "--quiet", "--message=Add monitoring lists");
}

const IDENTITY = ["-c", "user.name=Partwatch demo", "-c", "user.email=demo@example.com", "-c", "commit.gpgsign=false"];
