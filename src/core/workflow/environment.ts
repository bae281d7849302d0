import type { Config } from "../settings/config.ts";
import type { Instance } from "../settings/instances.ts";
import { DKIM_SECRETS, DKIM_VARIABLES } from "../settings/mail-dkim.ts";
import { OAUTH_SECRETS, OAUTH_VARIABLES } from "../settings/mail-oauth.ts";

/**
 * The variables that a step of checks gets, as lines of its `env`: secrets by name, and only those that it uses. What is no
 * secret may stand in the repository's variables or, like the rest, in its secrets.
 */
export function environmentText({
  servers,
  mail,
  variables,
  perServer,
}: {
  readonly servers: readonly Instance[];
  readonly mail: Pick<Config["mail"], "oauth" | "dkim">;
  /** Names of further secrets. */
  readonly variables: readonly string[];
  /** Each job of the matrix serves one of the servers, and gets the variables of no other. */
  readonly perServer: boolean;
}): string {
  return linesText([...serverLines(servers, { perServer }), ...MAIL, ...furtherMail(mail), ...variables.map(secret)]);
}

/** What a step gets that looks without notifying anybody. */
export function previewEnvironmentText(servers: readonly Instance[]): string {
  return linesText([...serverLines(servers, { perServer: false }), either("GLOBAL_EMAIL_NOTIFICATIONS_ENABLED")]);
}

function linesText(lines: readonly Line[]): string {
  return lines.map(([name, value]) => `          ${name}: \${{ ${value} }}\n`).join("");
}

type Line = readonly [name: string, expression: string];

const MAIL: readonly Line[] = [
  ...["EMAIL_SMTP_SERVER", "EMAIL_SMTP_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL", "EMAIL_USERNAME"].map(either),
  ...["EMAIL_PASSWORD"].map(secret),
  ...["EMAIL_EHLO_NAME", "EMAIL_SENDER_ADDRESS", "ADMIN_EMAIL_RECIPIENTS", "GLOBAL_EMAIL_NOTIFICATIONS_ENABLED"].map(
    either,
  ),
];

/** Who does not use them keeps the workflows that he has. */
function furtherMail({ oauth, dkim }: Pick<Config["mail"], "oauth" | "dkim">): readonly Line[] {
  return [
    ...(oauth ? [...OAUTH_VARIABLES.map(either), ...OAUTH_SECRETS.map(secret)] : []),
    ...(dkim ? [...DKIM_VARIABLES.map(either), ...DKIM_SECRETS.map(secret)] : []),
  ];
}

/** Each variable once, though several servers may share it. */
function serverLines(servers: readonly Instance[], { perServer }: { readonly perServer: boolean }): readonly Line[] {
  const tokens = new Set(servers.map(({ tokenEnv }) => tokenEnv));
  const names = new Set(servers.flatMap(({ urlEnv, tokenEnv }) => [urlEnv, tokenEnv]));
  return [...names].map((name) => {
    const [, value] = tokens.has(name) ? secret(name) : either(name);
    const users = servers.filter(({ urlEnv, tokenEnv }) => urlEnv === name || tokenEnv === name);
    if (!perServer || users.length === servers.length) return [name, value];
    const those = users.map(({ label }) => `matrix.instance == '${label}'`).join(" || ");
    const condition = users.length > 1 ? `(${those})` : those;
    return [name, `${condition} && ${value.includes("||") ? `(${value})` : value} || ''`];
  });
}

function either(name: string): Line {
  return [name, `vars.${name} || secrets.${name}`];
}

function secret(name: string): Line {
  return [name, `secrets.${name}`];
}
