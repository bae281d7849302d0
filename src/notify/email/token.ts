// Tokens for the mail server's login. Loaded when a server that offers XOAUTH2 is logged in to.
import { createSign } from "node:crypto";
import type { Clock } from "../../core/ports.ts";
import { field } from "../../core/records.ts";
import type { MailOauth } from "../../core/settings/mail-oauth.ts";
import { type Routes, STRAIGHT } from "../../core/settings/proxy.ts";
import { clip, plainText } from "../../core/text/plain-text.ts";
import { openAgent } from "../agent.ts";
import { beginningOf, noAnswer } from "../answer.ts";
import { refusalAdvice } from "./token-refusal.ts";

export interface TokenRequest {
  readonly oauth: MailOauth;
  /** The mailbox that mails are sent from. */
  readonly user: string;
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** By which proxy it is asked; absent: by none. */
  readonly routes?: Routes | undefined;
}

export interface Token {
  readonly text: string;
  /** When it must not be used any longer; absent: nobody has said. */
  readonly until?: Date;
}

/** Nothing was sent to the mail server: there is no token. The message says how to fix that, and contains no secret. */
export class TokenRefused extends Error {
  override readonly name = "TokenRefused";
  readonly retryable: boolean;

  constructor(message: string, retryable: boolean) {
    super(message);
    this.retryable = retryable;
  }
}

/** Asks once. Throws TokenRefused. Follows no redirect: the secret is not for another server. */
export async function fetchToken(request: TokenRequest): Promise<Token> {
  const { oauth, clock, timeoutMs, routes = STRAIGHT } = request;
  const route = routes(oauth.tokenUrl);
  const { origin, host, pathname, search } = new URL(oauth.tokenUrl);
  const refused = (words: string, retryable: boolean) => new TokenRefused(`${host} ${words}`, retryable);
  const asked = clock.now();
  const agent = openAgent(route.proxy);
  try {
    const answer = await agent.request({
      origin,
      path: pathname + search,
      method: "POST",
      headers: {
        "user-agent": "partwatch",
        accept: "application/json",
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams(formOf(request, asked)).toString(),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await beginningOf(answer.body);
    const body = parsed(text);
    const token = field(body, "access_token");
    if (answer.statusCode === 200 && typeof token === "string" && /^[\x21-\x7e]+$/.test(token))
      return { text: token, ...untilOf(field(body, "expires_in"), asked) };
    const { words, retryable } = refusalAdvice({ status: answer.statusCode, body, oauth, route: route.words });
    const said = clip(plainText(withoutSecretsOf(oauth, textOf(field(body, "error_description")))), 300);
    throw refused(said === "" ? words : `${words}; it said: ${said}`, retryable);
  } catch (error) {
    if (error instanceof TokenRefused) throw error;
    const { message, again } = noAnswer(error, timeoutMs);
    throw refused(`${message}${route.words}: no OAuth2 token for mail; check EMAIL_OAUTH_TOKEN_URL`, again);
  } finally {
    await agent.destroy();
  }
}

/** What must not appear in words. */
function oauthSecrets(oauth: MailOauth): readonly string[] {
  switch (oauth.grant) {
    case "client_credentials":
      return [oauth.clientSecret];
    case "refresh_token":
      return [oauth.refreshToken, ...(oauth.clientSecret === undefined ? [] : [oauth.clientSecret])];
    case "jwt":
      return [];
    default:
      return oauth satisfies never;
  }
}

function withoutSecretsOf(oauth: MailOauth, words: string): string {
  return oauthSecrets(oauth)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((clean, secret) => clean.replaceAll(secret, "***"), words);
}

function formOf({ oauth, user }: TokenRequest, now: Date): Record<string, string> {
  const scope: Record<string, string> = oauth.scope === undefined ? {} : { scope: oauth.scope };
  switch (oauth.grant) {
    case "client_credentials": {
      const { grant, clientId, clientSecret } = oauth;
      return { grant_type: grant, client_id: clientId, client_secret: clientSecret, ...scope };
    }
    case "refresh_token": {
      const { grant, clientId, clientSecret, refreshToken } = oauth;
      const secret: Record<string, string> = clientSecret === undefined ? {} : { client_secret: clientSecret };
      return { grant_type: grant, client_id: clientId, ...secret, refresh_token: refreshToken, ...scope };
    }
    case "jwt":
      return {
        grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        assertion: assertion({ ...oauth, user, now }),
      };
    default:
      return oauth satisfies never;
  }
}

/** RFC 7523, as Google wants it: https://developers.google.com/identity/protocols/oauth2/service-account */
function assertion({
  clientId,
  scope,
  tokenUrl,
  privateKey,
  user,
  now,
}: Extract<MailOauth, { grant: "jwt" }> & { readonly user: string; readonly now: Date }): string {
  const issued = Math.floor(now.getTime() / 1000);
  const claims = { iss: clientId, sub: user, scope, aud: tokenUrl, iat: issued, exp: issued + 3_600 };
  const signed = [{ alg: "RS256", typ: "JWT" }, claims]
    .map((part) => Buffer.from(JSON.stringify(part), "utf8").toString("base64url"))
    .join(".");
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey, "base64url")}`;
}

/** A minute earlier than it says, since its clock and ours differ. */
function untilOf(seconds: unknown, asked: Date): { readonly until?: Date } {
  const lasts = Number(seconds);
  return Number.isFinite(lasts) && lasts > 0 ? { until: new Date(asked.getTime() + (lasts - 60) * 1000) } : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
