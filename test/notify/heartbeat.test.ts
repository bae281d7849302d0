import { describe, expect, it } from "vitest";
import { routesIn } from "../../src/core/settings/proxy.ts";
import { openPinger, type PingOptions } from "../../src/notify/heartbeat/ping.ts";
import { quietWorld } from "./channel-fixture.ts";
import { startReceiver } from "./webhook/receiver.ts";

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const PATH = "/ping/5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278";

async function openBench(options: Partial<PingOptions> & { readonly path?: string } = {}) {
  const watcher = await startReceiver();
  const world = quietWorld();
  const { path = PATH, ...rest } = options;
  const url = watcher.url + path;
  const name = "HEARTBEAT_URL";
  const pinger = openPinger({
    name,
    url,
    routes: routesIn({}),
    clock: world.clock,
    log: world.log,
    secrets: [],
    ...rest,
  });
  return {
    ...world,
    ...pinger,
    watcher,
    asked: () => watcher.received.map((one) => one.path),
    [Symbol.asyncDispose]: async () => {
      await pinger.close();
      await watcher.close();
    },
  };
}

describe("a watcher", () => {
  it("is told of start, success, failure with its reason, and a line for its log, as Healthchecks takes them", async () => {
    await using bench = await openBench();
    expect(await bench.ping("start")).toBeUndefined();
    expect(await bench.ping("success")).toBeUndefined();
    expect(await bench.ping("fail", "board: InvenTree cannot be reached\n")).toBeUndefined();
    expect(await bench.ping("log", "looked")).toBeUndefined();
    const [start, success, fail, log] = bench.watcher.received;
    expect([start, success, fail, log].map((one) => one?.method)).toEqual(["POST", "POST", "POST", "POST"]);
    expect(start?.path).toMatch(new RegExp(`^${PATH}/start\\?rid=${UUID}$`));
    const rid = start?.path?.split("?")[1];
    expect(bench.asked().slice(1)).toEqual([`${PATH}?${rid}`, `${PATH}/fail?${rid}`, `${PATH}/log`]);
    expect(fail).toMatchObject({ body: "board: InvenTree cannot be reached\n" });
    expect(fail?.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(start?.body).toBe("");
  });

  it("keeps what stands behind the question mark of its address, and needs no slash or none", async () => {
    await using bench = await openBench({ path: "/ping/key/parts/?create=1" });
    await bench.ping("fail");
    expect(bench.asked()[0]).toMatch(new RegExp(`^/ping/key/parts/fail\\?create=1&rid=${UUID}$`));
  });

  it("is asked twice at most, and a lost start not again; no words have the address", async () => {
    await using bench = await openBench();
    bench.watcher.behave(
      { status: 503 },
      { status: 503 },
      { status: 502 },
      { status: 500 },
      { status: 404, body: "not found" },
    );
    expect(await bench.ping("start")).toBe("answers 503");
    expect(await bench.ping("success")).toBe("answers 502");
    expect(await bench.ping("fail")).toMatch(/^is not there \(404\); .*it said: not found$/);
    expect(bench.asked()).toHaveLength(5);
    expect(bench.waits).toEqual([300, 300]);
    bench.watcher.behave({ status: 403, body: `no such check: ${PATH.slice(6)}` });
    expect(await bench.ping("log")).toBe(
      "refuses (403); check that address and secret are still valid: it said: no such check: ***",
    );
  });

  it("that says nothing is not waited for", async () => {
    await using bench = await openBench({ timeoutMs: 50 });
    bench.watcher.behave("silence", "silence");
    expect(await bench.ping("success")).toBe("gives no answer within 0.05 s");
    // What has arrived is not sent again.
    expect(bench.asked().length).toBeLessThanOrEqual(1);
  });

  it("that says OK and does not know the check, or counts no more, has not counted it", async () => {
    await using bench = await openBench();
    bench.watcher.behave({ status: 200, body: "OK (not found)" }, { status: 200, body: "OK (rate limited)" });
    expect(await bench.ping("success")).toBe("answers 200, but has not counted it: it said: OK (not found)");
    expect(await bench.ping("success")).toMatch(/OK \(rate limited\)$/);
    bench.watcher.behave({ status: 200, body: "<!doctype html><title>Login</title>" });
    expect(await bench.ping("success")).toMatch(/a web page where a receiver's answer belongs/);
  });

  it("gets no more of a reason than it keeps, in whole characters", async () => {
    await using bench = await openBench();
    await bench.ping("fail", "ö".repeat(9_000));
    const body = bench.watcher.received[0]?.body ?? "";
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(10_000);
    expect(body).toMatch(/^ö{4990,}…$/);
  });
});
