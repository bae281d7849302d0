import { describe, expect, it } from "vitest";
import { endOf, unlessEnded } from "../../src/app/run/ending.ts";
import type { Receipt } from "../../src/notify/channel.ts";

const MINUTE = 60_000;
const ACCEPTED: Receipt = { kind: "accepted", ref: "1", accepted: [], pending: [], refused: [] };

/** A run of twelve minutes on a clock that is moved by hand; its sleeps take no time. */
function runOf12Minutes() {
  const controller = new AbortController();
  let now = Date.parse("2026-03-02T07:10:00Z");
  const clock = { now: () => new Date(now), sleep: async () => {}, random: () => 0.5 };
  const endAfter = () => ({ signal: controller.signal, cancel: () => {} });
  const end = endOf({ clock, runTimeMs: 12 * MINUTE, endAfter });
  const pass = (minutes: number) => {
    now += minutes * MINUTE;
  };
  return { end, pass, ask: (reason: string) => controller.abort(reason) };
}

describe("the time of a run", () => {
  it("has claims that last four minutes longer, and begins no message after its end", () => {
    const { end, pass } = runOf12Minutes();
    expect(end.claimsUntil.toISOString()).toBe("2026-03-02T07:26:00.000Z");
    pass(11.9);
    expect(end.mayBegin(end.claimsUntil)).toBe(true);
    pass(0.2);
    expect(end.mayBegin(end.claimsUntil)).toBe(false);
    expect(end.reason()).toBe("The time for this run is over (limits.run_time: 12 minutes).");
  });

  it("begins no message under a claim that ends before the message would be given up", () => {
    const { end, pass } = runOf12Minutes();
    pass(10);
    const inAMinute = new Date(end.now().getTime() + MINUTE);
    expect(end.mayBegin(inAMinute)).toBe(false);
  });

  it("gives up the message under way soon after it was asked to end: nobody knows whether it arrived", async () => {
    const { end, ask } = runOf12Minutes();
    const sent = end.within(() => new Promise<Receipt>(() => {}));
    ask("The run was asked to end (SIGTERM).");
    expect((await sent).kind).toBe("unknown");
    expect(end.reason()).toBe("The run was asked to end (SIGTERM).");
  });

  it("takes the channel's own word where it has one", async () => {
    const { end, ask } = runOf12Minutes();
    const sent = end.within(
      (ending) => new Promise<Receipt>((resolve) => ending.addEventListener("abort", () => resolve(ACCEPTED))),
    );
    ask("now");
    expect((await sent).kind).toBe("accepted");
  });

  it("waits for nothing that still reads once it is over", async () => {
    const { end, ask } = runOf12Minutes();
    const reading = unlessEnded(new Promise<string>(() => {}), end);
    ask("now");
    expect(await reading).toBeUndefined();
    expect(await unlessEnded(Promise.resolve("read"), runOf12Minutes().end)).toBe("read");
  });
});
