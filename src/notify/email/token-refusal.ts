// How to fix it when an answer has no token. Pure.
import { field, own } from "../../core/records.ts";
import type { MailOauth } from "../../core/settings/mail-oauth.ts";

export interface TokenRefusal {
  readonly status: number;
  /** As JSON; undefined where it is none. */
  readonly body: unknown;
  readonly oauth: MailOauth;
  /** By which proxy it was asked, as words. */
  readonly route: string;
}

/** Words behind the endpoint's name. */
export function refusalAdvice({ status, body, oauth, route }: TokenRefusal): {
  readonly words: string;
  readonly retryable: boolean;
} {
  const of = (words: string, retryable = false) => ({ words, retryable });
  const error = codeIn(field(body, "error"), /^[A-Za-z0-9_.-]{1,60}$/);
  const entra = codeIn(field(body, "error_description"), /\bAADSTS\d+\b/);
  const codes = [error, entra].filter((code) => code !== "").join(", ");
  if (status === 407) return of(`is not asked for an OAuth2 token: the proxy wants a login (407)${route}`);
  if (status === 408 || status === 429 || status >= 500)
    return of(`gives no OAuth2 token right now (${status})${status >= 502 ? route : ""}`, true);
  if (status >= 300 && status < 400)
    return of(`redirects elsewhere (${status}), which is not followed: set EMAIL_OAUTH_TOKEN_URL to the right address`);
  if (codes === "") {
    const what = status === 200 ? "answers without an OAuth2 token" : `gives no OAuth2 token (${status})`;
    return of(`${what}: check that EMAIL_OAUTH_TOKEN_URL is the address where tokens are asked for`);
  }
  const advice = own(ENTRA, entra) ?? adviceOn(error, oauth);
  return of(`gives no OAuth2 token for mail (${codes}): ${advice}`, error === "temporarily_unavailable");
}

function codeIn(value: unknown, pattern: RegExp): string {
  return typeof value === "string" ? (pattern.exec(value)?.[0] ?? "") : "";
}

const EXPIRED = "EMAIL_OAUTH_REFRESH_TOKEN has expired or was revoked: sign in again, and set the new one";
const SCOPE = "check EMAIL_OAUTH_SCOPE; for Microsoft 365 it is https://outlook.office365.com/.default";

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const ENTRA: Readonly<Record<string, string>> = {
  AADSTS7000215: "EMAIL_OAUTH_CLIENT_SECRET is wrong; set the secret's value, not its id",
  AADSTS7000222: "EMAIL_OAUTH_CLIENT_SECRET has expired; make a new secret for the app, and set its value",
  AADSTS7000218: "the app wants a secret; set EMAIL_OAUTH_CLIENT_SECRET",
  AADSTS7000216: "the app wants a secret; set EMAIL_OAUTH_CLIENT_SECRET",
  AADSTS700016: "EMAIL_OAUTH_CLIENT_ID is no app of this tenant; check it, and the tenant in EMAIL_OAUTH_TOKEN_URL",
  AADSTS7000112: "the app is disabled in this tenant; let an administrator enable it",
  AADSTS90002: "the tenant in EMAIL_OAUTH_TOKEN_URL does not exist; it is the id or a domain of your organisation",
  AADSTS900023: "the tenant in EMAIL_OAUTH_TOKEN_URL is neither an id nor a domain of your organisation",
  AADSTS900144:
    "something is missing in the request, mostly EMAIL_OAUTH_SCOPE; for Microsoft 365 it is https://outlook.office365.com/.default",
  AADSTS70011: SCOPE,
  AADSTS1002012: SCOPE,
  AADSTS500011: SCOPE,
  AADSTS65001: "nobody has consented to what the app may do; let an administrator grant its permissions",
  AADSTS70008: EXPIRED,
  AADSTS700082: EXPIRED,
  AADSTS50173: EXPIRED,
  AADSTS9002313: "the request is not understood; check EMAIL_OAUTH_CLIENT_ID, EMAIL_OAUTH_SCOPE and EMAIL_OAUTH_GRANT",
};

/** RFC 6749, 5.2. */
function adviceOn(error: string, { grant, clientId }: MailOauth): string {
  switch (error) {
    case "invalid_client":
      return grant === "jwt"
        ? `check EMAIL_OAUTH_CLIENT_ID (${clientId}) and EMAIL_OAUTH_PRIVATE_KEY`
        : "check EMAIL_OAUTH_CLIENT_ID and EMAIL_OAUTH_CLIENT_SECRET; a secret may have expired";
    case "invalid_grant":
      if (grant === "refresh_token") return EXPIRED;
      return grant === "jwt"
        ? "check that EMAIL_OAUTH_PRIVATE_KEY belongs to the account in EMAIL_OAUTH_CLIENT_ID, that EMAIL_USERNAME is a mailbox of your domain, and this machine's clock"
        : "check EMAIL_OAUTH_GRANT";
    case "unauthorized_client":
      return grant === "jwt"
        ? "let an administrator grant this account domain-wide delegation for the scope in EMAIL_OAUTH_SCOPE"
        : `this app may not use the grant ${grant}; allow it where the app is registered, or set another EMAIL_OAUTH_GRANT`;
    case "invalid_scope":
      return "check EMAIL_OAUTH_SCOPE; it is https://outlook.office365.com/.default for Microsoft 365, https://mail.google.com/ for Gmail";
    case "unsupported_grant_type":
      return `it does not know the grant ${grant}; set another EMAIL_OAUTH_GRANT`;
    case "access_denied":
      return "let an administrator grant the app what it asks for";
    default:
      return "check the settings EMAIL_OAUTH_…";
  }
}
