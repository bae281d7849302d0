// The local UI: one server on this machine, for one person.
import { randomBytes } from "node:crypto";
import { openLive } from "../wire/live.ts";
import type { WireOptions } from "../wire/run.ts";
import { type App, createApp } from "./app.ts";
import { judge } from "./guard.ts";
import { type Listener, listen } from "./listen.ts";

export interface UiOptions {
  readonly wiring: Omit<WireOptions, "needs">;
  /** 0: any free one. */
  readonly port: number;
  /** The present, or the instant of `--now`. */
  readonly now: () => Date;
}

export interface RunningUi {
  /** Works once: it holds the key. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Starts it. Rejects with the system's error where the port is taken. */
export async function startUi({ wiring, port, now }: UiOptions): Promise<RunningUi> {
  const secret = () => randomBytes(32).toString("base64url");
  const entry = secret();
  const fixed = { session: secret(), formToken: secret() };
  let left: string | undefined = entry;
  let app: App | undefined;
  const listener: Listener = await listen({
    port,
    judge: (asked, at) => judge(asked, { ...fixed, entry: left, port: at }),
    answer: async (request, judged) =>
      app === undefined ? new Response(null, { status: 503 }) : app.answer(request, judged),
    onError: (error) => wiring.log.error(error instanceof Error ? (error.stack ?? "") : String(error), { step: "ui" }),
  });
  const guard = { ...fixed, entry: undefined, port: listener.port };
  app = createApp({ guard, now, wiring, live: openLive(wiring) }, () => {
    left = undefined;
  });
  return {
    address: `http://127.0.0.1:${listener.port}/?enter=${entry}`,
    close: async () => void (await Promise.all([app?.close(), listener.close()])),
  };
}
