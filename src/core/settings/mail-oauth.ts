import type { Problem } from "../problem.ts";
import { printable } from "../text/printable.ts";
import { readPrivateKey } from "./private-key.ts";
import { isThisMachine } from "./this-machine.ts";
import { nearVariable, type Variables, variable } from "./variables.ts";

/** Where tokens for the mail server come from, and the credentials for them: the variables EMAIL_OAUTH_…. */
export type MailOauth = {
  readonly tokenUrl: string;
  /** For jwt: the service account's address. */
  readonly clientId: string;
  readonly scope?: string;
} & (
  | { readonly grant: "client_credentials"; readonly clientSecret: string }
  | { readonly grant: "refresh_token"; readonly clientSecret?: string; readonly refreshToken: string }
  | { readonly grant: "jwt"; readonly privateKey: string; readonly scope: string }
);

export type Grant = MailOauth["grant"];

/** In the order in which workflows pass them on. */
export const OAUTH_VARIABLES = [
  "EMAIL_OAUTH_GRANT",
  "EMAIL_OAUTH_TOKEN_URL",
  "EMAIL_OAUTH_CLIENT_ID",
  "EMAIL_OAUTH_SCOPE",
] as const;
export const OAUTH_SECRETS = [
  "EMAIL_OAUTH_CLIENT_SECRET",
  "EMAIL_OAUTH_REFRESH_TOKEN",
  "EMAIL_OAUTH_PRIVATE_KEY",
] as const;

type Name = (typeof OAUTH_VARIABLES)[number] | (typeof OAUTH_SECRETS)[number];

interface Read {
  /** Absent, without a problem: OAuth2 is not configured. */
  readonly value?: MailOauth;
  readonly problems: readonly Problem[];
}

/** Reads them if one of them is set, or partwatch.yaml requires them. No message contains a secret. */
export function readMailOauth(variables: Variables, { isWanted }: { readonly isWanted: boolean }): Read {
  const isSet = [...OAUTH_VARIABLES, ...OAUTH_SECRETS].some((name) => variable(variables, name) !== undefined);
  if (!isSet && !isWanted) return { problems: [] };
  const grant = grantOf(variables);
  if (grant === undefined) {
    const named = printable(variable(variables, "EMAIL_OAUTH_GRANT") ?? "", 40);
    const message = `"${named}" is not a valid grant; use client_credentials, refresh_token or jwt.`;
    return { problems: [{ path: "EMAIL_OAUTH_GRANT", message }] };
  }
  const problems: Problem[] = [];
  const wrong = (path: Name, message: string) => {
    problems.push({ path, message });
    return undefined;
  };
  const needed = (name: Name) =>
    variable(variables, name) ?? wrong(name, `is not set; ${MEANINGS[name](grant)}${nearVariable(variables, name)}.`);
  const oneLine = (name: Name, text: string | undefined) =>
    text !== undefined && /\s/.test(text) ? wrong(name, "has a space or a line break in it; copy it again.") : text;

  const tokenUrl = oneUrl(needed("EMAIL_OAUTH_TOKEN_URL"), (message) => wrong("EMAIL_OAUTH_TOKEN_URL", message));
  const clientId = oneLine("EMAIL_OAUTH_CLIENT_ID", needed("EMAIL_OAUTH_CLIENT_ID"));
  const scope = variable(variables, "EMAIL_OAUTH_SCOPE");
  const app = { tokenUrl: tokenUrl ?? "", clientId: clientId ?? "", ...(scope === undefined ? {} : { scope }) };
  const of = (value: MailOauth): Read => (problems.length > 0 ? { problems } : { value, problems });
  const secret = "EMAIL_OAUTH_CLIENT_SECRET";
  switch (grant) {
    case "client_credentials":
      return of({ ...app, grant, clientSecret: oneLine(secret, needed(secret)) ?? "" });
    case "refresh_token": {
      const clientSecret = oneLine(secret, variable(variables, secret));
      const refreshToken = oneLine("EMAIL_OAUTH_REFRESH_TOKEN", needed("EMAIL_OAUTH_REFRESH_TOKEN")) ?? "";
      return of({ ...app, grant, refreshToken, ...(clientSecret === undefined ? {} : { clientSecret }) });
    }
    case "jwt": {
      const key = readPrivateKey(needed("EMAIL_OAUTH_PRIVATE_KEY") ?? EMPTY);
      if (key.kind === "wrong" && variable(variables, "EMAIL_OAUTH_PRIVATE_KEY") !== undefined)
        wrong("EMAIL_OAUTH_PRIVATE_KEY", key.message);
      const privateKey = key.kind === "key" ? key.pem : "";
      return of({ ...app, grant, privateKey, scope: needed("EMAIL_OAUTH_SCOPE") ?? "" });
    }
    default:
      return grant satisfies never;
  }
}

const EMPTY = "";

/** If no flow is given, the other variables determine it: a refresh token and a key each have one use. */
function grantOf(variables: Variables): Grant | undefined {
  const named = variable(variables, "EMAIL_OAUTH_GRANT");
  if (named !== undefined) return GRANTS.find((grant) => grant === named.toLowerCase());
  if (variable(variables, "EMAIL_OAUTH_REFRESH_TOKEN") !== undefined) return "refresh_token";
  const hasSecret = variable(variables, "EMAIL_OAUTH_CLIENT_SECRET") !== undefined;
  return !hasSecret && variable(variables, "EMAIL_OAUTH_PRIVATE_KEY") !== undefined ? "jwt" : "client_credentials";
}

const GRANTS: readonly Grant[] = ["client_credentials", "refresh_token", "jwt"];

const MEANINGS: Readonly<Record<Name, (grant: Grant) => string>> = {
  EMAIL_OAUTH_GRANT: () => "",
  EMAIL_OAUTH_TOKEN_URL: () =>
    "it is where tokens are asked for, as in https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token",
  EMAIL_OAUTH_CLIENT_ID: (grant) =>
    grant === "jwt"
      ? "it is the address of the service account (client_email)"
      : "it is the id of the app that you have registered",
  EMAIL_OAUTH_SCOPE: () => "it is what the token is for; https://mail.google.com/ for Gmail",
  EMAIL_OAUTH_CLIENT_SECRET: () => "it is the secret of the app that you have registered",
  EMAIL_OAUTH_REFRESH_TOKEN: () => "it is what your provider gave you when you signed in for this app",
  EMAIL_OAUTH_PRIVATE_KEY: () => "it is the key of the service account (private_key)",
};

/** A secret is sent there: unencrypted only to this very machine. */
function oneUrl(text: string | undefined, wrong: (message: string) => undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = /\s/.test(text) ? null : URL.parse(text);
  if (url === null) return wrong("is not a valid address; write it as https://login.example.com/token.");
  if (url.protocol === "https:" || (url.protocol === "http:" && isThisMachine(url.hostname))) return text;
  return wrong("must begin with https://, as a secret is sent there.");
}
