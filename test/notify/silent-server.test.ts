import { describe, expect, it } from "vitest";
import { mailBench, quietWorld } from "./channel-fixture.ts";
import { notification } from "./fixtures.ts";
import { scripted } from "./raw-server.ts";

const { keep, sink, channelTo } = mailBench();

/** A server that falls silent when this line comes; `seen` are the lines so far. */
async function silentAt(pattern: RegExp) {
  const seen: string[] = [];
  const server = keep(
    await scripted((line, reply) => {
      seen.push(line);
      if (!pattern.test(line)) reply();
    }),
  );
  return { server, seen };
}

describe("a mail server that falls silent", () => {
  it.each([/^mail from/i, /^data$/i])(
    "at %s has certainly not sent the mail; it is asked for no other in this run",
    async (pattern) => {
      const { server, seen } = await silentAt(pattern);
      const { channel, log, waits } = channelTo(server, {}, { timeoutMs: 1_000 });
      expect(await channel.notify(notification(), log)).toMatchObject({
        kind: "failed",
        failure: { retryable: true, incident: "mail", message: expect.stringContaining("did not take a mail") },
      });
      const asked = seen.length;
      expect(await channel.notify(notification(), log)).toMatchObject({
        kind: "failed",
        failure: { incident: "mail" },
      });
      expect({ asked: seen.length, waits }).toEqual({ asked, waits: [] });
      expect(seen).not.toContain(".");
    },
  );

  it("after the final dot may have sent it: nobody knows, and it is not tried again", async () => {
    const { server, seen } = await silentAt(/^\.$/);
    const { channel, log, waits } = channelTo(server, {}, { timeoutMs: 2_000, answerMs: 100 });
    expect(await channel.notify(notification(), log)).toMatchObject({ kind: "unknown", failure: { incident: "mail" } });
    expect(seen.filter((line) => line === ".")).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it.each([
    ["before the final dot: certainly not sent", /^data$/i, "failed"],
    ["after it: nobody knows", /^\.$/, "unknown"],
  ] as const)("is given up when the run ends, %s", async (_what, pattern, kind) => {
    const ending = new AbortController();
    const server = keep(
      await scripted((line, reply) => {
        if (pattern.test(line)) ending.abort();
        else reply();
      }),
    );
    const { channel, log } = channelTo(server);
    expect((await channel.notify({ ...notification(), ending: ending.signal }, log)).kind).toBe(kind);
  });

  it("or that is waited for when the run ends has certainly not sent the mail, and is not asked again", async () => {
    const ending = new AbortController();
    const server = await sink({ behaviour: { message: () => ({ code: 451, text: "try again" }) } });
    const sleep = () => {
      ending.abort();
      return new Promise<void>(() => {});
    };
    const { channel, log, lines } = channelTo(server, {}, { clock: { ...quietWorld().clock, sleep } });
    const message = notification({ ending: ending.signal });
    expect(await channel.notify(message, log)).toMatchObject({ kind: "failed", failure: { status: 451 } });
    const asked = lines.length;
    expect(await channel.notify(message, log)).toMatchObject({
      kind: "failed",
      failure: { message: expect.stringContaining("the run ended before") },
    });
    expect(lines.slice(asked)).toEqual([]);
  });
});
