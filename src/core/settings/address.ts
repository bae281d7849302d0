import { printable } from "../text/printable.ts";

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

/** What is wrong with a mail address, and the fix; undefined if nothing is. Plain ASCII addresses only, without a name. */
export function addressProblem(address: string): string | undefined {
  const shown = `"${printable(address, 80)}"`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a mail's header.
  if (/[\u0000-\u001f\u007f]/.test(address))
    return `${shown} has a line break or another control character; write the address alone.`;
  const named = /<([^<>]+)>\s*$/.exec(address);
  if (named !== null) return `${shown} has a name beside the address; write ${printable(named[1] ?? "", 80)} alone.`;
  const meant = meantAddress(address);
  if (meant !== undefined) return `${shown} is not a valid mail address; write ${meant}.`;
  if (/[,;]|@\S*\s+\S*@/.test(address)) return `${shown} is more than one address; write each as an entry of its own.`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside ASCII.
  if (/[^\u0000-\u007f]/.test(address)) {
    return `${shown} has letters that mail servers do not take; write the domain in its xn-- form and the rest in ASCII.`;
  }
  const at = address.lastIndexOf("@");
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  const valid = at > 0 && local.length <= 64 && address.length <= 254 && LOCAL.test(local);
  if (valid && (DOMAIN.test(domain) || domain === "localhost")) return undefined;
  const [, inner = ""] = /^(?:mailto:|[(["'])(\S+?)[)\]"']?$/i.exec(address) ?? [];
  if (inner !== "" && addressProblem(inner) === undefined)
    return `${shown} is not a valid mail address; write ${inner} alone.`;
  return `${shown} is not a valid mail address; write it as stock@example.com.`;
}

/** The one address that was meant: `jo(at)example.com`, `jo @example.com`, `jo@example.com,`. */
function meantAddress(text: string): string | undefined {
  const meant = text
    .trim()
    .replace(/[.,;:]+$/, "")
    .replace(/\s*(?:\(at\)|\[at\]|\{at\}|\sat\s|@+)\s*/i, "@")
    .replaceAll(/\s*(?:\(dot\)|\[dot\]|\sdot\s)\s*/gi, ".")
    .replaceAll(/\.{2,}/g, ".")
    .replace(/\.@/, "@");
  return meant !== text && /^[^\s@]+@[^\s@]+$/.test(meant) && addressProblem(meant) === undefined ? meant : undefined;
}

/** Whether `allowed_recipients` (domains and whole addresses, lower case) allows that address; an empty list allows all. */
export function isAllowed(address: string, allowed: readonly string[]): boolean {
  const lower = address.toLowerCase();
  return allowed.length === 0 || allowed.includes(lower) || allowed.includes(lower.slice(lower.lastIndexOf("@") + 1));
}

/** What is wrong with an entry of `allowed_recipients`; undefined if nothing is. */
export function allowedRecipientProblem(entry: string): string | undefined {
  const bare = entry.replace(/^\*?@/, "");
  if (bare !== entry && DOMAIN.test(bare)) return `"${printable(entry, 80)}" is not a valid domain; write ${bare}.`;
  if (!entry.includes("@") && (DOMAIN.test(entry) || entry === "localhost")) return undefined;
  return entry.includes("@")
    ? addressProblem(entry)
    : `"${printable(entry, 80)}" is not a valid domain; write it as example.com.`;
}
