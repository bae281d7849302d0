// The world around the runs of a schedule: what there is in stock, what the lists ask for, and what people have heard.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startInventree } from "../../../demo/inventree/server.ts";
import type { Snapshot } from "../../../src/core/calculation/snapshot.ts";
import type { SnapshotRequest } from "../../../src/core/calculation/snapshot-request.ts";
import type { ChangeRow } from "../../../src/core/notification/change.ts";
import { defaultConfig } from "../../../src/core/settings/config.ts";
import { createClient } from "../../../src/inventree/client.ts";
import { readSnapshot } from "../../../src/inventree/snapshot.ts";
import { type MonitorsRead, readMonitors } from "../../../src/monitors/read.ts";
import { systemClock } from "../../../src/system/clock.ts";
import { silentLog } from "../../../src/system/log.ts";
import { boardList, CHIP, putStock, RESISTOR, smallProduct } from "../../support/small-product.ts";

export interface Stock {
  readonly chips: number;
  readonly resistors: number;
}

/** How many boards each list asks for, by its id. */
export type Lists = Readonly<Record<string, number>>;

/** A message that somebody has in hand, whether or not its run knows. */
export interface Heard {
  readonly list: string;
  readonly channel: string;
  readonly people: readonly string[];
  readonly messageId: string;
  /** What it says is short: `3:5`. */
  readonly says: string;
  readonly rows: readonly ChangeRow[];
  readonly corrects: boolean;
  /** Which run it is of, and how many effects had happened by then. */
  readonly run: string;
  readonly effect: number;
}

/** The facts that runs read; made once for many schedules. */
export interface Facts extends AsyncDisposable {
  readonly snapshot: (need: SnapshotRequest, stock: Stock) => Promise<Snapshot>;
  readonly read: (lists: Lists) => Promise<MonitorsRead>;
}

export const PEOPLE: readonly string[] = ["ann@example.com", "bob@example.com"];

export async function openFacts(): Promise<Facts> {
  const inventree = await startInventree({ tables: smallProduct() });
  const { url, token } = inventree;
  const limits = defaultConfig().inventree;
  const [clock, log] = [systemClock, silentLog];
  const client = createClient({ url, token, clock, log, limits });
  const snapshots = new Map<string, Promise<Snapshot>>();
  const readings = new Map<string, Promise<MonitorsRead>>();
  const folder = await mkdtemp(join(tmpdir(), "partwatch-crash-"));
  const once = <T>(known: Map<string, Promise<T>>, key: unknown, make: () => Promise<T>) => {
    const name = JSON.stringify(key);
    const made = known.get(name) ?? make();
    known.set(name, made);
    return made;
  };
  // One after the other: they share a server whose stock changes in between.
  let queue: Promise<unknown> = Promise.resolve();
  const read = (need: SnapshotRequest, stock: Stock) => {
    const reading = queue.then(() => {
      putStock(inventree, CHIP, stock.chips);
      putStock(inventree, RESISTOR, stock.resistors);
      return readSnapshot({ client, need, log, clock });
    });
    queue = reading;
    return reading;
  };
  return {
    snapshot: (need, stock) => once(snapshots, [need, stock], () => read(need, stock)),
    read: (lists) => once(readings, lists, () => readLists(join(folder, String(readings.size)), lists)),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([inventree.close(), client.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function readLists(root: string, lists: Lists): Promise<MonitorsRead> {
  await mkdir(join(root, "monitors"), { recursive: true });
  for (const [id, boards] of Object.entries(lists)) {
    const text = boardList({
      name: `List ${id}`,
      cron_schedule: '"*/15 * * * *"',
      parts: `[{ name: Board, quantity: ${boards} }]`,
      recipients: `[${PEOPLE.join(", ")}]`,
      channels: "{ webhook: { url_env: HOOK } }",
    });
    await writeFile(join(root, "monitors", `${id}.yaml`), text);
  }
  return readMonitors({ root, now: new Date("2026-11-23T00:00:00Z") });
}

/** What is short of so many boards, counted by hand: one chip and four resistors each. */
export function truth(boards: number, { chips, resistors }: Stock): string {
  return shortWords([
    [RESISTOR, 4 * boards - resistors],
    [CHIP, boards - chips],
  ]);
}

/** `2:10 3:5`. */
export function shortWords(short: readonly (readonly [pk: number, missing: number])[]): string {
  return short
    .filter(([, missing]) => missing > 0)
    .map(([pk, missing]) => `${pk}:${missing}`)
    .sort()
    .join(" ");
}
