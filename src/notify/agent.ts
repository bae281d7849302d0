// Loaded with the first call: who asks nothing on the web never loads what asks.
import { Agent, type Dispatcher, ProxyAgent } from "undici";
import type { ProxyServer } from "../core/settings/proxy.ts";

/** Connections to web addresses (webhooks, what gives tokens), or to the proxy that asks them. */
export function openAgent(proxy: ProxyServer | undefined): Dispatcher {
  const settings = { connections: 1, keepAliveTimeout: 5_000, maxRedirections: 0 };
  if (proxy === undefined) return new Agent(settings);
  const { uri, authorization } = proxy;
  return new ProxyAgent({ ...settings, uri, proxyTunnel: false, ...(authorization && { token: authorization }) });
}
