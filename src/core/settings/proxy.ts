// Which proxy a request uses: that of HTTPS_PROXY or HTTP_PROXY, unless NO_PROXY excludes the address. Pure.
import type { Problem } from "../problem.ts";
import { isThisMachine } from "./this-machine.ts";
import { type Variables, variable } from "./variables.ts";

export interface ProxyServer {
  /** Its address without user and password. */
  readonly uri: string;
  /** The header that authenticates us. */
  readonly authorization?: string;
}

export interface ProxyRoute {
  /** Absent: a direct connection. */
  readonly proxy?: ProxyServer;
  /** Follows the name of what could not be reached; empty without a proxy. Never contains the proxy's password. */
  readonly words: string;
}

/** How to reach an address. */
export type Routes = (address: string) => ProxyRoute;

/** A direct connection, whatever the address. */
export const STRAIGHT: Routes = () => ({ words: "" });

/** Reads the variables once. Names in lower case win, as in other programs. This very machine is never reached through a proxy. */
export function routesIn(variables: Variables): Routes {
  const exceptions = (named(variables, "NO_PROXY")?.value ?? "").split(/[\s,]+/).filter((entry) => entry !== "");
  return (address) => {
    if (!URL.canParse(address)) return STRAIGHT(address);
    const url = new URL(address);
    const set = named(variables, url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY");
    const proxy = set === undefined ? undefined : proxyOf(set.value);
    if (set === undefined || proxy === undefined || isThisMachine(url.hostname)) return STRAIGHT(address);
    if (exceptions.some((entry) => covers(entry, url)))
      return { words: `; NO_PROXY keeps it from the proxy in ${set.name}` };
    return { proxy, words: `, asked through the proxy in ${set.name} (${new URL(proxy.uri).host})` };
  };
}

/** What is wrong with the variables. No message contains a value: it may include a password. */
export function proxyProblems(variables: Variables): readonly Problem[] {
  return ["HTTPS_PROXY", "HTTP_PROXY"].flatMap((base) => {
    const set = named(variables, base);
    if (set === undefined || proxyOf(set.value) !== undefined) return [];
    return [{ path: set.name, message: "is no address of a proxy; write it as http://proxy.example.com:3128." }];
  });
}

/** Passwords of proxies: they must appear nowhere. */
export function proxySecrets(variables: Variables): readonly string[] {
  return ["HTTPS_PROXY", "HTTP_PROXY"].flatMap((base) => {
    const url = urlOf(named(variables, base)?.value ?? "");
    if (url === null || url.password === "") return [];
    return [...new Set([url.password, decoded(url.password)])];
  });
}

function named(variables: Variables, base: string): { readonly name: string; readonly value: string } | undefined {
  for (const name of [base.toLowerCase(), base]) {
    const value = variable(variables, name);
    if (value !== undefined) return { name, value };
  }
  return undefined;
}

/** People leave out the scheme. */
function urlOf(text: string): URL | null {
  return URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
}

function proxyOf(text: string): ProxyServer | undefined {
  const url = urlOf(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === "") return undefined;
  const { username, password, origin } = url;
  if (username === "" && password === "") return { uri: origin };
  const login = new TextEncoder().encode(`${decoded(username)}:${decoded(password)}`);
  return { uri: origin, authorization: `Basic ${btoa(String.fromCharCode(...login))}` };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * `*`, `example.com` and all below it, `.example.com`, `*.example.com`, `10.0.0.0/8`, `10.1.2.3`, each with a port or without;
 * `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:443`, `2001:db8::/32`.
 */
function covers(entry: string, { protocol, hostname, port }: URL): boolean {
  if (entry === "*") return true;
  const { name, only } = entryOf(entry.toLowerCase());
  if (only !== undefined && only !== (port || (protocol === "https:" ? "443" : "80"))) return false;
  const host = hostname.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  const [base = "", bits] = name.split("/");
  const [address, start] = [addressOf(host), addressOf(base)];
  if (start !== undefined) return address !== undefined && isInNetwork(address, { start, bits });
  const domain = name.replace(/^\*?\./, "");
  return host === domain || host.endsWith(`.${domain}`);
}

/** An IPv6 address has a port only if it is in brackets. */
function entryOf(entry: string): { readonly name: string; readonly only?: string | undefined } {
  const [, inside, mask = "", after] = /^\[(.*)\](\/\d+)?(?::(\d+))?$/.exec(entry) ?? [];
  if (inside !== undefined) return { name: `${inside}${mask}`, only: after };
  if (entry.split(":").length > 2) return { name: entry };
  const [, name = "", only] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  return { name, only };
}

interface Address {
  readonly size: 32 | 128;
  readonly number: bigint;
}

/** Without a mask, a single address. */
function isInNetwork(
  address: Address,
  { start, bits }: { readonly start: Address; readonly bits: string | undefined },
): boolean {
  if (address.size !== start.size || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return false;
  const length = bits === undefined ? start.size : Number(bits);
  if (length > start.size) return false;
  const rest = BigInt(start.size - length);
  return address.number >> rest === start.number >> rest;
}

function addressOf(text: string): Address | undefined {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text))
    return { size: 32, number: text.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n) };
  const written = text.includes(":") ? URL.parse(`http://[${text}]`)?.hostname.slice(1, -1) : undefined;
  if (written === undefined) return undefined;
  // As in URLs: groups in hex, and at most one gap.
  const [head = [], tail = []] = written.split("::").map((side) => side.split(":").filter((group) => group !== ""));
  const gap = Array.from({ length: 8 - head.length - tail.length }, () => "0");
  const groups = [...head, ...gap, ...tail];
  return { size: 128, number: groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n) };
}
