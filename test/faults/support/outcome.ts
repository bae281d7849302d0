// What a fault has led to, in the words of the tables in docs/reliability.md, and what must hold whatever the fault is.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { casesOf } from "../../support/cases.ts";
import { CLIENT_SECRET, HOOK_PATH, PASSWORD, type Played, TOKEN } from "./bench.ts";

/** One row. */
export interface Outcome {
  readonly fault: string;
  /** `inventree/refused`: kind and incident of the failure; `none`: it was overcome. */
  readonly class: string;
  readonly message: string;
  readonly exit: 0 | 1;
  /** unchanged: the list is remembered as it was before. unknown: a message of unknown fate is. told: it was sent. */
  readonly state: "unchanged" | "unknown" | "told";
  /** Messages that people got of the list during this run. */
  readonly people: number;
  /** Notices that the admins got. */
  readonly admins: number;
  /** Seconds between attempts. */
  readonly waits: number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const STACK = /\n\s+at \S+|\.ts:\d+|node:internal/;
/** No server may cost a run more than that, waits and attempts together. */
const MOST_WAITED_S = 300;

/** What must hold of every run, whatever befalls it. */
export function expectDecent(fault: string, { words, waitedS, result }: Played): void {
  expect.soft(CONTROL.exec(words)?.[0], `${fault}: control character`).toBeUndefined();
  expect.soft(STACK.exec(words)?.[0], `${fault}: a stack`).toBeUndefined();
  for (const secret of [TOKEN, PASSWORD, CLIENT_SECRET, HOOK_PATH]) {
    const shapes = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
    expect
      .soft(
        shapes.filter((shape) => words.includes(shape)),
        `${fault}: a secret`,
      )
      .toEqual([]);
  }
  expect.soft(waitedS, `${fault}: patience`).toBeLessThanOrEqual(MOST_WAITED_S);
  const bugs = result.outcomes.filter((outcome) => outcome.kind === "failed" && outcome.failure.kind === "bug");
  expect.soft(bugs, `${fault}: a bug`).toEqual([]);
}

/** The words without what differs from machine to machine. */
export function plain(message: string): string {
  return (
    message
      .replace(/\[GET\] \/api\/\S*: /g, "[GET] …: ")
      .replace(/https?:\/\/(?:127\.0\.0\.1|localhost):\d+/g, "http://SERVER")
      .replace(/(?:127\.0\.0\.1|localhost):\d+/g, "SERVER")
      .replace(/within [\d.]+ s/g, "within N s")
      // Which of them it is depends on who was faster.
      .replace(
        /\((?:Reached maximum number of retries after connection was closed|Connection closed unexpectedly|read ECONNRESET|write EPIPE|Client network socket disconnected)[^)]*\)/g,
        "(the connection ended)",
      )
      .replace(
        /cannot be reached or broke off \((?:Greeting never received|Connection timeout|Timeout|TLS handshake timed out)[^)]*\): check EMAIL_SMTP_SERVER, EMAIL_SMTP_PORT and the network/g,
        "did not take a mail within N s",
      )
      .replace(/\((?:ECONNRESET|EPIPE|UND_ERR_SOCKET)\)/g, "(ECONNRESET)")
  );
}

const RECORDING = process.env.PARTWATCH_RECORD_FAULTS === "1";

/** `npm test` plays every third row, `.ci/run` all. */
export function shareOf<T>(rows: readonly T[]): readonly T[] {
  return RECORDING || casesOf(2) === 2 ? rows : rows.filter((_, index) => index % 3 === 0);
}

/**
 * Compares with the table, from which docs/reliability.md is made. With PARTWATCH_RECORD_FAULTS=1 the table is written anew: look at
 * each change of it.
 */
export function expectTable(
  name: string,
  { outcomes, least }: { readonly outcomes: readonly Outcome[]; readonly least: number },
): void {
  const file = join(import.meta.dirname, "../tables", `${name}.json`);
  if (RECORDING) writeFileSync(file, `${JSON.stringify(outcomes, null, 2)}\n`);
  const known: readonly Outcome[] = JSON.parse(readFileSync(file, "utf8"));
  const played = new Set(outcomes.map(({ fault }) => fault));
  expect(outcomes).toEqual(known.filter(({ fault }) => played.has(fault)));
  expect(played.size, "each fault once").toBe(outcomes.length);
  expect(known.length).toBeGreaterThanOrEqual(least);
}

/** Does something with each of them, so many at a time, and gives what came of them in their order. */
export async function eachOf<T, R>(all: readonly T[], most: number, work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < all.length; index = next++) {
      const one = all[index];
      if (one !== undefined) results[index] = await work(one);
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
  return results;
}
