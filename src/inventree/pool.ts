// Loaded with the first request: who asks no server never loads what asks.
import { type Dispatcher, Pool, ProxyAgent } from "undici";
import type { ProxyServer } from "../core/settings/proxy.ts";

/** Connections to one server, or to the proxy that asks it. The time-out of a request is one signal over connect, head and body. */
export function openPool(
  origin: string,
  {
    connections,
    connectMs,
    proxy,
  }: { readonly connections: number; readonly connectMs: number; readonly proxy: ProxyServer | undefined },
): Dispatcher {
  const settings = {
    connections,
    pipelining: 1,
    // gunicorn closes after 2 s, so a later request on the same connection would fail; servers that keep it longer announce it.
    keepAliveTimeout: 1_500,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectMs, rejectUnauthorized: true },
  };
  if (proxy === undefined) return new Pool(origin, settings);
  const { uri, authorization } = proxy;
  return new ProxyAgent({ ...settings, uri, proxyTunnel: false, ...(authorization && { token: authorization }) });
}
