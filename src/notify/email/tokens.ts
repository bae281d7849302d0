import type { Clock } from "../../core/ports.ts";
import type { MailServer } from "../../core/settings/mail-settings.ts";
import type { Routes } from "../../core/settings/proxy.ts";
import type { Token } from "./token.ts";

/** A mail server with what logs in to it. */
export interface ContactedServer extends MailServer {
  /** Absent: by password, or not at all. */
  readonly tokens?: Tokens;
}

/** The tokens of this process. */
export interface Tokens {
  /** A token that is probably valid; fresh: made just now. */
  readonly get: () => Promise<{ readonly token: string; readonly isFresh: boolean }>;
  readonly renew: () => Promise<string>;
  /** All that there have been: they must appear nowhere. */
  readonly known: () => readonly string[];
}

/** Tokens are kept until they are over, or renewed. */
export function contacted(options: {
  readonly server: MailServer;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly routes?: Routes | undefined;
}): ContactedServer {
  const { server, clock, timeoutMs, routes } = options;
  const { oauth, username: user } = server;
  if (oauth === undefined || user === undefined) return server;
  const known = new Set<string>();
  let last: Token | undefined;
  let coming: Promise<string> | undefined;
  const fetchOne = async () => {
    // Who logs in otherwise, or not at all, never loads what asks.
    const { fetchToken } = await import("./token.ts");
    last = undefined;
    last = await fetchToken({ oauth, user, clock, timeoutMs, routes });
    known.add(last.text);
    return last.text;
  };
  // Connections that log in at the same time share one: a second request may end the first one's token.
  const renew = () => {
    coming ??= fetchOne().finally(() => {
      coming = undefined;
    });
    return coming;
  };
  const get = async () => {
    if (last !== undefined && (last.until === undefined || last.until > clock.now()))
      return { token: last.text, isFresh: false };
    return { token: await renew(), isFresh: true };
  };
  return { ...server, tokens: { get, renew, known: () => [...known] } };
}
