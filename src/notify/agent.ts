// Loaded with the first request: a process that makes none never loads it.
import { Agent, type Dispatcher, ProxyAgent } from "undici";
import type { ProxyServer } from "../core/settings/proxy.ts";

/** Connections to web addresses (webhooks, token endpoints), or to the proxy in between. */
export function openAgent(proxy: ProxyServer | undefined): Dispatcher {
  const settings = { connections: 1, keepAliveTimeout: 5_000, maxRedirections: 0 };
  if (proxy === undefined) return new Agent(settings);
  const { uri, authorization } = proxy;
  return new ProxyAgent({ ...settings, uri, proxyTunnel: false, ...(authorization && { token: authorization }) });
}
