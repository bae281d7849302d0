import { it } from "vitest";
import { startMailSink } from "../../demo/mail-sink.ts";
import { HOOK_PATH, openBench, PASSWORD } from "./support/bench.ts";
import { type Misanswer, type Reply, startFront, startStranger } from "./support/http-front.ts";
import { eachOf, expectTable, type Outcome, shareOf } from "./support/outcome.ts";
import { playFault } from "./support/play-fault.ts";

interface WebhookFault {
  readonly name: string;
  readonly reply: Reply;
  /** So often; absent: always. */
  readonly times?: number;
  /** It has the message all the same. */
  readonly keeps?: true;
  readonly timeoutMs?: number;
}

const status = (code: number, more: Partial<WebhookFault> = {}): WebhookFault => ({
  name: String(code),
  reply: { status: code, body: "" },
  ...more,
});
const says = (name: string, body: unknown): WebhookFault => ({ name: `200, but: ${name}`, reply: { body } });

const FAULTS: readonly WebhookFault[] = [
  ...[301, 302, 307, 308].map((code) =>
    status(code, { reply: { status: code, headers: { location: "https://evil.example/grab" }, body: "" } }),
  ),
  ...[400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 413, 414, 415, 422, 425, 429, 431, 451].map((code) =>
    status(code),
  ),
  ...[500, 501, 502, 503, 504, 507, 520].map((code) => status(code)),
  { name: "429 that asks for an hour", reply: { status: 429, headers: { "retry-after": "3600" }, body: "" } },
  { name: "503 twice, then well", reply: { status: 503, body: "" }, times: 2 },
  {
    name: "400 with the address and a secret in it",
    reply: { status: 400, body: `${HOOK_PATH} ${PASSWORD.slice(0, 3)}` },
  },
  { name: "400 with codes of a terminal", reply: { status: 400, body: "\u001b[2Jno\u202e" } },
  { name: "400 of 100,000 characters", reply: { status: 400, body: "x".repeat(100_000) } },
  says("ok: false", { ok: false, error: "channel_not_found" }),
  says(
    "an error of Teams",
    "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 403",
  ),
  says("errcode", { errcode: 93_000, errmsg: "invalid webhook url" }),
  says("a page to log in", "<!doctype html><title>Log in</title>"),
  { name: "the connection is reset", reply: "reset" },
  { name: "the connection is closed", reply: "close" },
  { name: "an answer that is no HTTP", reply: { bytes: "220 mail.example\r\n" } },
  { name: "no answer", reply: "silence", timeoutMs: 4_000 },
  { name: "no answer, and it has the message", reply: "silence", keeps: true, timeoutMs: 4_000 },
  { name: "200, and the rest is cut", reply: "half and close", keeps: true },
];

/** A safety net: a busy machine takes its time. */
const LONGEST_MS = 30 * 60_000;

it("a fault of a webhook's server: class, words, exit code, state, messages and patience are as the table says", {
  timeout: LONGEST_MS,
}, async () => {
  const sink = await startMailSink();
  const taking = async (misanswer: (asked: Parameters<Misanswer>[0]) => Reply | undefined, keeps = false) => {
    const taken: string[] = [];
    const front = await startFront("http://127.0.0.1:1", (asked) => {
      const reply = misanswer(asked);
      if (reply === undefined || keeps) taken.push(String(asked.headers["x-partwatch-delivery"]));
      return reply ?? { body: "ok" };
    });
    return { ...front, url: front.url + HOOK_PATH, taken: () => taken };
  };
  const before = await taking(() => undefined);
  await using bench = await openBench({ mail: { server: { port: sink.port } }, webhook: { url: before.url } });
  await before[Symbol.asyncDispose]();
  const played = async (fault: WebhookFault): Promise<Outcome> => {
    const { name, reply, times, keeps, timeoutMs } = fault;
    await using bad = await taking((asked) => (asked.times <= (times ?? 999) ? reply : undefined), keeps);
    await using next = await taking(() => undefined);
    return await playFault({
      bench,
      fault: name,
      to: { webhook: { url: bad.url, ...(timeoutMs && { timeoutMs }) } },
      asked: bad.asked,
      taken: bad.taken,
      well: { to: { webhook: { url: next.url } }, taken: next.taken },
    });
  };
  const strange = (name: string, open: () => ReturnType<typeof startStranger>) => async (): Promise<Outcome> => {
    await using stranger = await open();
    await using next = await taking(() => undefined);
    return await playFault({
      bench,
      fault: name,
      to: { webhook: { url: stranger.url + HOOK_PATH } },
      asked: stranger.asked,
      taken: () => [],
      well: { to: { webhook: { url: next.url } }, taken: next.taken },
    });
  };
  const gone = async () => {
    const stranger = await startStranger(undefined);
    await stranger[Symbol.asyncDispose]();
    return { ...stranger, [Symbol.asyncDispose]: async () => {} };
  };
  const rows = [...FAULTS.map((fault) => () => played(fault)), strange("nobody listens there", gone)];
  const outcomes = await eachOf(shareOf(rows), 4, (row) => row());
  await sink.close();
  expectTable("webhooks", { outcomes, least: 30 });
});
