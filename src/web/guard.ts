// Who may request what from this server. It listens on this machine alone, but every page that a browser here has open can send it
// requests, and other users of the machine can, too.
import { createHash, timingSafeEqual } from "node:crypto";

export interface Guard {
  readonly port: number;
  /** Exchanged once for the cookie; undefined: it was, already. */
  readonly entry: string | undefined;
  /** The value of the cookie. */
  readonly session: string;
  /** Stands in every form. */
  readonly formToken: string;
}

export interface GuardedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** By its name in small letters. */
  readonly header: (name: string) => string | undefined;
}

export type AccessDecision =
  | { readonly kind: "allowed" }
  /** Brought the address that was printed: gets the cookie. */
  | { readonly kind: "entered"; readonly isForeign: boolean }
  | { readonly kind: "refused"; readonly status: 400 | 403 | 405 | 421; readonly message: string };

/** What keeps this server's cookie apart from those of other ports, which browsers send here as well. */
export function cookieName(port: number): string {
  return `partwatch-${port}`;
}

/** Judges a request by what the browser says of it, before anything of it is read. */
export function judge(asked: GuardedRequest, guard: Guard): AccessDecision {
  const { method, path, header } = asked;
  const host = header("host") ?? "";
  if (!path.startsWith("/")) return refused(400, "This is no address of this server.");
  if (![`127.0.0.1:${guard.port}`, `localhost:${guard.port}`].includes(host))
    return refused(421, "This server has another name.");
  if (!["GET", "HEAD", "POST"].includes(method)) return refused(405, "Only GET and POST are understood here.");
  const site = header("sec-fetch-site") ?? "none";
  const isForeign = site !== "none" && site !== "same-origin";
  // The file that --open shows is of another site to the browser; its address proves where it comes from.
  if (method === "GET" && isEntry(path, guard)) return { kind: "entered", isForeign };
  if (isForeign) return refused(403, "This request comes from another site.");
  if (method === "POST" && header("origin") !== `http://${host}`)
    return refused(403, "This change comes from another site.");
  if (!hasSession(header("cookie"), guard))
    return refused(
      403,
      "Open the address that partwatch ui has printed. It works once; to get another, start it again.",
    );
  return { kind: "allowed" };
}

/** Whether a form's own token is right. */
export function isFormToken(token: string | null, { formToken }: Guard): boolean {
  return token !== null && isSame(token, formToken);
}

function isEntry(path: string, { entry }: Guard): boolean {
  const token = /^\/\?enter=([A-Za-z0-9_-]+)$/.exec(path)?.[1];
  return token !== undefined && entry !== undefined && isSame(token, entry);
}

function hasSession(cookies: string | undefined, { port, session }: Guard): boolean {
  const prefix = `${cookieName(port)}=`;
  return (cookies ?? "")
    .split(/;\s*/)
    .some((cookie) => cookie.startsWith(prefix) && isSame(cookie.slice(prefix.length), session));
}

/** Takes as long whatever is wrong about it. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function refused(status: 400 | 403 | 405 | 421, message: string): AccessDecision {
  return { kind: "refused", status, message };
}
